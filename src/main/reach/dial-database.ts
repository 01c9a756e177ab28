import { readFile } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import { fail } from '../../shared/failure'
import type { DatabaseEndpoint, ServerEntry } from '../../shared/move'
import { dialTcp } from '../ssh/dial-tcp'
import { expandHome } from '../ssh/private-key'
import type { SshHost } from '../ssh/ssh-host'

/** A stream to a database and what is known about it. */
export interface Dialled {
  stream: Duplex
  /** `10.0.0.5:3306 through root@old-db1:22` */
  label: string
  /** Inside SSH, or on this computer. */
  trusted: boolean
}

/** Whether a host name can only mean this computer, so that nobody stands between. */
export const isThisComputer = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)

/** The database part of a server, or a failure that says it has none. */
export const databaseOf = (entry: ServerEntry): DatabaseEndpoint => {
  if (entry.database) return entry.database
  throw fail('invalid', `${entry.name} has no database set up.`, {
    where: entry.id,
    try: ['Enter its database in the server’s form.']
  })
}

/** Reaches a database as its entry says: by a channel of its last SSH hop, or directly. */
export const dialDatabase = async (
  entry: ServerEntry,
  ssh: () => Promise<SshHost>,
  deadlineMs: number,
  signal?: AbortSignal
): Promise<Dialled> => {
  const { host, port, via } = databaseOf(entry)
  if (via === 'direct')
    return {
      stream: await dialTcp(host, port, deadlineMs, signal),
      label: `${host}:${port}`,
      trusted: isThisComputer(host)
    }
  const through = await ssh()
  return {
    stream: await through.forward(host, port, deadlineMs),
    label: `${host}:${port} through ${through.label}`,
    trusted: true
  }
}

/** The CA's PEM text of a database, when its TLS mode needs one. */
export const readCa = async (database: DatabaseEndpoint): Promise<string | undefined> => {
  const { mode, caPath } = database.tls
  if (!caPath || (mode !== 'verify-ca' && mode !== 'verify-identity')) return undefined
  return readFile(expandHome(caPath), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fail('not-found', `The CA file ${caPath} cannot be read.`, {
      where: caPath,
      code: error.code,
      try: ['Choose the PEM file of the CA that signed the server’s certificate.']
    })
  })
}
