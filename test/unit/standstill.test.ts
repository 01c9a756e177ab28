import { describe, expect, it } from 'vitest'
import { stoodStillMs } from '../lab/standstill'

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
})
