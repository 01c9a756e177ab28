import type { PreflightFacts } from '../../../src/main/preflight/facts'
import type { Verdict } from '../../../src/shared/finding'
import type { Flavour } from '../../../src/shared/server'

/** One change to a healthy pair, and the finding it must give. */
export interface Scenario {
  check: string
  name: string
  flavour?: Flavour
  stage?: 'linked' | 'unlinked'
  change(facts: PreflightFacts): void
  /** Server of the finding; null = of the pair. */
  server: 'old-db' | 'new-db' | null
  verdict: Verdict
  title: string | RegExp
  waivable?: boolean
  /** Statements of the first remedy. */
  statements?: string[]
}

/** A fact of the healthy pair, which knows everything. */
export const ours = <T>(fact: { known: true; value: T } | { known: false }): T => {
  if (!fact.known) throw new Error('the healthy pair knows everything')
  return fact.value
}
