import type { Report } from '../../src/shared/report'
import { exampleReport } from './report-fixture'
import { stepOf } from './report-fixture-steps'

/** Texts that servers, people and files may hold and that must stay text. */
export const hostileTexts: string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror="alert(1)">',
  "'><svg/onload=alert(1)>",
  '</style><script>alert(1)</script>',
  '</title></head><body onload=alert(1)>',
  '</pre></div></section><h1>All is well</h1>',
  '<!-- -->--><meta http-equiv="refresh" content="0;url=//evil.example">',
  'javascript:alert(1)',
  '&lt;script&gt;&#x3c;',
  '`; DROP TABLE orders; --',
  '\u202e\u2066reversed\u2069\u202c',
  'zero\u200bwidth\u200d\ufeff',
  '\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007\u001b[2J',
  'nul\0\b\u007f\u0085',
  'lone \ud800 surrogate \udfff',
  'Z̸̡͎a̴l̶g̷o̵',
  '=HYPERLINK("http://evil.example","x")',
  '{{7*7}}<%= 7*7 %>',
  'x'.repeat(30_000)
]

/** The example with one hostile text in every place that a server, a person or a file fills. */
export const hostileReport = (hostile: string): Report => {
  const base = exampleReport()
  const failure = {
    kind: 'server' as const,
    what: hostile,
    where: hostile,
    why: hostile,
    words: hostile,
    try: [hostile]
  }
  const topology = base.topologyAfter && {
    ...base.topologyAfter,
    active: hostile,
    nodes: base.topologyAfter.nodes.map((node) => ({ ...node, failure: { failure, at: 1 }, survey: null })),
    apps: base.topologyAfter.apps.map((app) => ({ ...app, server: hostile, failure }))
  }
  const step = stepOf({
    id: hostile,
    group: hostile,
    title: hostile,
    server: hostile,
    start: 0,
    ms: 5,
    state: 'failed',
    evidence: hostile,
    actions: [
      {
        kind: 'sql',
        server: hostile,
        session: hostile,
        statements: [hostile, hostile],
        onePacket: true,
        changes: true
      },
      { kind: 'command', server: hostile, command: hostile, input: hostile, changes: false },
      { kind: 'dns', domain: hostile, text: hostile, changes: true },
      { kind: 'person', text: hostile },
      { kind: 'app', text: hostile }
    ]
  })
  const [first] = base.runs
  if (!first || base.drift?.kind !== 'done' || !base.preflight || !base.canary)
    throw new Error('the example is not complete')
  return {
    ...base,
    product: hostile,
    move: { id: 'x', name: hostile, old: hostile, new: hostile, domains: [hostile] },
    summary: { ...base.summary, sentence: hostile },
    topologyBefore: topology,
    topologyAfter: topology,
    preflight: {
      ...base.preflight,
      findings: [
        {
          check: hostile,
          server: hostile,
          side: 'old',
          verdict: 'stop',
          title: hostile,
          consequence: hostile,
          evidence: [{ server: hostile, statement: hostile, columns: [hostile], answer: [[hostile]], at: 1 }],
          remedies: [],
          waivable: true,
          waiver: { check: 'x', reason: hostile, by: hostile, at: 1 }
        },
        {
          check: hostile,
          server: hostile,
          side: null,
          verdict: 'ok',
          title: hostile,
          consequence: hostile,
          evidence: [],
          remedies: [],
          waivable: false,
          waiver: null
        }
      ]
    },
    drift: {
      ...base.drift,
      tables: [
        {
          schema: hostile,
          table: hostile,
          estimatedRows: 1,
          bytes: 1,
          verdict: { kind: 'inconclusive', at: 1, why: hostile }
        },
        {
          schema: hostile,
          table: hostile,
          estimatedRows: 1,
          bytes: 1,
          verdict: { kind: 'same', at: 1, position: hostile, rechecked: 0 }
        }
      ],
      objects: [{ kind: 'event', name: hostile, what: hostile, old: hostile, new: hostile }]
    },
    runs: [
      {
        ...first,
        id: 'r',
        kind: 'cutover',
        title: hostile,
        operator: hostile,
        state: { kind: 'failed', step: hostile, failure },
        steps: [{ ...step, failure }],
        notes: [hostile]
      }
    ],
    undone: [{ at: 1, run: 'r', step: hostile, actions: [{ kind: 'app', text: hostile }] }],
    canary: { ...base.canary, hosts: base.canary.hosts.map((host) => ({ ...host, host: hostile })) },
    decisions: [{ at: 1, by: hostile, what: hostile }],
    journal: { ...base.journal, intact: false, problem: hostile }
  }
}
