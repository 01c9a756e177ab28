import type { Failure } from '../../../shared/failure'
import type { SiteSide } from '../../../shared/move'
import type { Capabilities } from '../../mysql/capabilities'
import type { LinkFacts } from '../link/link-facts'
import type { PairEnd } from '../link/pair'

/** What one server still holds of Siteswap's. */
export interface FinishEnd extends PairEnd {
  can: Capabilities
  linked: boolean
  linkRuns: boolean
  readOnly: boolean
  accounts: { user: string; host: string }[]
  schema: boolean
}

export interface FinishFacts {
  moveId: string
  old: FinishEnd
  new: FinishEnd
  active: SiteSide
  /** null: the move has no bridge. */
  link: LinkFacts | null
  blockers: Failure[]
  warnings: string[]
}

export const passiveSide = (facts: FinishFacts): SiteSide => (facts.active === 'old' ? 'new' : 'old')
