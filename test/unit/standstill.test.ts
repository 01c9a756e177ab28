import { describe, expect, it } from 'vitest'
import { crowdedMs, stoodStillMs } from '../lab/standstill'

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

  it('is what a crowd beyond the ordinary one took', () => {
    const crowds = [
      { at: 0, running: 5 },
      { at: 500, running: 10 },
      { at: 1000, running: 20 },
      { at: 1500, running: 20 }
    ]
    expect(crowdedMs(crowds, 0, 600)).toBe(0)
    expect(crowdedMs(crowds, 1000, 2000)).toBe(500)
    expect(crowdedMs([], 0, 1000)).toBe(0)
  })
})
