import type { DriftCase } from './drift-case'
import { keyCases } from './drift-key-cases'
import { keylessCases } from './drift-keyless-cases'
import { valueCases } from './drift-value-cases'

/** Every way in which two servers can be alike or not that is compared for real. */
export const driftCases: DriftCase[] = [...valueCases, ...keyCases, ...keylessCases]
