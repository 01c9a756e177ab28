import { type Failure, FailureError, fail, failureOf } from '../../shared/failure'
import type { Flavour, ServerIdentity } from '../../shared/server'
import type { Capabilities } from './capabilities'
import type { Row, Session } from './session'
import { numberOf } from './words'

const identityStatement =
  'SELECT @@version AS version, @@version_comment AS comment, @@server_id AS server_id, @@hostname AS hostname, @@port AS port, @@datadir AS datadir'
const witnesses = [
  'server_uuid',
  'super_read_only',
  'gtid_mode',
  'persisted_globals_load',
  'performance_schema',
  'activate_all_roles_on_login',
  'caching_sha2_password_auto_generate_rsa_keys',
  'aurora_version',
  'tidb_version'
]
const witnessStatement = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${witnesses.map((name) => `'${name}'`).join(', ')})`
const probeDeadlineMs = 10_000
const parseError = 1064

/** Asks one server what it can do: four small statements at most. Rejects with a clear failure for servers Siteswap does not know. */
export const probeCapabilities = async (session: Session): Promise<Capabilities> => {
  const options = { deadlineMs: probeDeadlineMs }
  const [told] = await session.query(identityStatement, [], options)
  const variables = valuesOf(await session.query(witnessStatement, [], options))
  const kind = judgeVersion(told?.version ?? '', told?.comment ?? '', [...variables.keys()])
  if (!kind.ok) throw fail('invalid', kind.what, { where: session.server, why: kind.why, try: kind.try })
  const { flavour, numbers } = kind
  const identity = identityOf(flavour, numbers, told ?? {}, variables.get('server_uuid') ?? null)
  if (flavour === 'mariadb') {
    return {
      flavour,
      identity,
      superReadOnly: false,
      replicaWords: false,
      binaryLogStatusWords: false,
      gtid: 'mariadb',
      persist: false,
      gtidWait: 'master-gtid-wait',
      roles: true,
      cachingSha2: false,
      performanceSchema: isOnText(variables.get('performance_schema'))
    }
  }
  const superReadOnly = variables.has('super_read_only')
  return {
    flavour,
    identity,
    superReadOnly,
    // SHOW REPLICA STATUS came one release before CHANGE REPLICATION SOURCE TO (8.0.22, 8.0.23).
    replicaWords: atLeast(numbers, [8, 0, 23]) && (await parses(session, 'SHOW REPLICA STATUS')),
    binaryLogStatusWords: await parses(session, 'SHOW BINARY LOG STATUS'),
    gtid: variables.get('gtid_mode')?.toUpperCase() === 'ON' ? 'mysql' : 'off',
    persist: variables.has('persisted_globals_load'),
    gtidWait: superReadOnly ? 'executed-set' : 'sql-thread',
    roles: variables.has('activate_all_roles_on_login'),
    cachingSha2: variables.has('caching_sha2_password_auto_generate_rsa_keys'),
    performanceSchema: isOnText(variables.get('performance_schema'))
  }
}

type VersionVerdict =
  | { ok: true; flavour: Flavour; numbers: [number, number, number] }
  | { ok: false; what: string; why: string; try: string[] }

const supported = 'Siteswap knows MySQL and Percona Server from 5.6 on and MariaDB from 10.2 on.'

/** Reads a version text; anything but a MySQL, Percona or MariaDB server of a known age is refused in words. */
export const judgeVersion = (version: string, comment: string, variables: string[] = []): VersionVerdict => {
  const shown = version.length > 80 ? `${version.slice(0, 80)}…` : version
  const refuse = (why: string, ...hints: string[]): VersionVerdict => ({
    ok: false,
    what: `The server says it is version "${shown}": Siteswap cannot move it.`,
    why,
    try: [...hints, supported]
  })
  const both = `${version} ${comment}`
  if (/tidb/i.test(both) || variables.includes('tidb_version'))
    return refuse('TiDB speaks the MySQL protocol, but has neither read_only nor MySQL replication.')
  if (/aurora/i.test(both) || variables.includes('aurora_version'))
    return refuse(
      'Amazon Aurora refuses FLUSH TABLES WITH READ LOCK and SET GLOBAL read_only, on which the hold is built.'
    )
  if (/-cluster|ndb/i.test(version) || /cluster/i.test(comment))
    return refuse('NDB Cluster does not keep its data in one server.')
  const isMariadb = /mariadb/i.test(both)
  const match = /^(?:5\.5\.5-(?=\d+\.\d+\.\d+-mariadb))?(\d{1,4})\.(\d{1,4})\.(\d{1,6})(?![\d.])/i.exec(version)
  if (!match)
    return refuse(
      'This is not a version number of MySQL or MariaDB.',
      'Check that the port is the database itself, not a proxy.'
    )
  const numbers: [number, number, number] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (isMariadb) {
    if (!atLeast(numbers, [10, 2, 0])) return refuse('This MariaDB is older than 10.2.', 'Upgrade it in place first.')
    return { ok: true, flavour: 'mariadb', numbers }
  }
  if (!atLeast(numbers, [5, 6, 5]))
    return refuse('This MySQL is older than 5.6 and has no GTIDs.', 'Upgrade it in place first.')
  if (numbers[0] > 5 && numbers[0] < 8) return refuse('There is no such MySQL release.')
  return { ok: true, flavour: 'mysql', numbers }
}

/** True when the first version is the second or newer. */
const atLeast = (numbers: readonly number[], wanted: readonly number[]): boolean => {
  for (const [index, want] of wanted.entries()) {
    const have = numbers[index] ?? 0
    if (have !== want) return have > want
  }
  return true
}

/** Whether a replica of `replica`'s version reads what a source of `source`'s version writes, in the servers' own rules. */
export const compareVersions = (source: ServerIdentity, replica: ServerIdentity): 'same' | 'newer' | 'older' => {
  const [a, b] = [source.versionNumbers, replica.versionNumbers]
  if (a[0] === b[0] && a[1] === b[1]) return 'same'
  return atLeast(b, a) ? 'newer' : 'older'
}

/** Whether SUPER writes past read_only: MariaDB took that right out of it in 10.11. */
export const superWritesPastReadOnly = ({ flavour, versionNumbers }: ServerIdentity): boolean =>
  flavour === 'mysql' || !atLeast(versionNumbers, [10, 11, 0])

/** How many release series apart two versions are is what the servers' own upgrade rules speak of. */
export const sameMajor = (a: ServerIdentity, b: ServerIdentity): boolean => a.versionNumbers[0] === b.versionNumbers[0]

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

const valuesOf = (rows: Row[]): Map<string, string> =>
  new Map(rows.map((row) => [(row.Variable_name ?? '').toLowerCase(), row.Value ?? '']))

const isOnText = (value: string | undefined): boolean => value?.toUpperCase() === 'ON'

/** A statement the server understands either answers or is refused for another reason (a missing grant). */
const parses = async (session: Session, statement: string): Promise<boolean> => {
  try {
    await session.query(statement, [], { deadlineMs: probeDeadlineMs })
    return true
  } catch (error) {
    const failure: Failure = failureOf(error)
    if (!(error instanceof FailureError)) throw error
    if (failure.code === parseError || String(failure.code) === String(parseError) || failure.code === 'ER_PARSE_ERROR')
      return false
    if (failure.kind === 'denied' || typeof failure.code === 'number') return true
    throw error
  }
}
