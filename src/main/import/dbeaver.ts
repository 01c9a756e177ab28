import { createDecipheriv } from 'node:crypto'
import { fail } from '../../shared/failure'
import { foundInDsn } from './dsn'
import { emptyFound, type Found, portOf, textOf } from './found'

/** DBeaver hides its credentials behind a key that stands in its source, the same for everybody. */
const knownKey = Buffer.from('babb4a9f774ab853c96c2d653dfe544a', 'hex')
const ivBytes = 16

type Json = Record<string, unknown>
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const number = (value: unknown, usual: number) => portOf(value === undefined ? undefined : String(value), usual)
const yes = (value: unknown) => value === true || value === 'true'

const parsed = (text: string, path: string): Json => {
  try {
    return object(JSON.parse(text))
  } catch (error) {
    throw fail('invalid', `${path} is not a file of DBeaver’s connections.`, {
      where: path,
      words: error instanceof Error ? error.message.slice(0, 200) : undefined,
      try: ['Open DBeaver once: it writes the file anew.']
    })
  }
}

const tlsOf = (handler: Json): Found['tls'] => {
  const properties = object(handler.properties)
  const files = {
    caPath: textOf(properties['ssl.ca.cert']),
    certPath: textOf(properties['ssl.client.cert']),
    keyPath: textOf(properties['ssl.client.key'])
  }
  if (!yes(handler.enabled)) return { mode: 'preferred', ...files }
  const mode = yes(properties['ssl.verify.server'])
    ? 'verify-ca'
    : yes(properties['ssl.require'])
      ? 'required'
      : 'preferred'
  // Without a file of its own DBeaver asks Java's list of CAs, which has no twin here.
  return { mode: mode === 'verify-ca' && !files.caPath ? 'verify-identity' : mode, ...files }
}

/** As many jumps as DBeaver itself would look for, and more than a way here may have. */
const mostJumps = 8

const hopOf = (properties: Json, prefix: string, user: string | null): Found['ssh'] => {
  const of = (name: string) => properties[`${prefix}${name}`]
  const host = textOf(of('host'))
  if (!host) return []
  const keyPath = textOf(of('authType')) === 'PUBLIC_KEY' ? textOf(of('keyPath')) : null
  return [{ host, port: number(of('port'), 22), user: user ?? '', keyPath }]
}

/** The host, after the jumps before it: `jumpServer0.host`, `jumpServer0.name` … up to the first that is not enabled. */
const hopsOf = (handler: Json): Found['ssh'] => {
  if (!yes(handler.enabled)) return []
  const properties = object(handler.properties)
  const jumps: Found['ssh'] = []
  for (let index = 0; index < mostJumps; index += 1) {
    const prefix = `jumpServer${index}.`
    if (!yes(properties[`${prefix}enabled`])) break
    jumps.push(...hopOf(properties, prefix, textOf(properties[`${prefix}name`])))
  }
  const user = textOf(handler.user) ?? textOf(properties.userName) ?? textOf(properties.user)
  return [...jumps, ...hopOf(properties, '', user)]
}

const isOurs = (connection: Json): boolean =>
  /^(mysql|mariadb)/i.test(String(connection.provider ?? '')) ||
  /^(mysql|mariadb)/i.test(String(connection.driver ?? ''))

/** A connection with the key under which its credentials stand in the encrypted file. */
export interface DbeaverFound {
  key: string
  found: Found
}

/** MySQL's and MariaDB's connections of a `data-sources.json`; whether there is a file of credentials is told by the caller. */
export const readDbeaver = (text: string, path: string, credentials: boolean): DbeaverFound[] =>
  Object.entries(object(parsed(text, path).connections))
    .map(([key, value]) => ({ key, connection: object(value) }))
    .filter(({ connection }) => isOurs(connection))
    .map(({ key, connection }) => {
      const config = { ...connection, ...object(connection.configuration) }
      const handlers = object(config.handlers)
      const url = foundInDsn(textOf(config.url) ?? '')
      const plain = textOf(config.password)
      const host = textOf(config.host) ?? url?.host ?? '127.0.0.1'
      const kept = credentials && connection['save-password'] !== false
      const found: Found = {
        ...emptyFound('dbeaver', textOf(connection.name) ?? key),
        host: host === 'localhost' ? '127.0.0.1' : host,
        port: number(config.port, url?.port ?? 3306),
        user: textOf(config.user) ?? url?.user ?? null,
        tls: handlers.mysql_ssl ? tlsOf(object(handlers.mysql_ssl)) : (url?.tls ?? emptyFound('dbeaver', '').tls),
        ssh: hopsOf(object(handlers.ssh_tunnel)),
        password: plain ? 'stored' : kept ? 'sealed' : 'none',
        secret: plain
      }
      return { key, found }
    })

/** Account name and password of one connection out of `credentials-config.json`. */
export const openDbeaverCredentials = (
  bytes: Buffer,
  path: string,
  key: string
): { user: string | null; secret: string | null } => {
  let text: string
  try {
    const decipher = createDecipheriv('aes-128-cbc', knownKey, bytes.subarray(0, ivBytes))
    text = Buffer.concat([decipher.update(bytes.subarray(ivBytes)), decipher.final()]).toString('utf8')
  } catch {
    throw fail('invalid', `${path} does not open with DBeaver’s usual key.`, {
      where: path,
      why: 'A password of the project, or of DBeaver itself, protects it.',
      try: ['Enter account and password by hand.']
    })
  }
  const connection = object(object(parsed(text, path)[key])['#connection'])
  return { user: textOf(connection.user), secret: textOf(connection.password) }
}
