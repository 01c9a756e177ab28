import type { Run, StepRun } from '../../src/shared/runbook'
import { cutoverSteps } from './report-fixture-cutover'
import { sql, stepOf } from './report-fixture-steps'
import { at, holdAt, minutes, openAt } from './report-fixture-time'

const run = (id: string, kind: Run['kind'], title: string, start: number, end: number, steps: StepRun[]): Run => ({
  id,
  kind,
  title,
  epoch: 1,
  operator: 'm.keller on lumen',
  startedAt: at(start),
  endedAt: at(end),
  state: { kind: 'done' },
  steps,
  facts: {},
  decisions: [],
  pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null },
  notes: []
})

/** The bridge, two days before. */
export const linkRun = run('run-1', 'link', 'Build the bridge', -minutes(2900), -minutes(2898), [
  stepOf({
    id: 'key',
    group: 'Key',
    title: 'Make the tunnel’s key',
    server: 'lis-db1',
    start: -minutes(2900),
    ms: 640,
    actions: [
      {
        kind: 'command',
        server: 'lis-db1',
        command: "ssh-keygen -q -t ed25519 -N '' -C siteswap-bridge -f ~/.siteswap/bridge",
        input: null,
        changes: true
      }
    ],
    evidence: 'SHA256:k3Vw9p0m2s6fN1rQ4bT7yX8zLhJdCgA5eUoIiKnRtWc'
  }),
  stepOf({
    id: 'authorise',
    group: 'Key',
    title: 'Allow it on the old host',
    server: 'fra-db1',
    start: -minutes(2899),
    ms: 210,
    actions: [
      {
        kind: 'command',
        server: 'fra-db1',
        command: 'umask 077; cat >> ~/.ssh/authorized_keys',
        input:
          'restrict,port-forwarding,permitopen="127.0.0.1:3306",permitlisten="127.0.0.1:13307" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKb2 siteswap-bridge\n',
        changes: true
      }
    ],
    evidence: 'the entry stands once in authorized_keys'
  })
])
const rehearsalSteps = [
  stepOf({
    id: 'hold',
    group: 'Hold',
    title: 'Hold',
    server: 'fra-db1',
    start: -minutes(64),
    ms: 3,
    actions: [sql('fra-db1', 'hold', 'FLUSH TABLES WITH READ LOCK')],
    evidence: 'granted in 3 ms'
  }),
  stepOf({
    id: 'let-go',
    group: 'Hold',
    title: 'Let go',
    server: 'fra-db1',
    start: -minutes(64) + 146,
    ms: 2,
    actions: [sql('fra-db1', 'hold', 'UNLOCK TABLES')],
    evidence: 'writes go on after 148 ms'
  })
]
/** An hour before. */
export const rehearsal: Run = {
  ...run('run-6', 'rehearsal', 'Rehearsal of the cutover to Lisbon', -minutes(64), -minutes(63), rehearsalSteps),
  pause: { holdMs: 148, canaryGapMs: 171, holdAt: at(-minutes(64)), openAt: at(-minutes(64) + 148) }
}
/** The switch itself. */
export const cutover: Run = {
  ...run('run-7', 'cutover', 'Cutover to Lisbon', -6114, 476_600, cutoverSteps),
  pause: { holdMs: 2311, canaryGapMs: 2318, holdAt, openAt },
  notes: [
    'One transaction, 0-101-48211690, changed 41 208 rows of shop.prices 0.3 s before the hold; Lisbon applied it in 1.76 s while writes waited.'
  ]
}
