import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlavourName } from '../lab/software'
import { type CutoverLab, cutoverLab } from './own/cutover-lab'

/** Bridge, seed, co-masters, rehearsal, cutover and reverse on a lab of one flavour. */
export const wholeMove = (flavour: FlavourName): void => {
  describe(`the whole move on ${flavour}`, () => {
    let at: CutoverLab

    beforeAll(async () => {
      at = await cutoverLab(flavour, 0.01)
    })
    afterAll(() => at?.close())

    it.each(['rehearsal', 'cutover', 'reverse'] as const)(
      'has its %s, after which the right side is open',
      async (kind) => {
        const run = await at.drive(kind)
        expect(run.state, JSON.stringify(run.steps.filter((step) => step.failure))).toEqual({ kind: 'done' })
        expect(run.pause.holdMs).toBeLessThan(10_000)
        const open = kind === 'cutover' ? 'new' : 'old'
        expect([await at.readOnly('old'), await at.readOnly('new')]).toEqual([open === 'new', open === 'old'])
      }
    )
  })
}
