import type { ServerEntry } from '../../shared/move'
import { databaseOf } from '../reach/dial-database'

/** A database at another address, reached and signed in to as a server of the move is. */
export const entryLike = (
  like: ServerEntry,
  at: { id: string; name: string; host: string; port: number }
): ServerEntry => {
  const { socketPath: _socket, tls, ...database } = databaseOf(like)
  // The name in a certificate is that of one server.
  const { serverName: _name, ...sameTls } = tls
  return {
    id: at.id,
    name: at.name,
    kind: 'database',
    ssh: like.ssh,
    ...(like.transport ? { transport: like.transport } : {}),
    database: { ...database, host: at.host, port: at.port, tls: sameTls },
    addresses: [],
    redirect: { kind: 'none' },
    note: ''
  }
}
