import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../src/main/report/build'
import { reportHtml } from '../../src/main/report/html'
import { reportJson } from '../../src/main/report/json'
import { html, plain, text } from '../../src/main/report/markup'
import { clock, duration, grouped, longMoment, roughly, size } from '../../src/main/report/plain-format'
import type { JournalBody, JournalEntry } from '../../src/shared/journal'
import { moveSchema } from '../../src/shared/move'
import type { Report } from '../../src/shared/report'
import type { Run } from '../../src/shared/runbook'
import { exampleReport } from './report-fixture'
import { holdAt } from './report-fixture-time'
import { hostileReport, hostileTexts } from './report-hostile'

const move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'shop',
  name: 'Shop',
  createdAt: 1,
  old: { name: 'Frankfurt' },
  new: { name: 'Lisbon' },
  domains: [{ name: 'shop.example.com', oldValues: [], newValues: [] }],
  waivers: [{ check: 'B01', server: 'fra-db1', reason: 'the timer is stopped', by: 'm.keller', at: 5 }]
})
const entriesOf = (...bodies: JournalBody[]): JournalEntry[] =>
  bodies.map((body, index) => ({
    seq: index + 1,
    at: 1000 + index,
    mono: index,
    prev: '',
    hash: `hash-${index}`,
    body
  }))
const runOf = (kind: Run['kind'], state: Run['state'], startedAt: number, pause: Partial<Run['pause']> = {}): Run => ({
  ...(exampleReport().runs.at(-1) as Run),
  id: `${kind}-${startedAt}`,
  kind,
  state,
  startedAt,
  steps: [],
  pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null, ...pause }
})
const reportOf = (runs: Run[], entries: JournalEntry[] = [], problem: string | null = null): Report =>
  buildReport({ move, entries, problem, runs, madeAt: 9000, product: 'Siteswap 9.9.9' })

const ledger = (sent: number) => ({
  hosts: [],
  total: { sent, acknowledged: sent, foundOld: sent, foundNew: sent, missing: 0, doubled: 0, longestGapMs: 90 }
})

describe('the report is built from the journal', () => {
  it('says which version made it', () => {
    expect(reportOf([]).product).toBe('Siteswap 9.9.9')
  })
  it('takes the newest kept documents, the first topology before, all decisions and what was taken back', () => {
    const report = reportOf(
      [],
      entriesOf(
        { type: 'kept', run: null, name: 'topology-before', document: { at: 1 } },
        { type: 'kept', run: null, name: 'topology-before', document: null },
        { type: 'kept', run: null, name: 'topology-before', document: { at: 2 } },
        { type: 'kept', run: null, name: 'canary', document: ledger(1) },
        { type: 'decision', run: null, by: 'm.keller', what: 'Waived B01.' },
        { type: 'undo-intent', run: 'r1', step: 'hold', actions: [{ kind: 'app', text: 'let go' }] },
        { type: 'kept', run: null, name: 'canary', document: ledger(7) }
      )
    )
    expect(report.topologyBefore).toEqual({ at: 1 })
    expect(report.topologyAfter).toBeNull()
    expect(report.canary?.total.sent).toBe(7)
    expect(report.decisions).toEqual([{ at: 1004, by: 'm.keller', what: 'Waived B01.' }])
    expect(report.undone).toEqual([{ at: 1005, run: 'r1', step: 'hold', actions: [{ kind: 'app', text: 'let go' }] }])
    expect(report.journal).toEqual({ entries: 7, headHash: 'hash-6', intact: true, problem: null })
  })

  it('carries waivers to their findings, only where a finding may be waived', () => {
    const finding = {
      check: 'B01',
      server: 'fra-db1',
      side: 'old',
      verdict: 'stop',
      title: '',
      consequence: '',
      evidence: [],
      remedies: [],
      waivable: true,
      waiver: null
    }
    const document = {
      at: 1,
      tookMs: 1,
      checks: [],
      findings: [finding, { ...finding, server: 'lis-db1' }, { ...finding, waivable: false }]
    }
    const report = reportOf([], entriesOf({ type: 'kept', run: null, name: 'preflight', document }))
    expect(report.preflight?.findings.map((one) => one.waiver?.reason ?? null)).toEqual([
      'the timer is stopped',
      null,
      null
    ])
  })

  it('says when the journal cannot be trusted', () => {
    const report = reportOf([], [], 'entry 4 was changed after it was written')
    expect(report.journal.intact).toBe(false)
    expect(reportHtml(report)).toContain('The journal cannot be trusted: entry 4 was changed after it was written.')
  })

  const aborted = { kind: 'aborted', why: 'by hand' } as const
  const done = { kind: 'done' } as const
  it.each<[string, Run[], string]>([
    ['not-moved', [runOf('rehearsal', done, 1)], 'shop.example.com has not moved yet; it is still at Frankfurt.'],
    [
      'aborted',
      [runOf('cutover', aborted, 1)],
      'The cutover was aborted before its point of no return; shop.example.com stayed at Frankfurt.'
    ],
    [
      'moved',
      [runOf('cutover', aborted, 1), runOf('cutover', done, 2, { holdMs: 2311 })],
      'shop.example.com moved from Frankfurt to Lisbon. Writes waited 2.31 s.'
    ],
    [
      'reversed',
      [runOf('cutover', done, 1), runOf('reverse', done, 2)],
      'shop.example.com was moved back to Frankfurt.'
    ],
    [
      'moved',
      [runOf('cutover', done, 1), runOf('reverse', aborted, 2)],
      'shop.example.com moved from Frankfurt to Lisbon.'
    ],
    [
      'finished',
      [runOf('cutover', done, 1), runOf('finish', done, 3)],
      'shop.example.com moved from Frankfurt to Lisbon, and the move is finished.'
    ],
    [
      'in-progress',
      [runOf('cutover', { kind: 'waiting', step: 'dns', text: '' }, 1, { openAt: 5, holdAt: 4, holdMs: 1 })],
      'Lisbon takes the writes; 0 steps are open. Writes waited 1 ms.'
    ]
  ])('tells the outcome %s', (outcome, runs, sentence) => {
    const { summary } = reportOf(runs)
    expect(summary.outcome).toBe(outcome)
    expect(summary.sentence).toBe(sentence)
  })

  it('never hides a lost order', () => {
    const total = { sent: 10, acknowledged: 10, foundOld: 9, foundNew: 8, missing: 2, doubled: 1, longestGapMs: 1 }
    const report = reportOf(
      [runOf('cutover', done, 1)],
      entriesOf({ type: 'kept', run: null, name: 'canary', document: { hosts: [], total } })
    )
    expect(report.summary.sentence).toContain('Of 10 acknowledged canary orders, 2 missing and 1 found more than once.')
    expect(reportHtml(report)).toContain('2 acknowledged orders are missing, 1 were found more than once.')
  })
})

describe('the report as HTML', () => {
  const document = reportHtml(exampleReport())

  it('allows nothing but its own style, by hash, and holds no script, handler, address or inline style', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(document)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(document).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`)
    expect(document.indexOf('Content-Security-Policy')).toBeLessThan(document.indexOf('<style>'))
    expect(document).not.toMatch(/<(script|iframe|object|embed|img|link|base|form)\b/i)
    expect(document).not.toMatch(/\s(on\w+|style|src)=/i)
    expect(document.match(/href="[^"]*"/g)?.filter((href) => !/^href="#[a-z]+"$/.test(href))).toEqual([])
  })

  it('holds what happened: pause, ledger, verdicts, waivers, statements, decisions and the hash', () => {
    for (const words of [
      'shop.example.com moved to Lisbon',
      '2.31 s',
      '28\u202f412',
      'point of no return',
      'The backup timer is stopped for the window',
      'FLUSH TABLES WITH READ LOCK;',
      'session hold · 7 statements in one packet',
      'inconclusive',
      'neither a primary key nor a unique key',
      'Typed “go Lisbon”',
      '9f2c41d0 7be85a66',
      'Observed',
      'By hand'
    ])
      expect(document).toContain(words)
  })

  it('shows every statement of every step that ran', () => {
    const statements = exampleReport().runs.flatMap((run) =>
      run.steps.flatMap((step) => step.actions.flatMap((action) => (action.kind === 'sql' ? action.statements : [])))
    )
    expect(statements.length).toBeGreaterThan(10)
    for (const statement of statements) expect(document).toContain(text(statement).markup)
  })

  it.each(hostileTexts)('keeps hostile text in its place: %#', (hostile) => {
    const page = reportHtml(hostileReport(hostile))
    expect(page.includes('<script')).toBe(false)
    expect(page.includes('<img')).toBe(false)
    expect(page.includes('</style><')).toBe(false)
    expect(page.match(/<style>/g)).toHaveLength(1)
    expect(/\s(onerror|onload|onclick)\s*=\s*["']/.test(page)).toBe(false)
    expect(/[\p{Cc}\p{Cf}\p{Cs}]/u.test(page.replaceAll('\n', ''))).toBe(false)
    // The same markup around any text: nothing hostile opens or closes an element.
    const shape = (of: string): string[] =>
      of.replace(/<span class="esc">.*?<\/span>/g, '').match(/<\/?[a-z0-9]+/g) ?? []
    expect(shape(page)).toEqual(shape(reportHtml(hostileReport('harmless'))))
  })

  it('renders a move in which nothing has happened yet', () => {
    const page = reportHtml(reportOf([]))
    expect(page).toContain('shop.example.com is still at Frankfurt')
    for (const words of [
      'No checks were run.',
      'The two databases were not compared.',
      'No canary orders were sent in this move.',
      'Nothing was sent.'
    ])
      expect(page).toContain(words)
    expect(page).not.toMatch(/NaN|undefined|\[object|Infinity/)
  })
})

describe('the report as JSON', () => {
  it('is the report itself', () => {
    expect(JSON.parse(reportJson(exampleReport()))).toEqual(exampleReport())
  })

  it.each(hostileTexts)(
    'carries hostile text unchanged and without a raw control or direction character: %#',
    (hostile) => {
      const json = reportJson(hostileReport(hostile))
      expect(JSON.parse(json).runs[0].title).toBe(hostile)
      expect(/[\p{Cc}\p{Cf}\p{Cs}]/u.test(json.replaceAll('\n', ''))).toBe(false)
    }
  )
})

describe('markup', () => {
  it('escapes every value that is not markup', () => {
    expect(html`<p title="${'"a" & \'b\''}">${['<i>', 3, null, false]}${html`<b>${'>'}</b>`}</p>`.markup).toBe(
      '<p title="&quot;a&quot; &amp; &#39;b&#39;">&lt;i&gt;3<b>&gt;</b></p>'
    )
  })

  it.each([
    ['\u202egnp.exe', '\\u{202E}gnp.exe'],
    ['a\u200bb', 'a\\u{200B}b'],
    ['e\u0301', 'e\\u{301}'],
    ['\u001b[31mred', '\\e[31mred'],
    ['NUL\0', 'NUL\\0'],
    ['café 日本 ✓', 'café 日本 ✓'],
    ['a\nb', 'a b']
  ])('shows what hides in %j', (raw, shown) => {
    expect(plain(raw)).toBe(shown)
  })

  it('cuts endless texts and says so', () => {
    expect(plain('x'.repeat(500), 10)).toBe('xxxxxxxxxx… 490 more characters')
  })
})

describe('numbers and times', () => {
  it.each([
    [duration(148), '148 ms'],
    [duration(2311), '2.31 s'],
    [duration(9999), '10.0 s'],
    [duration(38_200), '38.2 s'],
    [duration(59_999), '1 min 00 s'],
    [duration(248_000), '4 min 08 s'],
    [duration(11_100_000), '3 h 05 min'],
    [duration(273_600_000), '3 d 4 h'],
    [roughly(1_860_000), '31 min'],
    [grouped(48_211_937), '48\u202f211\u202f937'],
    [grouped(999), '999'],
    [size(31e9), '31 GB'],
    [size(512), '512 B'],
    [clock(holdAt), '03:12:04.318'],
    [clock(Number.NaN), 'unknown'],
    [longMoment(holdAt), 'Sunday 22 November 2026, 03:12 UTC']
  ])('%s is written as %s', (had, wanted) => {
    expect(had).toBe(wanted)
  })
})
