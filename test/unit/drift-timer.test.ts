import { describe, expect, it } from 'vitest'
import { type KeptDriftSchedule, makeDriftTimer } from '../../src/main/engine/drift-schedule'
import { shopMove } from '../../src/renderer/gallery/fixtures/shop-move'
import type { DriftState } from '../../src/shared/drift'
import type { News } from '../../src/shared/drift-schedule-words'
import { fail } from '../../src/shared/failure'

const due = new Date(2026, 10, 24, 2).getTime()
const minute = 60_000

/** A timer whose clock, runs and comparison go as a test says. */
const timerAt = (opened: number, kept: KeptDriftSchedule | null = null) => {
  let state: DriftState = { kind: 'never' }
  let settle: { done(state: DriftState): void; failed(error: unknown): void } | null = null
  const world = {
    now: opened,
    run: null as string | null,
    began: 0,
    held: [] as string[],
    told: [] as News[],
    kept,
    ending: new AbortController()
  }
  const timer = makeDriftTimer({
    move: () => ({ ...shopMove, driftSchedule: { dailyAt: '02:00' } }),
    drift: {
      state: () => state,
      start: (wish) => {
        expect(wish).toEqual({ pace: 'gentle' })
        world.began += 1
        const progress = {
          doneTables: 0,
          totalTables: 1,
          doneRows: 0,
          totalRows: 1,
          rowsPerSecond: 0,
          etaSeconds: null
        }
        state = { kind: 'running', id: 'd-1', since: world.now, at: world.now, progress, tables: [], objects: [] }
        return new Promise((done, failed) => {
          settle = { done, failed }
        })
      },
      pause: () => {
        world.held.push('paused')
        if (state.kind === 'running') state = { ...state, pace: { kind: 'paused', since: world.now } }
      },
      resume: () => {
        world.held.push('resumed')
        if (state.kind === 'running') state = { ...state, pace: { kind: 'full' } }
      }
    },
    busyWith: () => world.run,
    kept,
    keep: async (next) => {
      world.kept = next
    },
    onState: () => {},
    tell: (news) => world.told.push(news),
    signal: world.ending.signal,
    now: () => world.now
  })
  const at = (now: number) => {
    world.now = now
    timer.look()
    return timer.state()
  }
  const refuse = async () => {
    settle?.failed(fail('refused', 'Nothing answers at lis-db1:3306.', { words: 'ER_SECRET' }))
    await new Promise((resolve) => setImmediate(resolve))
  }
  timer.begin()
  return { world, timer, at, refuse }
}

describe('the clock of a comparison by itself', () => {
  it('looks at nothing before it has begun, and at nothing after its end', () => {
    const { world, at } = timerAt(due - minute)
    world.ending.abort()
    at(due)
    expect(world.began).toBe(0)
  })

  it('makes way for a run that begins in the middle, and goes on after it', () => {
    const { world, at } = timerAt(due - minute)
    at(due)
    world.run = 'Rehearsal'
    at(due + minute)
    at(due + 2 * minute)
    expect(world.held).toEqual(['paused'])
    world.run = null
    at(due + 3 * minute)
    at(due + 4 * minute)
    expect(world.held).toEqual(['paused', 'resumed'])
    expect(world.began).toBe(1)
  })

  it('waits for a run, then says so; what could not be compared is told without the words of a server', async () => {
    const { world, timer, at, refuse } = timerAt(due - minute)
    world.run = 'Seed'
    expect(at(due).now).toEqual({ kind: 'waiting', dueAt: due, why: 'the run “Seed”' })
    world.run = null
    for (let now = due; now <= due + 10 * minute; now += minute) at(now)
    expect(timer.state().now).toEqual({ kind: 'comparing', dueAt: due })
    await refuse()
    expect(timer.state().last).toMatchObject({ late: 'it waited for the run “Seed”', end: { kind: 'failed' } })
    expect(world.told.map(({ title }) => title)).toEqual([`${shopMove.name}: not compared`])
    expect(world.told[0]?.body).toContain('Nothing answers at lis-db1:3306.')
    expect(JSON.stringify(world.told)).not.toContain('SECRET')
    expect(at(due + 20 * minute).now).toBeNull()
    expect(world.began).toBe(1)
  })

  it('compares once at waking, when the network had a minute, and says that it slept', async () => {
    const { world, timer, at, refuse } = timerAt(due - 60 * minute)
    const woke = due + 2 * 24 * 60 * minute + 300 * minute
    expect(at(woke).now).toMatchObject({ kind: 'waiting', why: expect.stringContaining('woken') })
    at(woke + minute)
    expect(world.began).toBe(1)
    await refuse()
    expect(timer.state().last).toMatchObject({ at: woke + minute, late: expect.stringContaining('slept') })
    at(woke + 2 * minute)
    expect(world.began).toBe(1)
  })

  it('is not deceived by a clock that is set back', () => {
    const { world, at } = timerAt(due + 480 * minute)
    at(due - 60 * minute)
    at(due - minute)
    expect(at(due).now).toEqual({ kind: 'comparing', dueAt: due })
    expect(world.kept?.last).not.toHaveProperty('late')
  })

  it('says of a comparison that the end of the app broke off, and of a time that was missed', () => {
    const schedule = { dailyAt: '02:00' }
    const last = { dueAt: due, at: due, end: { kind: 'begun' as const } }
    const before: KeptDriftSchedule = { schedule, settled: due, last }
    expect(timerAt(due + minute, before).world.kept?.last?.end).toEqual({ kind: 'broken-off' })
    expect(timerAt(due + 24 * 60 * minute, before).world.kept?.last).toMatchObject({
      ...{ dueAt: due + 24 * 60 * minute, end: { kind: 'missed' } }
    })
    const other: KeptDriftSchedule = { schedule: { dailyAt: '04:00' }, settled: 0, last: null }
    expect(timerAt(due + minute, other).world.kept).toEqual({ schedule, settled: due + minute, last: null })
  })
})
