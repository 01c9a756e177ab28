import type { LimitKind, ServerLimit } from '../../shared/server'
import { isOn } from './words'

/** Variables by which a provider or a cluster is known; servers answer those they have. */
export const limitVariables = [
  'basedir',
  'aurora_version',
  'tidb_version',
  'cloudsql_iam_authentication',
  'aad_auth_only',
  'opt_rds_last_error_gtid',
  'wsrep_on',
  'wsrep_cluster_name'
] as const

/** What a server said of itself that tells who keeps it. Names of variables in lower case. */
export interface LimitFacts {
  version: string
  comment: string
  variables: Readonly<Record<string, string | undefined>>
  /** Members of its replication group that are not offline. */
  groupMembers?: number
}

const looks = [
  'Show it in the topology with its links, settings and lag.',
  'Compare its settings, accounts, schemas and rows with those of the other site.'
]

interface Provider {
  kind: LimitKind
  name: string
  /** How it is told to follow another server. */
  procedures: string
  seen(facts: LimitFacts): string | null
}

const inVersion = (facts: LimitFacts, pattern: RegExp): string | null => {
  if (pattern.test(facts.version)) return `version = ${facts.version.slice(0, 80)}`
  return pattern.test(facts.comment) ? `version_comment = ${facts.comment.slice(0, 80)}` : null
}

const has = ({ variables }: LimitFacts, name: string): string | null => {
  const value = variables[name]
  return value === undefined ? null : `${name} = ${value.slice(0, 80)}`
}

/**
 * In the order they are looked for: Aurora runs on RDS. How each is known: @@aurora_version and `N.N.mysql_aurora.N` (Aurora
 * user guide, “Aurora MySQL version numbers”); basedir `/rdsdbbin/…` (RDS; phpMyAdmin tells it by the same); `8.0.31-google`
 * with the comment `(Google)` (Cloud SQL’s greeting); `8.0.40-azure` and aad_auth_only (Azure, “Set up Microsoft Entra
 * authentication”); opt_rds_… (Alibaba Cloud); `-cloud` and “MySQL Enterprise - Cloud” (HeatWave).
 */
const providers: readonly Provider[] = [
  {
    kind: 'aurora',
    name: 'Amazon Aurora',
    procedures: 'mysql.rds_set_external_source and mysql.rds_start_replication',
    seen: (facts) => has(facts, 'aurora_version') ?? inVersion(facts, /aurora/i)
  },
  {
    kind: 'rds',
    name: 'Amazon RDS',
    procedures: 'mysql.rds_set_external_source and mysql.rds_start_replication',
    seen: (facts) => (facts.variables.basedir?.startsWith('/rdsdbbin') ? has(facts, 'basedir') : null)
  },
  {
    kind: 'cloud-sql',
    name: 'Google Cloud SQL',
    procedures: 'its external server settings',
    seen: (facts) =>
      inVersion(facts, /-google\b|\(Google\)/i) ??
      has(facts, 'cloudsql_iam_authentication') ??
      (/cloudsql/i.test(facts.variables.basedir ?? '') ? has(facts, 'basedir') : null)
  },
  {
    kind: 'azure',
    name: 'Azure Database for MySQL',
    procedures: 'mysql.az_replication_change_master and mysql.az_replication_start',
    seen: (facts) => inVersion(facts, /-azure\b/i) ?? has(facts, 'aad_auth_only')
  },
  {
    kind: 'other-cloud',
    name: 'Alibaba Cloud RDS',
    procedures: 'its Data Transmission Service',
    seen: (facts) => has(facts, 'opt_rds_last_error_gtid')
  },
  {
    kind: 'other-cloud',
    name: 'Oracle HeatWave MySQL',
    procedures: 'its replication channels',
    seen: (facts) => inVersion(facts, /\d-cloud\b|MySQL Enterprise - Cloud/i)
  }
]

const managed = (provider: Provider, seenBy: string): ServerLimit => ({
  kind: provider.kind,
  name: provider.name,
  seenBy,
  can: looks,
  cannot: [
    `Hold its writes: ${provider.name} refuses FLUSH TABLES WITH READ LOCK.`,
    `Seal it or open it: ${provider.name} keeps SET GLOBAL read_only for itself.`,
    `Make it follow the other site: there that is done by ${provider.procedures} only.`
  ],
  instead: `Use the migration service of ${provider.name}, or move between servers of your own.`
})

const cluster = (kind: LimitKind, name: string, seenBy: string): ServerLimit => ({
  kind,
  name,
  seenBy,
  can: looks,
  cannot: [
    'Hold or seal it alone: its partners would go on writing.',
    'Make one of its servers take over: the cluster chooses that by itself.'
  ],
  instead: 'Move the cluster with its own tools, or reduce it to one server first.'
})

/** Everything that keeps Siteswap from moving this server; an empty list: it is a server of one's own. Pure. */
export const limitsOf = (facts: LimitFacts): ServerLimit[] => {
  const found: ServerLimit[] = []
  for (const provider of providers) {
    const seen = provider.seen(facts)
    if (seen === null) continue
    found.push(managed(provider, seen))
    break
  }
  if (isOn(facts.variables.wsrep_on)) {
    const name = facts.variables.wsrep_cluster_name
    found.push(
      cluster(
        'galera',
        'a node of a Galera cluster',
        name ? `wsrep_on = ON, wsrep_cluster_name = ${name}` : 'wsrep_on = ON'
      )
    )
  }
  if ((facts.groupMembers ?? 0) > 0)
    found.push(
      cluster(
        'group-replication',
        'a member of a replication group',
        `${facts.groupMembers} in performance_schema.replication_group_members`
      )
    )
  return found
}
