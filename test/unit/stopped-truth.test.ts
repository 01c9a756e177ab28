import { describe, expect, it } from 'vitest'
import type { End } from '../../src/renderer/stations/cutover/ends'
import { type SeenSide, stoppedTruth } from '../../src/renderer/stations/cutover/stopped-truth'
import { phasesOf } from '../../src/renderer/stations/home/phases-of'
import { observeLabel } from '../../src/shared/run-marks'
import type { Run, RunState, StepRun } from '../../src/shared/runbook'

const ids = ['claim', 'arm', 'hold', 'catch-up', 'throw', 'observe', 'redirect', 'stragglers']
const step = (id: string, state: StepRun['state']): StepRun => ({
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
  startedAt: null,
  endedAt: null,
  ms: null,
  evidence: null,
  failure: null,
  progress: null
})

/** A cutover that was cut off while `at` was under way. */
const cutOffAt = (at: string, state: RunState = { kind: 'interrupted' }, kind: Run['kind'] = 'cutover'): Run => ({
  id: 'r',
  kind,
  title: kind,
  epoch: 1,
  operator: 'o',
  startedAt: 1,
  endedAt: null,
  state,
  steps: ids.map((id, index) => step(id, index < ids.indexOf(at) ? 'done' : id === at ? 'running' : 'todo')),
  facts: {},
  decisions: [],
  pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null },
  notes: []
})

const london: End = { side: 'old', site: 'London', server: null }
const brno: End = { side: 'new', site: 'Brno', server: null }
const truth = (run: Run, from: SeenSide, to: SeenSide) => stoppedTruth(run, london, brno, { from, to })

describe('what is said of a switch that was cut off', () => {
  it.each<[string, string, SeenSide, SeenSide, string, string, 'att' | 'dan', string]>([
    [
      'before the hold',
      'arm',
      'writes',
      'closed',
      'London takes writes',
      'Nothing was switched',
      'att',
      'Observe, then put back'
    ],
    [
      'in the hold',
      'catch-up',
      'writes',
      'closed',
      'London takes writes',
      'Nothing was switched',
      'att',
      'Observe, then put back'
    ],
    [
      'thrown and arrived',
      'throw',
      'closed',
      'writes',
      'Brno takes writes',
      'opened by itself',
      'dan',
      'Observe, then go on'
    ],
    [
      'thrown, on its way',
      'throw',
      'closed',
      'closed',
      'Nobody takes writes',
      'opens by itself, or London',
      'dan',
      'Observe, then go on'
    ],
    [
      'thrown, never left',
      'throw',
      'writes',
      'closed',
      'London takes writes',
      'never reached London',
      'att',
      'Observe, then go on'
    ],
    ['redirected', 'stragglers', 'closed', 'writes', 'Brno takes writes', 'what is left', 'att', 'Observe, then go on'],
    [
      'not seen yet',
      'throw',
      'unseen',
      'unseen',
      'Who takes writes is not known yet',
      'Only observing both',
      'att',
      'Observe, then go on'
    ],
    [
      'both open',
      'throw',
      'writes',
      'writes',
      'London and Brno both take writes',
      'seal the other one',
      'dan',
      'Observe, then go on'
    ],
    [
      'one cannot be seen',
      'throw',
      'unseen',
      'writes',
      'Brno takes writes; London is not seen',
      'has happened',
      'att',
      'Observe, then go on'
    ]
  ])('%s', (_, at, from, to, title, words, tone, label) => {
    const run = cutOffAt(at)
    const said = truth(run, from, to)
    expect([said.title, said.tone, observeLabel(run)]).toEqual([title, tone, label])
    expect(said.next).toContain(words)
    expect(said.happened).toBe(`The app ended in the middle of this cutover, at “${at}”.`)
  })

  it('alarms while customers feel it: orders fail until the applications are redirected', () => {
    expect(truth(cutOffAt('throw'), 'closed', 'writes').alarm).toContain(
      'Orders fail: the applications still use London'
    )
    expect(truth(cutOffAt('redirect'), 'closed', 'writes').alarm).toContain('Orders fail')
    expect(truth(cutOffAt('stragglers'), 'closed', 'writes').alarm).toBeNull()
    expect(truth(cutOffAt('throw'), 'closed', 'closed').alarm).toBe('No order can be placed.')
    expect(truth(cutOffAt('hold'), 'writes', 'closed').alarm).toBeNull()
  })

  it('does not alarm for hosts that were armed, and names those that were not', () => {
    const run = cutOffAt('throw')
    const armed = (unarmed: string[]): Run => ({
      ...run,
      steps: [step('arm-redirect', 'done'), ...run.steps],
      facts: { unarmed: JSON.stringify(unarmed) }
    })
    expect(truth(armed([]), 'closed', 'writes')).toMatchObject({
      tone: 'att',
      alarm: null,
      next: expect.stringContaining('the application hosts were armed to follow it')
    })
    expect(truth(armed(['old-web2']), 'closed', 'writes')).toMatchObject({
      tone: 'dan',
      alarm: 'Orders from old-web2 fail: it still uses London, which is closed, until this run goes on.'
    })
  })

  it('offers to observe again when it was halted', () => {
    const run = cutOffAt('throw', { kind: 'halted', why: 'lost' })
    expect(observeLabel(run)).toBe('Observe again')
    expect(truth(run, 'closed', 'closed').happened).toBe('The cutover was halted at “throw”.')
  })

  it('stands in the list of moves beside the station where it was cut off', () => {
    expect(phasesOf({ stationsDone: 2, phase: 'Cutover: interrupted' })[5]).toBe('stopped')
  })
})
