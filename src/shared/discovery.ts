import type { Failure } from './failure'
import type { Flavour } from './server'

/** Who named an address, and as what. */
export interface Sighting {
  /** The found server that said so. */
  by: string
  as: 'source' | 'replica'
  /** The statement it was read from. */
  asked: string
  channel: string | null
}

export type AskState =
  | { kind: 'proposed' }
  | { kind: 'waiting' }
  | { kind: 'asking'; since: number }
  | { kind: 'answered'; at: number; tookMs: number }
  | { kind: 'failed'; at: number; failure: Failure }
  /** Nobody can ask there: the address is missing, leads elsewhere or is no address. */
  | { kind: 'hidden'; why: string }

/** One place where a server answers, or may answer. */
export interface FoundAddress {
  id: string
  host: string
  port: number
  /** The server of the move whose way and account are used: its SSH host, or directly as it is. */
  like: string
  /** The account it is signed in with. */
  user: string
  /** True where host and port were put together from a dump thread and a port. */
  guessed: boolean
  seenBy: Sighting[]
  state: AskState
}

export interface FoundIdentity {
  flavour: Flavour
  version: string
  uuid: string | null
  serverId: number
  hostname: string
  port: number
  datadir: string
  comment: string
}

export type FoundRole = 'source' | 'replica' | 'intermediate' | 'both-ways' | 'alone' | 'not-asked'

/** Something a person should know of a found server, in a sentence. */
export interface FoundNote {
  tone: 'info' | 'attention'
  kind:
    | 'changed-identity'
    | 'other-server-there'
    | 'several-addresses'
    | 'same-uuid'
    | 'same-server-id'
    | 'circular'
    | 'multi-source'
    | 'orphaned'
    | 'not-following'
    | 'by-server-id'
    | 'no-address'
    | 'half-answered'
    | 'limited'
  text: string
}

/** A server, by who it is; one that has not answered, by what others say of it. */
export interface FoundServer {
  id: string
  /** Its id in the move, when it is part of it. */
  server: string | null
  name: string
  /** null: it has not answered. */
  identity: FoundIdentity | null
  told: { uuid: string | null; serverId: number | null }
  addresses: FoundAddress[]
  role: FoundRole
  readOnly: boolean | null
  /** How many links away from a seed. */
  depth: number
  notes: FoundNote[]
  /** What to fill in or to try, when it was not reached. */
  fill: string[]
}

export type FoundLinkState = 'running' | 'connecting' | 'stopped' | 'broken' | 'told'

/** A link as its replica tells it (`told`: only its source, or nobody that was asked). */
export interface FoundLink {
  id: string
  source: string
  replica: string
  channel: string
  state: FoundLinkState
  error: { code: number; text: string } | null
  /** The other end has been asked and says the same. */
  confirmed: boolean
}

/** What a crawl knows at one moment. */
export interface Discovery {
  startedAt: number
  at: number
  seeds: string[]
  /** Still being asked, or waiting for its turn. */
  busy: number
  /** Addresses that nobody was asked at yet. */
  proposed: number
  servers: FoundServer[]
  links: FoundLink[]
  /** What was left out, and why. */
  leftOut: string[]
}

/** Whether a server was asked and did not answer, or cannot be asked. */
export const isUnreached = (found: FoundServer): boolean =>
  found.identity === null &&
  !found.addresses.some(({ state }) => ['proposed', 'waiting', 'asking'].includes(state.kind))

/** Addresses that a person may tick: nobody was asked there, and the server behind them has not answered elsewhere. */
export const askable = (found: FoundServer): FoundAddress[] =>
  found.addresses.filter(({ state }) => state.kind === 'proposed' || state.kind === 'failed')
