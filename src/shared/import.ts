import type { Failure } from './failure'
import type { tlsModes } from './move'

/** Where connections of other programs are found. */
export const importSources = ['option-file', 'login-path', 'dsn', 'dbeaver', 'workbench'] as const
export type ImportSource = (typeof importSources)[number]

/** An SSH host that the other program goes through. */
export interface ImportedHop {
  host: string
  port: number
  user: string
  keyPath: string | null
}

/** One connection of another program: where it leads and as whom, never its password. */
export interface ImportEntry {
  /** Names it in `import.user` and `import.take`; good for as long as its file is as it was. */
  id: string
  source: ImportSource
  /** How the other program names it: group, login path, title. */
  name: string
  /** The file it stands in; null for a typed address. */
  path: string | null
  host: string
  port: number
  socketPath: string | null
  /** Null when it is not told, or only in an encrypted file. */
  user: string | null
  tls: {
    mode: (typeof tlsModes)[number]
    caPath: string | null
    certPath: string | null
    keyPath: string | null
  }
  ssh: ImportedHop[]
  /** `sealed`: there is an encrypted file that may hold the account's name and password; it is opened only when asked. */
  password: 'none' | 'stored' | 'sealed'
  /** What was there and is not taken over, in words. */
  leftOut: string[]
}

/** A place that was looked at. */
export type ImportPlace = { source: ImportSource; path: string } & (
  | { kind: 'read'; found: number }
  | { kind: 'failed'; failure: Failure }
)

/** What other programs of this person know; places without a file are left out. */
export interface ImportList {
  entries: ImportEntry[]
  places: ImportPlace[]
}
