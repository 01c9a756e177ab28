import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startPulse, usualPaces } from '../../src/main/ssh/pulse'

describe('the pulse of a line', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const watch = (answers: () => boolean) => {
    const asked: number[] = []
    const lost: string[] = []
    const begun = performance.now()
    const pulse = startPulse({
      ask: (answered) => {
        asked.push(Math.round((performance.now() - begun) / 1000))
        if (answers()) answered()
      },
      lost: (why) => lost.push(why),
      paces: usualPaces
    })
    return { asked, lost, pulse }
  }

  it('asks every 15 s, and every 5 s during a run', () => {
    const { asked, lost, pulse } = watch(() => true)
    vi.advanceTimersByTime(46_000)
    expect(asked).toEqual([15, 30, 45])
    pulse.pace('run')
    vi.advanceTimersByTime(10_000)
    expect(asked).toEqual([15, 30, 45, 50, 55])
    pulse.pace('calm')
    vi.advanceTimersByTime(13_000)
    expect(asked).toHaveLength(5)
    expect(lost).toEqual([])
    pulse.stop()
  })

  it('gives a line up 45 s after the first question without an answer, 15 s during a run', () => {
    const calm = watch(() => false)
    vi.advanceTimersByTime(59_000)
    expect(calm.lost).toEqual([])
    vi.advanceTimersByTime(2_000)
    expect(calm.lost).toEqual(['Keepalive timeout: no answer for 45 s'])
    const run = watch(() => false)
    run.pulse.pace('run')
    vi.advanceTimersByTime(21_000)
    expect(run.lost).toEqual(['Keepalive timeout: no answer for 15 s'])
    vi.advanceTimersByTime(60_000)
    expect(run.lost).toHaveLength(1)
  })

  it('asks at once after the computer slept, and gives the line up within seconds', () => {
    let awake = true
    const { asked, lost, pulse } = watch(() => awake)
    vi.advanceTimersByTime(3_000)
    // An hour passes by the wall; the timers stood still.
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(1_000)
    expect(asked).toEqual([4])
    expect(lost).toEqual([])
    awake = false
    vi.setSystemTime(Date.now() + 3_600_000)
    vi.advanceTimersByTime(1_000)
    expect(asked).toEqual([4, 5])
    vi.advanceTimersByTime(6_000)
    expect(lost).toEqual(['no answer for 5 s'])
    pulse.stop()
  })

  it('is over at once when the line cannot be written to', () => {
    const lost: string[] = []
    const pulse = startPulse({
      ask: () => {
        throw new Error('Not connected')
      },
      lost: (why) => lost.push(why),
      paces: usualPaces
    })
    pulse.check(1_000)
    pulse.check(1_000)
    expect(lost).toEqual(['it cannot be written to'])
  })
})
