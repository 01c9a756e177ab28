import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DriftPair, startDriftPair } from './own/drift-pair'
import { randomRound } from './own/drift-round'

const seed = Number(process.env.DRIFT_SEED ?? 20261122)
const scenarios = 50

describe.each(['m1011', 'my97'] as const)('random tables with random drift on %s', (flavour) => {
  let pair: DriftPair

  beforeAll(async () => {
    pair = await startDriftPair(flavour)
  })
  afterAll(async () => {
    await pair?.stop()
  })

  it(`are judged as a slow full dump judges them (seed ${seed})`, async () => {
    const round = await randomRound(pair, seed, scenarios, 'box')
    expect(round.map(({ create, told }) => ({ create, told }))).toEqual(
      round.map(({ create, truth }) => ({ create, told: truth }))
    )
    const differing = round.filter(({ truth }) => Object.values(truth).some((count) => count > 0))
    expect(differing.length).toBeGreaterThan(scenarios / 3)
  })
})
