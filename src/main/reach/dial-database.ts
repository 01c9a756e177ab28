import type { Duplex } from 'node:stream'
import { fail } from '../../shared/failure'
import type { DatabaseEndpoint, ServerEntry } from '../../shared/move'
import { dialTcp } from '../ssh/dial-tcp'
import type { SshHost } from '../ssh/ssh-host'
import { dialSocket } from './dial-socket'
import { forwardToSocket } from './forward-socket'

/** After so much silence the system asks ten times, a second apart: a line with nobody at its end is over after 45 s, as one of SSH is. */
const silenceMs = 35_000

/** A stream to a database and what is known about it. */
export interface Dialled {
  stream: Duplex
  /** `10.0.0.5:3306 through root@old-db1:22` */
  label: string
  /** Inside SSH, or on this computer. */
  trusted: boolean
  /** It ends in the server's unix socket. */
  socket: boolean
  /** It ends on the very host of the database. */
  local: boolean
}

/** Whether a host name can only mean the computer it is used on, so that nobody stands between. */
export const isThisComputer = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)

/** The database part of a server, or a failure that says it has none. */
export const databaseOf = (entry: ServerEntry): DatabaseEndpoint => {
  if (entry.database) return entry.database
  throw fail('invalid', `${entry.name} has no database set up.`, {
    where: entry.id,
    try: ['Enter its database in the server’s form.']
  })
}

/** Reaches a database as its entry says: its port or its unix socket, by a channel of its last SSH hop or directly. */
export const dialDatabase = async (
  entry: ServerEntry,
  ssh: () => Promise<SshHost>,
  deadlineMs: number,
  signal?: AbortSignal
): Promise<Dialled> => {
  const { host, port, via, socketPath } = databaseOf(entry)
  const place = socketPath ?? `${host}:${port}`
  const socket = socketPath !== undefined
  const local = socket || isThisComputer(host)
  if (via === 'direct') {
    const stream = socket
      ? await dialSocket(socketPath, deadlineMs, signal)
      : (await dialTcp(host, port, deadlineMs, signal)).setKeepAlive(true, silenceMs)
    return { stream, label: place, trusted: local, socket, local }
  }
  const through = await ssh()
  const stream = socket
    ? await forwardToSocket(through, socketPath, deadlineMs)
    : await through.forward(host, port, deadlineMs)
  return { stream, label: `${place} through ${through.label}`, trusted: true, socket, local }
}
