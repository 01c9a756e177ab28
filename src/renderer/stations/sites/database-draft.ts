import type { DatabaseEndpoint, tlsModes } from '../../../shared/move'
import type { Problems } from './plain-problems'

/** The database part of a server as it is typed. */
export interface DatabaseDraft {
  /** Host and port are kept for the link between the servers when the sessions go through the socket. */
  host: string
  port: number | null
  via: 'ssh' | 'direct'
  at: 'port' | 'socket'
  socketPath: string
  user: string
  tls: (typeof tlsModes)[number]
  caPath: string
  serverName: string
  certPath: string
  keyPath: string
}

export const emptyDatabaseDraft: DatabaseDraft = {
  host: '127.0.0.1',
  port: 3306,
  via: 'ssh',
  at: 'port',
  socketPath: '',
  user: 'siteswap',
  tls: 'disabled',
  caPath: '',
  serverName: '',
  certPath: '',
  keyPath: ''
}

/** A saved database as the form shows it. */
export const databaseDraftOf = ({ host, port, via, user, tls, socketPath }: DatabaseEndpoint): DatabaseDraft => ({
  host,
  port,
  via,
  at: socketPath === undefined ? 'port' : 'socket',
  socketPath: socketPath ?? '',
  user,
  tls: tls.mode,
  caPath: tls.caPath ?? '',
  serverName: tls.serverName ?? '',
  certPath: tls.certPath ?? '',
  keyPath: tls.keyPath ?? ''
})

const given = <Key extends string>(key: Key, text: string) =>
  (text.trim() === '' ? {} : { [key]: text.trim() }) as { [Name in Key]?: string }

/** The typed database as the schema wants it. */
export const endpointOf = (typed: DatabaseDraft) => ({
  host: typed.host.trim(),
  port: typed.port,
  via: typed.via,
  user: typed.user.trim(),
  ...(typed.at === 'socket' ? { socketPath: typed.socketPath.trim() } : {}),
  tls: {
    mode: typed.tls,
    ...given('caPath', typed.caPath),
    ...given('serverName', typed.serverName),
    ...given('certPath', typed.certPath),
    ...given('keyPath', typed.keyPath)
  }
})

/** What is wrong between the fields of a database. */
export const databaseProblems = ({ tls, caPath, certPath, keyPath }: DatabaseDraft): Problems => {
  const problems: Problems = {}
  if (tls === 'verify-ca' && caPath.trim() === '')
    problems['database.tls.caPath'] = 'Name the file with the CA, or choose another mode.'
  if (tls === 'disabled') return problems
  if (certPath.trim() !== '' && keyPath.trim() === '') problems['database.tls.keyPath'] = 'Name the certificate’s key.'
  if (keyPath.trim() !== '' && certPath.trim() === '')
    problems['database.tls.certPath'] = 'Name the certificate of this key.'
  return problems
}
