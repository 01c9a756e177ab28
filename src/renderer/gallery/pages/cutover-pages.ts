import type { OpenMove } from '../../../shared/contract'
import { FailureError } from '../../../shared/failure'
import type { Gate, Run } from '../../../shared/runbook'
import type { Topology } from '../../../shared/topology'
import { canaryCounted, canaryRunning } from '../fixtures/canary-states'
import { behindBridge, looseGates, previewOf, shutGates } from '../fixtures/cutover-previews'
import { abortedRun, applierFailure, cutoverAt, rehearsalAt, rehearsals, reversedRun } from '../fixtures/cutover-runs'
import { openMoveIn } from '../fixtures/open-move'
import { report } from '../fixtures/report'
import { run } from '../fixtures/runs'
import { now } from '../fixtures/shop-move'
import { linkedTopology, movedTopology } from '../fixtures/topologies'
import type { FakeAnswers, GalleryPages, Scene } from '../scene'

const ready = openMoveIn('ready')
const setUp = ready.runs.filter((known) => ['link', 'seed', 'replicate'].includes(known.kind))
const withRuns = (runs: Run[], more: Partial<OpenMove> = {}): OpenMove => ({
  ...ready,
  runs: [...setUp, ...runs],
  ...more
})
const answers = (gates?: Gate[]): FakeAnswers => ({
  'runbook.preview': ({ kind }) => previewOf(kind, gates),
  'report.build': () => report
})
const at =
  (open: OpenMove, more: Partial<Extract<Scene, { kind: 'move' }>> = {}) =>
  (): Scene => ({
    kind: 'move',
    station: 'cutover',
    open,
    answers: answers(),
    ...more
  })

/** The application accounts that are left on the old database after the switch. */
const leftOnOld = (topology: Topology, left: { user: string; host: string; count: number }[]): Topology => ({
  ...topology,
  nodes: topology.nodes.map((node) =>
    node.side === 'old' && node.survey
      ? { ...node, survey: { ...node.survey, connections: { ...node.survey.connections, byAccount: left } } }
      : node
  )
})
const quiet = leftOnOld(movedTopology, [])
const left = [
  { user: 'shop_app', host: '10.40.0.31', count: 2 },
  { user: 'report', host: '10.20.0.9', count: 1 }
]
const closed: Topology = {
  ...linkedTopology,
  writable: [],
  active: null,
  nodes: linkedTopology.nodes.map((node) =>
    node.survey ? { ...node, survey: { ...node.survey, readOnly: true } } : node
  )
}

const moved = (run: Run, more: Partial<OpenMove> = {}) =>
  withRuns([...rehearsals, run], { topology: quiet, canary: canaryCounted, ...more })
const holdOf = (run: Run) => ({ from: run.pause.holdAt ?? now, to: run.pause.openAt })

const held = cutoverAt({ at: 'catch-up', runState: { kind: 'running' }, heldMs: 1600 })
const heldWithProgress: Run = {
  ...held,
  steps: held.steps.map((step) =>
    step.id === 'catch-up'
      ? {
          ...step,
          progress: {
            text: '235 transactions left',
            done: null,
            total: 235,
            unit: 'transactions',
            perSecond: null,
            etaSeconds: null
          }
        }
      : step
  )
}
const rehearsing = rehearsalAt('verify', { kind: 'running' }, 96)
const thrown = cutoverAt({ at: 'observe', runState: { kind: 'running' }, heldMs: 140 })
const aborting = cutoverAt({
  at: 'verify',
  state: 'undoing',
  runState: { kind: 'aborting', why: 'Aborted by m.keller.' },
  heldMs: 2400
})
const halted = cutoverAt({
  at: 'throw',
  runState: { kind: 'halted', why: 'The answer of the throw was lost: read ECONNRESET What is true must be observed.' },
  heldMs: 48_000
})
const interruptedEarly = cutoverAt({ at: 'catch-up', runState: { kind: 'interrupted' }, heldMs: 95_000 })
const interruptedThrown = cutoverAt({ at: 'throw', runState: { kind: 'interrupted' }, heldMs: 95_000 })
const afterwards = cutoverAt({ at: 'dns-watch', runState: { kind: 'running' }, heldMs: 9000, openMs: 151 })
const watching: Run = {
  ...afterwards,
  steps: afterwards.steps.map((step) =>
    step.id === 'dns-watch'
      ? {
          ...step,
          progress: { text: 'behind: office', done: 5, total: 6, unit: 'name servers', perSecond: null, etaSeconds: 38 }
        }
      : step
  )
}
const done = cutoverAt({ at: null, runState: { kind: 'done' }, heldMs: 18 * 60_000, openMs: 151 })
const byHandText =
  'Change shop.example.com A from 198.51.100.20, 198.51.100.21 to 203.0.113.40, 203.0.113.41, TTL 60 s.'
const waiting = cutoverAt({
  at: 'dns',
  state: 'waiting',
  runState: { kind: 'waiting', step: 'dns', text: byHandText },
  heldMs: 64_000,
  openMs: 151
})
const waitingStragglers = cutoverAt({
  at: 'stragglers',
  state: 'waiting',
  runState: {
    kind: 'waiting',
    step: 'stragglers',
    text: '3 connections are left on fra-db1: shop_app@10.40.0.31, report@10.20.0.9. When you go on, those still there are ended.'
  },
  heldMs: 190_000,
  openMs: 151
})
const redirectFailure = {
  kind: 'server' as const,
  what: 'The redirect of an application host failed.',
  where: 'fra-worker1',
  words: 'Job for shop-worker.service failed because the control process exited with error code.',
  try: ['Look at the message, mend it, then go on: the step is tried again.']
}
const failedAfter = cutoverAt({
  at: 'redirect',
  state: 'failed',
  runState: { kind: 'failed', step: 'redirect', failure: redirectFailure },
  heldMs: 40_000,
  openMs: 151
})
const finished = run('finish', 'Finish the move', 2, {
  startedAt: now - 60_000,
  steps: previewOf('finish').steps.map((step) => ({
    ...step,
    state: 'done',
    startedAt: now - 60_000,
    endedAt: now - 50_000,
    ms: 10_000,
    evidence:
      step.id === 'remove-bridge'
        ? 'the bridge is down, its key and entry are gone'
        : 'no link is left on either server',
    failure: null,
    progress: null
  })),
  notes: ['What stays: the backup files beside the configuration of fra-web1, fra-web2, fra-worker1.']
})
const stragglersTopology: Topology = {
  ...leftOnOld(movedTopology, left),
  throughBridge: { 'lis-db1': 85 },
  domains: movedTopology.domains.map((domain) => ({
    ...domain,
    answers: domain.answers.map((answer) =>
      answer.resolver === 'office' ? { ...answer, values: ['198.51.100.20', '198.51.100.21'] } : answer
    )
  }))
}

/** The states of the cutover station. */
export const cutoverPages: GalleryPages = {
  'cutover-unknown': at(openMoveIn('checked'), {
    answers: {
      'runbook.preview': () => {
        throw new FailureError({
          kind: 'not-found',
          what: 'fra-db1 has no link that follows lis-db1.',
          where: 'fra-db1',
          try: ['Run Replicate first.']
        })
      }
    }
  }),
  'cutover-asking': at(ready, { answers: {} }),
  'cutover-shut': at({ ...withRuns([]), drift: { kind: 'never' } }, { answers: answers(shutGates) }),
  'cutover-rehearse': at(withRuns([])),
  'cutover-rehearsal': at(withRuns([]), { command: 'rehearsal' }),
  'cutover-rehearsing': at(withRuns([rehearsing], { canary: canaryRunning(holdOf(rehearsing), 2) })),
  'cutover-ready': at(withRuns(rehearsals, { canary: canaryRunning(null) }), {
    command: 'go',
    after: async (hands) => {
      await hands.type('Type “go Lisbon” to unlock Start', 'go')
    }
  }),
  'cutover-typed': at(withRuns(rehearsals, { canary: canaryRunning(null) }), {
    after: async (hands) => {
      await hands.type('Type “go Lisbon” to unlock Start', 'go Lisbon')
    }
  }),
  'cutover-step': at(withRuns(rehearsals), {
    after: async (hands) => {
      await hands.press('6Arm')
    }
  }),
  'cutover-preparing': at(
    withRuns([...rehearsals, cutoverAt({ at: 'open-sessions', runState: { kind: 'running' } })], {
      canary: canaryRunning(null)
    })
  ),
  'cutover-held': at(
    withRuns([...rehearsals, heldWithProgress], {
      canary: canaryRunning({ from: now - 1600, to: null }, 37),
      topology: linkedTopology
    })
  ),
  'cutover-thrown': at(withRuns([...rehearsals, thrown], { canary: canaryRunning({ from: now - 140, to: null }, 3) })),
  'cutover-aborting': at(
    withRuns([...rehearsals, aborting], { canary: canaryRunning({ from: now - 2400, to: now - 200 }) })
  ),
  'cutover-aborted': at(withRuns([...rehearsals, abortedRun])),
  'cutover-halted': at(withRuns([...rehearsals, halted], { topology: closed })),
  'cutover-interrupted': at(withRuns([...rehearsals, interruptedEarly])),
  'cutover-interrupted-thrown': at(withRuns([...rehearsals, interruptedThrown], { topology: movedTopology })),
  'cutover-promoted': at(moved(watching, { canary: canaryRunning(holdOf(afterwards)), topology: stragglersTopology })),
  'cutover-byhand': at(moved(waiting, { canary: canaryRunning(null) })),
  'cutover-stragglers': at(
    moved(waitingStragglers, { canary: canaryRunning(null), topology: leftOnOld(movedTopology, left) })
  ),
  'cutover-failed-after': at(moved(failedAfter, { canary: canaryRunning(null) })),
  'cutover-done': at(moved(done)),
  'cutover-reverse': at(moved(done), {
    after: async (hands) => {
      await hands.press('Reverse to Frankfurt…')
    }
  }),
  'cutover-reverse-loose': at(moved(done), {
    answers: answers(looseGates),
    after: async (hands) => {
      await hands.press('Reverse to Frankfurt…')
    }
  }),
  'cutover-finish': at(moved(done), {
    after: async (hands) => {
      await hands.press('Finish…')
    }
  }),
  'cutover-finish-bridge': at(moved(done), {
    answers: {
      ...answers(),
      'runbook.preview': ({ kind, subject }) => (kind === 'finish' ? behindBridge(subject) : previewOf(kind))
    },
    after: async (hands) => {
      await hands.press('Finish…')
    }
  }),
  'cutover-allsteps': at(moved(done), {
    after: async (hands) => {
      await hands.press('All steps')
    }
  }),
  'cutover-reversed': at(withRuns([...rehearsals, reversedRun], { canary: canaryCounted })),
  'cutover-finished': at(moved(done, { runs: [...setUp, ...rehearsals, done, finished] })),
  'cutover-applier': at(
    withRuns([...rehearsals, { ...abortedRun, state: { kind: 'failed', step: 'verify', failure: applierFailure } }])
  )
}
