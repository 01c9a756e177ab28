import type { Answer } from './wire'

/** Real servers whose answers were recorded (`recordings/`). */
export const models = ['my56', 'my97', 'm105', 'm1011', 'm118'] as const
export type Model = (typeof models)[number]

/** What one real server answered: a pair of them was linked and asked by `record.ts`. */
export interface Recording {
  model: Model
  /** The version in its greeting. */
  greets: string
  variables: Record<string, string>
  status: Record<string, string>
  /** Answers of a replica that follows one source, word for word, by statement. */
  answers: Record<string, Answer>
}

export type LinkMood = 'running' | 'lagging' | 'connecting' | 'stopped' | 'broken'

/** One link as its replica will tell it. */
export interface FleetLink {
  channel: string
  /** Name of the source in the fleet; a name nobody has is a server nobody knows. */
  source: string
  mood: LinkMood
  lagSeconds: number
  error?: { code: number; text: string }
  gtid: boolean
  delaySeconds: number
  /** The address the replica knows its source by, where it is not the source's own (NAT, tunnel). */
  at?: { host: string; port: number }
}

/** How a server behaves on the line. */
export type Mood =
  | { kind: 'well' }
  /** Nobody listens there. */
  | { kind: 'dead' }
  /** Takes connections and says nothing. */
  | { kind: 'silent' }
  | { kind: 'slow'; ms: number }
  /** Answers so many statements of each session, and then nothing more. */
  | { kind: 'half'; statements: number }
  /** Hangs up in the middle of the answer to the n-th statement. */
  | { kind: 'torn'; statements: number }
  /** Refuses what matches, as a server does whose account lacks a right. */
  | { kind: 'refuses'; what: string }

export interface FleetServer {
  name: string
  model: Model
  host: string
  port: number
  serverId: number
  uuid: string
  datadir: string
  readOnly: boolean
  links: FleetLink[]
  mood: Mood
  writesPerSecond: number
  /** What the server says differently; null: it has no such variable. */
  variables: Record<string, string | null>
  /** Columns of its link status that are missing, and new ones. */
  missingColumns: string[]
  newColumns: Record<string, string>
  /** Connections of the shop. */
  accounts: { user: string; host: string; count: number }[]
  /** It tells its sources under which host and port it is found. */
  reportsHost: boolean
}

/** Servers that know each other, at one moment. */
export interface World {
  servers: ReadonlyMap<string, FleetServer>
  recordings: Record<Model, Recording>
  /** Epoch milliseconds from which writes are counted. */
  since: number
}

export const isMaria = (model: Model): boolean => model.startsWith('m1')

const baseTransactions = 100_000

const written = (server: FleetServer, world: World, at: number): number =>
  baseTransactions + Math.floor((Math.max(0, at - world.since) / 1000) * server.writesPerSecond)

/** What a server holds: for each server whose writes reach it, how many of them. Loops end. */
export const heldBy = (server: FleetServer, world: World, at: number): Map<string, number> => {
  const held = new Map<string, number>()
  const visit = (one: FleetServer, moment: number, seen: ReadonlySet<string>) => {
    if (one.writesPerSecond > 0 || one.links.length === 0)
      held.set(one.name, Math.max(held.get(one.name) ?? 0, written(one, world, moment)))
    for (const link of one.links) {
      const source = world.servers.get(link.source)
      if (!source || seen.has(source.name)) continue
      visit(source, moment - link.lagSeconds * 1000, new Set([...seen, source.name]))
    }
  }
  visit(server, at, new Set([server.name]))
  return held
}

/** The same as text: a GTID set of MySQL, or one position a domain of MariaDB. */
export const positionText = (held: ReadonlyMap<string, number>, world: World, model: Model): string =>
  [...held]
    .flatMap(([name, transactions]) => {
      const writer = world.servers.get(name)
      if (!writer) return []
      const domain = isMaria(writer.model) ? (writer.variables.gtid_domain_id ?? '0') : ''
      return [isMaria(model) ? `${domain}-${writer.serverId}-${transactions}` : `${writer.uuid}:1-${transactions}`]
    })
    .join(isMaria(model) ? ',' : ',\n')
