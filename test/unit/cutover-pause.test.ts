import { describe, expect, it } from 'vitest'
import {
  type Hold,
  heldForMs,
  makeLive,
  momentThere,
  pauseLearned,
  pauseWords
} from '../../src/main/runbooks/cutover/live'

/** A server whose clock is an hour ahead of this computer's monotonic one. */
const ahead = 3_600_000
const told = (at: number) => ({ now_us: String((at + ahead) * 1000) })
const live = { ...makeLive(), clocks: new Map([['db1', ahead]]) }
const between = { sent: 1000, heard: 1400 }

const holdFrom = (beganAt: number): Hold => ({
  sentAt: 1000,
  grantedAt: 1400,
  beganAt,
  beganWall: 0,
  position: {},
  broken: new Promise<never>(() => {}),
  lost: () => null,
  stop: () => {}
})

describe('a moment on a server', () => {
  it('is what its own clock says, however late this computer heard of it', () => {
    expect(momentThere(live, 'db1', told(1120.5), between, 1000)).toBeCloseTo(1120.5, 3)
  })

  it('is never before the question nor after the answer, though the clock was set meanwhile', () => {
    expect(momentThere(live, 'db1', told(200), between, 1000)).toBe(1000)
    expect(momentThere(live, 'db1', told(90_000), between, 1000)).toBe(1400)
  })

  it('is taken for this computer’s where the server or its clock is not known', () => {
    expect(momentThere(live, 'db2', told(1120), between, 1000)).toBe(1000)
    expect(momentThere(live, 'db1', {}, between, 1400)).toBe(1400)
    expect(momentThere(live, 'db1', undefined, between, 1400)).toBe(1400)
  })
})

describe('the write pause', () => {
  it('is counted between two servers’ moments, and says what this computer alone would', () => {
    const hold = holdFrom(1102)
    const opened = { heard: 1700, there: 1489.1 }
    expect(heldForMs(hold, opened)).toBe(387.1)
    // What is drawn from the two moments is the same span as the figure.
    expect(pauseLearned({ ...hold, beganWall: 5_001_102 }, opened)).toEqual({ holdMs: '387.1', openAt: '5001489' })
    expect(pauseWords(hold, opened)).toBe('writes waited 387 ms (700 ms with the way to this computer)')
  })
})
