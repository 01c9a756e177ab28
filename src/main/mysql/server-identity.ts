import type { Flavour, ServerIdentity } from '../../shared/server'
import type { Row } from './session'
import { numberOf } from './words'

/** Identity from a row with version, comment, server_id, hostname, port, datadir. */
export const identityOf = (
  flavour: Flavour,
  versionNumbers: [number, number, number],
  row: Row,
  uuid: string | null
): ServerIdentity => {
  const serverId = numberOf(row.server_id)
  const hostname = row.hostname ?? ''
  const port = numberOf(row.port)
  const datadir = row.datadir ?? ''
  const mysqlUuid = flavour === 'mysql' ? uuid : null
  return {
    flavour,
    version: row.version ?? '',
    versionNumbers,
    comment: row.comment ?? '',
    uuid: mysqlUuid,
    serverId,
    hostname,
    port,
    datadir,
    key: identityKey(mysqlUuid, serverId, hostname, port, datadir)
  }
}

/** One text equal if and only if it is the same server. */
export const identityKey = (
  uuid: string | null,
  serverId: number,
  hostname: string,
  port: number,
  datadir: string
): string => (uuid ? uuid.toLowerCase() : JSON.stringify([serverId, hostname, port, datadir]))
