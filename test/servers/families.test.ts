import { describe, it } from 'vitest'
import { type FamilyCase, familySuite } from './family-suite'
import { wholeMove } from './family-whole-move'
import { expectListed } from './preflight-made-to-fail'

const newer = (said: string) => `A05 pair warn: The new server is newer: ${said}`

/** Those that protect most: from the oldest MariaDB to the newest, and the MySQL that has no channels. */
const always: FamilyCase[] = [
  {
    flavours: ['m105', 'm118'],
    said: [newer('10.5.'), 'G12 old-db warn: old-db does not know utf8mb4_uca1400_ai_ci, with which new-db works'],
    stopsAtStatements: true
  },
  { flavours: ['my56', 'my56'], said: [] }
]

/** The others, with `npm run test:families`; `npm run test:families -- labs` moves whole labs of the flavours that no other test moves. */
const whole: FamilyCase[] = [
  { flavours: ['m1011', 'm118'], said: [newer('10.11.')] },
  { flavours: ['m105', 'm1011'], said: [newer('10.5.')] },
  { flavours: ['m1011', 'm1011'], said: [] },
  { flavours: ['m118', 'm118'], said: [] },
  { flavours: ['m105', 'm105'], said: [] },
  { flavours: ['my97', 'my97'], said: [] }
]

const asked = process.env.FAMILIES

if (asked === 'labs') for (const flavour of ['m105', 'm118', 'my56'] as const) wholeMove(flavour)
else {
  for (const one of asked === 'all' ? [...always, ...whole] : always) familySuite(one)

  describe('the preflight', () => {
    it('was made to fail by what its list says', () => {
      expectListed('families.test.ts')
    })
  })
}
