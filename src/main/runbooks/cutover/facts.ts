import type { Failure } from '../../../shared/failure'
import type { Move, ServerEntry, SiteSide } from '../../../shared/move'
import type { DomainState } from '../../../shared/topology'
import type { Canary } from '../../canary/canary'
import type { Capabilities } from '../../mysql/capabilities'
import type { EventName, Statements } from '../../mysql/statements'
import type { Reach } from '../../reach/reach'
import type { FileRedirect, Towards } from '../../redirect/plan-edit'
import type { RunFacts } from '../../runbook/step'

/** One end of the switch. */
export interface CutoverSide {
  site: SiteSide
  siteName: string
  id: string
  name: string
  capabilities: Capabilities
  say: Statements
  /** The link on this server that follows the other end; null: there is none. */
  link: { channel: string; running: boolean } | null
}

/** A table whose tail is compared while writes wait. */
export interface GuardedTable {
  schema: string
  table: string
  key: string[]
  columns: string[]
  /** Small enough to count whole under the hold. */
  countAll: boolean
}

/** An application host with a file redirect, and what its file says now. */
export interface RedirectHost {
  server: ServerEntry
  side: SiteSide
  redirect: FileRedirect
  points: Towards | null
  failure: Failure | null
  /** Accounts it was seen with on the database it leaves. */
  accounts: string[]
  /** Something there is able to ask a database, so that the host can be armed. */
  canAsk: boolean
}

export interface CutoverFacts {
  kind: 'cutover' | 'reverse' | 'rehearsal'
  move: Move
  /** Takes writes now. */
  from: CutoverSide
  /** Will take writes. */
  to: CutoverSide
  operator: string
  computer: string
  epoch: number
  /** Short name of this run in file names and marks. */
  tag: string
  /** MySQL: the token's own uuid. */
  tokenUuid: string
  guarded: GuardedTable[]
  events: EventName[]
  /** Events of accounts that write past the seal must rest before the hold, where the server has no super_read_only. */
  eventsMustRest: boolean
  files: RedirectHost[]
  /** Hosts that a person redirects. */
  byHand: { server: ServerEntry; note: string }[]
}

/** What the steps use beside their hands. */
export interface CutoverTools {
  reach: Reach
  /** Epoch milliseconds. */
  wall(): number
  /** The stream of canary orders, if one runs. */
  canary(): Canary | null
  /** Told what the name servers answered whenever a step has asked them. */
  domainSeen?(state: DomainState): void
}

export const sessionNames = { claim: 'claim', hold: 'hold', arm: 'arm', operate: 'operate', watch: 'watch' } as const

/** Short name of the run: the one it was begun with, also after a restart. */
export const tagOf = ({ fixed, learned }: RunFacts<CutoverFacts>): string => learned.tag ?? fixed.tag

/** Events that were enabled when the run began; gathered again after a restart they would not be. */
export const eventsOf = ({ fixed, learned }: RunFacts<CutoverFacts>): EventName[] =>
  learned.events ? (JSON.parse(learned.events) as EventName[]) : fixed.events

export const eventsMustRest = ({ fixed, learned }: RunFacts<CutoverFacts>): boolean =>
  learned.eventsMustRest ? learned.eventsMustRest === 'yes' : fixed.eventsMustRest

/** Seconds the armed server waits: the whole budget, the lease and room to observe. */
export const armSecondsOf = (move: Move): number =>
  Math.ceil(move.thresholds.pauseBudgetMs / 1000) + move.thresholds.leaseSeconds + 20

/** How long an application host stays armed: as long as the new server, the lease and room to switch, but never long. */
export const armedRedirectSecondsOf = (move: Move): number =>
  Math.min(120, armSecondsOf(move) + move.thresholds.leaseSeconds + 15)

/** The time after the hold at which it is let go by itself. */
export const letGoMsOf = (move: Move): number => move.thresholds.pauseBudgetMs * move.thresholds.letGoAt
