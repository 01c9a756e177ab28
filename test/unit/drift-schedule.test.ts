import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openMoveIn } from '../../src/renderer/gallery/fixtures/open-move'
import { clockTyped } from '../../src/renderer/stations/drift/wish-lines'
import {
  type DriftMoment,
  driftScheduleSchema,
  lastDueAt,
  nextDueAt,
  type ScheduledDrift,
  type ScheduledEnd,
  settledAt,
  turnAt
} from '../../src/shared/drift-schedule'
import { localMoment, newsOf, scheduledWords } from '../../src/shared/drift-schedule-words'
import { driftView } from '../../src/shared/drift-view'
import { moveSchema } from '../../src/shared/move'

const hour = 3_600_000
const at = (text: string): number => new Date(text).getTime()
const daily = (dailyAt: string) => ({ dailyAt })

let zone: string | undefined
beforeEach(() => {
  zone = process.env.TZ
  process.env.TZ = 'Europe/Berlin'
})
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

describe('due times by the clock of the computer', () => {
  it.each([
    [
      'the evening before',
      '02:00',
      '2026-11-23T22:00:00+01:00',
      '2026-11-23T02:00:00+01:00',
      '2026-11-24T02:00:00+01:00'
    ],
    ['to the second', '02:00', '2026-11-24T02:00:00+01:00', '2026-11-24T02:00:00+01:00', '2026-11-25T02:00:00+01:00'],
    [
      'at the turn of the year',
      '00:00',
      '2027-01-01T00:00:00+01:00',
      '2027-01-01T00:00:00+01:00',
      '2027-01-02T00:00:00+01:00'
    ],
    [
      'before an hour that is left out',
      '02:30',
      '2026-03-29T01:59:00+01:00',
      '2026-03-28T02:30:00+01:00',
      '2026-03-29T03:30:00+02:00'
    ],
    ['after it', '02:30', '2026-03-29T03:30:00+02:00', '2026-03-29T03:30:00+02:00', '2026-03-30T02:30:00+02:00'],
    [
      'the first time in an hour that comes twice',
      '02:30',
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+02:00',
      '2026-10-26T02:30:00+01:00'
    ],
    ['the second time', '02:30', '2026-10-25T02:30:00+01:00', '2026-10-25T02:30:00+02:00', '2026-10-26T02:30:00+01:00']
  ])('%s (%s)', (_when, time, now, last, next) => {
    expect(lastDueAt(daily(time), at(now))).toBe(at(last))
    expect(nextDueAt(daily(time), at(now))).toBe(at(next))
  })

  it.each([
    ['2:00', '02:00'],
    [' 23:59 ', '23:59'],
    ['24:00', null],
    ['02:60', null],
    ['2', null],
    ['02:00h', null]
  ])('typed as “%s”', (typed, time) => {
    expect(clockTyped(typed)).toBe(time)
    expect(driftScheduleSchema.safeParse({ dailyAt: typed }).success).toBe(time === typed)
  })

  it('are left out of moves that were saved before, and stay left out', () => {
    const { driftSchedule, ...before } = openMoveIn('linked').move
    expect(driftSchedule).toBeUndefined()
    expect(moveSchema.parse(before)).not.toHaveProperty('driftSchedule')
    expect(moveSchema.parse({ ...before, driftSchedule: daily('02:00') }).driftSchedule).toEqual(daily('02:00'))
  })
})

describe('when a time has come', () => {
  const due = at('2026-11-24T02:00:00+01:00')
  const moment = (more: Partial<DriftMoment>): DriftMoment => ({
    schedule: daily('02:00'),
    settled: due - 20 * hour,
    now: due + 5000,
    awakeSince: due - 20 * hour,
    busy: null,
    ...more
  })
  const slept = 'this computer slept, or its clock was changed'

  it.each<[string, Partial<DriftMoment>, ReturnType<typeof turnAt>]>([
    ['it begins', {}, { kind: 'start', dueAt: due, late: null }],
    ['and not a second before', { now: due - 1 }, { kind: 'rest' }],
    ['and not twice', { settled: due, now: due + hour }, { kind: 'rest' }],
    ['it waits for a run', { busy: 'a run' }, { kind: 'wait', dueAt: due, why: 'a run' }],
    ['for three hours', { busy: 'a run', now: due + 3 * hour }, { kind: 'wait', dueAt: due, why: 'a run' }],
    ['and no longer', { busy: 'a run', now: due + 3 * hour + 1 }, { kind: 'skip', dueAt: due, why: 'a run' }],
    [
      'after sleep it lets the network come back',
      { now: due + 5 * hour + 59_000, awakeSince: due + 5 * hour },
      { kind: 'wait', dueAt: due, why: 'the network: this computer has only just woken' }
    ],
    [
      'then begins and says why so late',
      { now: due + 5 * hour + 60_000, awakeSince: due + 5 * hour },
      { kind: 'start', dueAt: due, late: slept }
    ],
    [
      'once for a week of sleep',
      { now: due + 7 * 24 * hour + 5 * hour, awakeSince: due + 7 * 24 * hour + 4 * hour },
      { kind: 'start', dueAt: due + 7 * 24 * hour, late: slept }
    ],
    [
      'what goes on at waking has three hours too',
      { busy: 'a run', now: due + 6 * hour, awakeSince: due + 5 * hour },
      { kind: 'wait', dueAt: due, why: 'a run' }
    ]
  ])('%s', (_what, more, turn) => {
    expect(turnAt(moment(more))).toEqual(turn)
  })

  it.each([
    ['the past stays settled', due, null, due + hour, due],
    ['a clock set back to before the setting was made', due + 9 * hour, null, due - hour, due - hour],
    ['a clock set back after a comparison: it is not done again', due, due, due - hour, due],
    ['a clock that was a year ahead', due + 365 * 24 * hour, due + 365 * 24 * hour, due, due]
  ])('%s', (_what, settled, hadTurn, now, expected) => {
    expect(settledAt(settled, hadTurn, now)).toBe(expected)
  })
})

describe('what came of it', () => {
  const due = at('2026-11-24T02:00:00+01:00')
  const morning = due + 6 * hour
  const compared = (more: Partial<Extract<ScheduledEnd, { kind: 'compared' }>>): ScheduledEnd => ({
    ...{ kind: 'compared', id: 'd-1', verdict: 'equal', rows: 0, tables: 0, objects: 0, unsure: 0 },
    ...more
  })
  const ended = (end: ScheduledEnd, more: Partial<ScheduledDrift> = {}): ScheduledDrift => ({
    dueAt: due,
    at: due,
    end,
    ...more
  })
  const failure = { kind: 'refused' as const, what: 'Nothing answers at db1:3306.', try: [], words: 'secret <b>' }

  it.each<[string, ScheduledDrift]>([
    ['Compared today at 02:00 by itself: equal.', ended(compared({}))],
    [
      'Compared today at 02:00 by itself: 14 rows differ in 2 tables, 1 object of the schema differs.',
      ended(compared({ verdict: 'differs', rows: 14, tables: 2, objects: 1 }))
    ],
    [
      'Compared today at 02:00 by itself: 1 row differs in 1 table, nothing can be said of 3 tables.',
      ended(compared({ verdict: 'differs', rows: 1, tables: 1, unsure: 3 }))
    ],
    [
      'Compared today at 07:31 by itself: equal. It was due today at 02:00: this computer slept.',
      ended(compared({}), { at: at('2026-11-24T07:31:00+01:00'), late: 'this computer slept' })
    ],
    [
      'Could not be compared by itself today at 02:00. Nothing answers at db1:3306.',
      ended({ kind: 'failed', failure })
    ],
    ['Missed today at 02:00: Siteswap, or this move in it, was closed.', ended({ kind: 'missed' })],
    [
      'Left out today at 02:00: for three hours it would have disturbed the run “Seed”.',
      ended({ kind: 'skipped', why: 'the run “Seed”' })
    ],
    ['Begun today at 02:00 by itself, stopped by hand.', ended({ kind: 'stopped' })],
    ['Begun today at 02:00 by itself, broken off when Siteswap ended.', ended({ kind: 'broken-off' })]
  ])('is said: %s', (words, drift) => {
    expect(scheduledWords(drift, morning)).toBe(words)
  })

  it('goes to the desktop when nobody there knows it yet, without the words of a server', () => {
    expect(newsOf('Shop', ended(compared({})), morning)).toEqual({
      title: 'Shop: equal',
      body: 'Compared today at 02:00 by itself: equal.'
    })
    expect(newsOf('Shop', ended({ kind: 'failed', failure }), morning)?.title).toBe('Shop: not compared')
    expect(JSON.stringify(newsOf('Shop', ended({ kind: 'failed', failure }), morning))).not.toContain('secret')
    expect(newsOf('Shop', ended({ kind: 'stopped' }), morning)).toBeNull()
    expect(newsOf('Shop', ended({ kind: 'missed' }), morning)).toBeNull()
  })

  it('names days as people do', () => {
    expect(localMoment(due, due + 24 * hour)).toBe('yesterday at 02:00')
    expect(localMoment(due, due - 3 * hour)).toBe('tomorrow at 02:00')
    expect(localMoment(due, due + 9 * 24 * hour)).toBe('Tue 24 Nov at 02:00')
  })

  it('stands on the rail, unless something newer is known', () => {
    const open = openMoveIn('linked')
    const move = { ...open.move, driftSchedule: daily('02:00') }
    const missed = { now: null, last: ended({ kind: 'missed' }) }
    expect(driftView({ ...open, driftSchedule: missed }, morning).line).toBe('not compared yet')
    expect(driftView({ ...open, move, driftSchedule: missed }, morning)).toEqual({
      ...{ id: 'drift', state: 'attention', line: 'missed at 02:00', at: due }
    })
    const ready = openMoveIn('ready')
    expect(driftView({ ...ready, move, driftSchedule: missed }, Date.now()).line).toBe('equal')
    const { drift } = ready
    if (drift.kind !== 'done') throw new Error(drift.kind)
    const byItself = { now: null, last: ended(compared({ id: drift.id })) }
    expect(driftView({ ...ready, move, driftSchedule: byItself }, Date.now()).line).toBe('equal, by itself')
    const waits = { now: { kind: 'waiting' as const, dueAt: due, why: 'a run' }, last: null }
    expect(driftView({ ...ready, move, driftSchedule: waits }, Date.now())).toMatchObject({
      state: 'done',
      line: 'due, waits'
    })
  })
})
