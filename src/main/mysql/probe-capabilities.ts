import { fail } from '../../shared/failure'
import { askParts } from './ask-parts'
import type { Capabilities } from './capabilities'
import { judgeVersion } from './judge-version'
import { identityOf } from './server-identity'
import { limitsOf, limitVariables } from './server-limits'
import type { Row, Session } from './session'
import { isOn } from './words'

const identityStatement =
  'SELECT @@version AS version, @@version_comment AS comment, @@server_id AS server_id, @@hostname AS hostname, @@port AS port, @@datadir AS datadir'
/**
 * What each tells on MySQL: super_read_only 5.7.8 (and Percona Server 5.6.21); session_track_gtids 5.7.6, as channels,
 * WAIT_FOR_EXECUTED_GTID_SET and CREATE USER IF NOT EXISTS; persisted_globals_load and activate_all_roles_on_login 8.0;
 * caching_sha2_… 8.0.4; log_replica_updates 8.0.26, when every variable and function had got its name of today, after
 * SHOW REPLICA STATUS (8.0.22) and CHANGE REPLICATION SOURCE TO (8.0.23).
 */
const witnesses = [
  'server_uuid',
  'super_read_only',
  'gtid_mode',
  'session_track_gtids',
  'persisted_globals_load',
  'performance_schema',
  'activate_all_roles_on_login',
  'caching_sha2_password_auto_generate_rsa_keys',
  'log_replica_updates',
  'group_replication_group_name',
  ...limitVariables
]
const witnessStatement = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${witnesses.map((name) => `'${name}'`).join(', ')})`
/**
 * 2 where SHOW BINARY LOG STATUS is understood: no variable came with it (8.2.0), and a server reads such a comment from the
 * release on that it names (Reference Manual, “Comments”; MariaDB leaves those from 50700 to 99999 out).
 */
const logWordsStatement = 'SELECT 1 /*!80200 + 1 */ AS log_words'
const probeDeadlineMs = 10_000

/** Asks one server what it can do: three small statements, one round trip on a session opened with `packets: true`. Rejects with a clear failure for servers Siteswap does not know. */
export const probeCapabilities = async (session: Session): Promise<Capabilities> => {
  const options = { deadlineMs: probeDeadlineMs }
  const parts = [identityStatement, witnessStatement, logWordsStatement].map((statement) => ({
    statement,
    needed: true
  }))
  const [[told = {}] = [], witnessRows = [], [logWords = {}] = []] = (await askParts(session, parts, options)).rows
  const variables = valuesOf(witnessRows)
  const [version, comment] = [told.version ?? '', told.comment ?? '']
  const kind = judgeVersion(version, comment, [...variables.keys()])
  if (!kind.ok) throw fail('invalid', kind.what, { where: session.server, why: kind.why, try: kind.try })
  const { flavour, numbers } = kind
  const identity = identityOf(flavour, numbers, told, variables.get('server_uuid') ?? null)
  const limits = limitsOf({ version, comment, variables: Object.fromEntries(variables) })
  const performanceSchema = isOn(variables.get('performance_schema'))
  if (flavour === 'mariadb') {
    return {
      flavour,
      identity,
      limits,
      // From 12.0 on read_only = NO_LOCK_NO_ADMIN refuses everybody, the token's own session too: read_only stays the seal.
      superReadOnly: false,
      channels: true,
      replicaWords: false,
      binaryLogStatusWords: false,
      gtid: 'mariadb',
      persist: false,
      gtidWait: 'master-gtid-wait',
      roles: true,
      cachingSha2: false,
      performanceSchema,
      groupReplication: false
    }
  }
  const channels = variables.has('session_track_gtids')
  const replicaWords = variables.has('log_replica_updates')
  return {
    flavour,
    identity,
    limits,
    superReadOnly: variables.has('super_read_only'),
    channels,
    replicaWords,
    binaryLogStatusWords: replicaWords && logWords.log_words === '2',
    gtid: variables.get('gtid_mode')?.toUpperCase() === 'ON' ? 'mysql' : 'off',
    persist: variables.has('persisted_globals_load'),
    gtidWait: channels ? 'executed-set' : 'sql-thread',
    roles: variables.has('activate_all_roles_on_login'),
    cachingSha2: variables.has('caching_sha2_password_auto_generate_rsa_keys'),
    performanceSchema,
    groupReplication: performanceSchema && variables.has('group_replication_group_name')
  }
}

const valuesOf = (rows: Row[]): Map<string, string> =>
  new Map(rows.map((row) => [(row.Variable_name ?? '').toLowerCase(), row.Value ?? '']))
