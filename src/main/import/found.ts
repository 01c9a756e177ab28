import type { ImportEntry } from '../../shared/import'

/** An entry before it gets its id, with what must not leave the main process. */
export type Found = Omit<ImportEntry, 'id' | 'path'> & {
  /** Null: none, or in an encrypted file. */
  secret: string | null
}

/** A connection with nothing but its name. */
export const emptyFound = (source: Found['source'], name: string): Found => ({
  source,
  name: name.slice(0, 120),
  host: '127.0.0.1',
  port: 3306,
  socketPath: null,
  user: null,
  tls: { mode: 'disabled', caPath: null, certPath: null, keyPath: null },
  ssh: [],
  password: 'none',
  leftOut: [],
  secret: null
})

/** A port as it is written, or the usual one. */
export const portOf = (text: string | undefined, usual: number): number => {
  const port = /^\d{1,5}$/.test(text?.trim() ?? '') ? Number(text) : Number.NaN
  return port >= 1 && port <= 65_535 ? port : usual
}

/** Text with something in it, or null. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null
