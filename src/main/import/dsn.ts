import { readDsn } from '../../shared/dsn'
import { emptyFound, type Found } from './found'

/** The connection that a typed or stored address describes; null when it is no database address. */
export const foundInDsn = (text: string): Found | null => {
  const dsn = readDsn(text)
  if (dsn === null) return null
  const { host, port, socketPath, user, password, tls, severalHosts } = dsn
  return {
    ...emptyFound('dsn', host),
    host: host === 'localhost' ? '127.0.0.1' : host,
    port,
    socketPath,
    user,
    tls: { ...tls, mode: tls.mode ?? 'preferred' },
    password: password === null ? 'none' : 'stored',
    leftOut: severalHosts ? ['Only the first of several hosts is taken.'] : [],
    secret: password
  }
}
