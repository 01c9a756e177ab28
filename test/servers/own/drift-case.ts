import type { FlavourName } from '../../lab/software'

/** One way in which two servers can be alike or not, with exactly what must be said about it. */
export interface DriftCase {
  name: string
  /** `T` stands for the table's name. */
  create: string
  createNew?: string
  both?: string[]
  old?: string[]
  new?: string[]
  /** Sorted `kind key columns`; [] = the same. `null` = must be inconclusive or left out, never the same. */
  expect: string[] | null
  only?: FlavourName[]
}
