import { describe, expect, it } from 'vitest'
import { pressedMs, stoodStillMs } from '../lab/standstill'

describe('what stood still', () => {
  const stood = [
    { from: 100, to: 300 },
    { from: 1000, to: 1500 }
  ]
  it('counts as far as it lies in the span', () => {
    expect(stoodStillMs(stood, 0, 2000)).toBe(700)
    expect(stoodStillMs(stood, 200, 1100)).toBe(200)
    expect(stoodStillMs(stood, 400, 900)).toBe(0)
  })

  it('is what waited for a processor beyond the half of the time', () => {
    const pressure = [
      { at: 0, waitedMs: 10 },
      { at: 1000, waitedMs: 410 },
      { at: 2000, waitedMs: 1310 }
    ]
    expect(pressedMs(pressure, 0, 1000)).toBe(0)
    expect(pressedMs(pressure, 1000, 2000)).toBe(400)
    expect(pressedMs(pressure, 1100, 1900)).toBe(400)
    expect(pressedMs([], 0, 1000)).toBe(0)
  })
})
