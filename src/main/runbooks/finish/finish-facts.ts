import type { Failure } from '../../../shared/failure'
import type { Move, SiteSide } from '../../../shared/move'
import type { BridgeUser } from '../../../shared/retired'
import type { SettingsBefore } from '../../../shared/snapshots'
import type { Capabilities } from '../../mysql/capabilities'
import type { LinkFacts } from '../link/link-facts'
import type { PairEnd } from '../link/pair'
import type { RestartRole } from './restart-role'

/** What one server still holds of Siteswap's. */
export interface FinishEnd extends PairEnd {
  can: Capabilities
  linked: boolean
  linkRuns: boolean
  readOnly: boolean
  accounts: { user: string; host: string }[]
  schema: boolean
  /** Variables as they were before “Make them co-masters”; null: the journal does not hold them. */
  before: SettingsBefore | null
  /** Where the server cannot keep its role itself: what its option files make of it. */
  afterRestart: RestartRole
  /** Its database does not answer: nothing is read from it or sent to it. */
  gone: Failure | null
}

/** Who is behind the bridge, as far as the hosts tell. */
export type BehindBridge = { kind: 'seen'; users: BridgeUser[] } | { kind: 'unknown'; why: string }

export interface FinishFacts {
  moveId: string
  move: Move
  old: FinishEnd
  new: FinishEnd
  active: SiteSide
  /** null: the move has no bridge. */
  link: LinkFacts | null
  /** Sites whose database host is not reached either: its part of the bridge stays. */
  hostsGone: SiteSide[]
  behind: BehindBridge
  /** Hosts that a person has declared retired: they may be cut off. */
  retired: string[]
  blockers: Failure[]
  warnings: string[]
}

export const passiveSide = (facts: Pick<FinishFacts, 'active'>): SiteSide => (facts.active === 'old' ? 'new' : 'old')
