import { describe, expect, it } from 'vitest'
import { cutoverPhase, expectedTimes, rehearsalsOf } from '../../src/renderer/stations/cutover/cutover-phase'
import type { Run, RunbookKind, RunState, StepRun, StepState } from '../../src/shared/runbook'

const ids = ['claim', 'arm', 'hold', 'catch-up', 'verify', 'throw', 'observe', 'redirect']

const step = (id: string, state: StepState, ms: number | null): StepRun => ({
  id,
  group: 'g',
  title: id,
  why: '',
  server: 'both',
  actions: [],
  undo: { kind: 'nothing' },
  pointOfNoReturn: id === 'throw',
  expectMs: null,
  state,
  startedAt: state === 'todo' ? null : 5000,
  endedAt: null,
  ms,
  evidence: null,
  failure: null,
  progress: null
})

let started = 0
/** A run whose steps before `at` are done and whose step `at` runs. */
const runAt = (kind: RunbookKind, at: string | null, state: RunState['kind'], more: Partial<Run> = {}): Run => {
  started += 1000
  const index = at === null ? ids.length : ids.indexOf(at)
  return {
    id: `${kind}-${started}`,
    kind,
    title: kind,
    epoch: 1,
    operator: 'o',
    startedAt: started,
    endedAt: null,
    state: {
      kind: state,
      why: '',
      step: at ?? '',
      text: '',
      failure: { kind: 'internal', what: '', try: [] }
    } as RunState,
    steps: ids.map((id, position) =>
      step(id, position < index ? 'done' : position === index ? 'running' : 'todo', position < index ? 10 : null)
    ),
    facts: {},
    decisions: [],
    pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null },
    notes: [],
    ...more
  }
}

describe('the phase of the cutover', () => {
  it('is planning while nothing has run', () => {
    expect(cutoverPhase([])).toEqual({ kind: 'plan', after: null })
  })

  it.each([
    ['claim', 'preparing'],
    ['arm', 'preparing'],
    ['hold', 'held'],
    ['catch-up', 'held'],
    ['verify', 'held'],
    ['throw', 'thrown'],
    ['observe', 'thrown'],
    ['redirect', 'promoted']
  ])('at step %s of a running cutover is %s', (at, kind) => {
    expect(cutoverPhase([runAt('cutover', at, 'running')]).kind).toBe(kind)
  })

  it('counts the pause from the grant of the hold, and from the question while it is not granted', () => {
    const asked = cutoverPhase([runAt('cutover', 'hold', 'running')])
    expect(asked).toMatchObject({ kind: 'held', since: 5000, granted: false })
    const granted = cutoverPhase([runAt('cutover', 'catch-up', 'running', { facts: { holdAt: '7000' } })])
    expect(granted).toMatchObject({ kind: 'held', since: 7000, granted: true })
  })

  it('is planning again after an abort, and knows what was aborted', () => {
    const run = runAt('cutover', 'verify', 'aborted')
    expect(cutoverPhase([run])).toEqual({ kind: 'plan', after: run })
  })

  it.each(['halted', 'interrupted'] as const)(
    'offers only to observe when the run is %s, also after the throw',
    (state) => {
      expect(cutoverPhase([runAt('cutover', 'throw', state)]).kind).toBe('stopped')
      expect(cutoverPhase([runAt('cutover', 'redirect', state)]).kind).toBe('stopped')
    }
  )

  it('does not say that writes wait while a run is being taken up, and does not count the time it was gone', () => {
    const observing = runAt('cutover', 'catch-up', 'running', { state: { kind: 'running', observing: true } })
    expect(cutoverPhase([observing]).kind).toBe('stopped')
    const gone = runAt('cutover', 'throw', 'running', { facts: { holdAt: '7000' }, takenUpAt: 900_000 })
    expect(cutoverPhase([gone])).toMatchObject({ kind: 'thrown', since: null })
  })

  it('stays promoted when a step after the promotion fails, and stops when one before it does', () => {
    expect(cutoverPhase([runAt('cutover', 'redirect', 'failed')]).kind).toBe('promoted')
    expect(cutoverPhase([runAt('cutover', 'verify', 'failed')]).kind).toBe('stopped')
  })

  it('stays promoted when a reverse was aborted', () => {
    const cutover = runAt('cutover', null, 'done')
    const reverse = runAt('reverse', 'arm', 'aborted')
    expect(cutoverPhase([cutover, reverse])).toEqual({ kind: 'promoted', run: cutover, aborted: reverse })
  })

  it('shows the reverse when it is done, and plans again after a newer rehearsal', () => {
    const runs = [runAt('cutover', null, 'done'), runAt('reverse', null, 'done')]
    expect(cutoverPhase(runs)).toMatchObject({ kind: 'promoted', run: { kind: 'reverse' } })
    expect(cutoverPhase([...runs, runAt('rehearsal', null, 'done')]).kind).toBe('plan')
  })

  it('does not forget the promotion when somebody rehearses the way back', () => {
    expect(cutoverPhase([runAt('cutover', null, 'done'), runAt('rehearsal', null, 'done')]).kind).toBe('promoted')
  })

  it('shows a rehearsal while it holds, and never calls it promoted', () => {
    expect(cutoverPhase([runAt('rehearsal', 'catch-up', 'running')]).kind).toBe('held')
    expect(cutoverPhase([runAt('rehearsal', null, 'running')]).kind).not.toBe('promoted')
  })

  it('is finishing and then finished after the last run', () => {
    const cutover = runAt('cutover', null, 'done')
    expect(cutoverPhase([cutover, runAt('finish', 'claim', 'running')]).kind).toBe('finishing')
    expect(cutoverPhase([cutover, runAt('finish', null, 'done')])).toMatchObject({
      kind: 'finished',
      switched: cutover
    })
  })
})

describe('what was measured before', () => {
  it('is the newest time of each step, without the run itself', () => {
    const first = runAt('rehearsal', null, 'done')
    const second = runAt('rehearsal', null, 'done')
    const later: Run = { ...second, steps: second.steps.map((one) => ({ ...one, ms: 30 })) }
    expect(expectedTimes([later, first], 'other').get('hold')).toBe(30)
    expect(expectedTimes([later, first], later.id).get('hold')).toBe(10)
  })

  it('counts only rehearsals that were done and measured', () => {
    const done = runAt('rehearsal', null, 'done', { pause: { holdMs: 12, canaryGapMs: null, holdAt: 1, openAt: 2 } })
    expect(rehearsalsOf([runAt('rehearsal', 'hold', 'aborted'), runAt('rehearsal', null, 'done'), done])).toEqual([
      done
    ])
  })
})
