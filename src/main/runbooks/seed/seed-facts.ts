import type { Failure } from '../../../shared/failure'
import type { Capabilities } from '../../mysql/capabilities'
import type { EventName } from '../../mysql/statements'
import type { PairEnd } from '../link/pair'

export interface Account {
  user: string
  host: string
  role: boolean
}

/** The server's own tools as they were found on the new host. */
export interface DumpTools {
  dump: string
  client: string
  /** mysqldump that can bound how long its lock may wait. */
  initCommand: boolean
  /** `dd status=progress`, otherwise bytes are not counted. */
  countBytes: boolean
  /** A session of its own for the copy, so that it can be ended as a whole. */
  setsid: string | null
}

export interface SchemaSize {
  name: string
  tables: number
  bytes: number
}

/** Everything the seed's steps are made from: read once, never a secret and never a password hash. */
export interface SeedFacts {
  moveId: string
  old: PairEnd
  new: PairEnd
  /** Where the old database answers on the new host. */
  oldAt: { host: string; port: number }
  /** Absolute folder on the new host. */
  directory: string
  oldCan: Capabilities
  newCan: Capabilities
  tools: DumpTools
  schemas: SchemaSize[]
  accounts: Account[]
  /** Events that are enabled on the old server. */
  events: EventName[]
  /** Whether events run on the old server at all, and whether the new one can switch its scheduler (not when DISABLED at start). */
  scheduler: { oldOn: boolean; newSwitches: boolean }
  blockers: Failure[]
  warnings: string[]
}

export const seedFiles = (directory: string) => ({
  script: `${directory}/seed.sh`,
  accountsScript: `${directory}/accounts.sh`,
  oldOptions: `${directory}/seed.old.cnf`,
  newOptions: `${directory}/seed.new.cnf`,
  code: `${directory}/seed.code`,
  group: `${directory}/seed.group`,
  position: `${directory}/seed.position`,
  done: `${directory}/seed.done`,
  present: `${directory}/accounts.present`
})

/** The session for what must not enter the new server's binary log. Nothing else may use it. */
export const unlogged = 'seed-unlogged'

export const bytesText = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toPrecision(3)} ${units[power]}`
}
