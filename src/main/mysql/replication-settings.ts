import type { RegisteredReplica, ReplicationSettings } from '../../shared/server'
import type { Row } from './session'
import { replicationVariables, variableOf } from './variables'
import { column, isOn, numberOf } from './words'

/** Status that tells how semi-synchronous replication does. */
export const replicationStatus = [
  'Rpl_semi_sync_source_status',
  'Rpl_semi_sync_source_clients',
  'Rpl_semi_sync_master_status',
  'Rpl_semi_sync_master_clients'
] as const

type Values = Readonly<Record<string, string>>

const listOf = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

const numberOrNull = (text: string | undefined): number | null => {
  const number = numberOf(text, Number.NaN)
  return Number.isNaN(number) ? null : number
}

const keepSeconds = (variables: Values): number | null => {
  const seconds = numberOrNull(variables.binlog_expire_logs_seconds)
  const days = numberOrNull(variables.expire_logs_days)
  // 8.0 has both, and the seconds count when they are not 0; MariaDB 10.6 made the days a fraction of the same value.
  return seconds || days === null ? seconds : days * 86_400
}

const boolOrNull = (text: string | undefined): boolean | null => (text === undefined ? null : isOn(text))

/** Built in on MariaDB; on MySQL a plugin with names of its time: master and slave before 8.0.26, source and replica since. */
const semiSyncOf = (variables: Values, status: Values): ReplicationSettings['semiSync'] => {
  const [source, replica] =
    variables.rpl_semi_sync_source_enabled !== undefined || variables.rpl_semi_sync_replica_enabled !== undefined
      ? ['source', 'replica']
      : ['master', 'slave']
  const asSource = variables[`rpl_semi_sync_${source}_enabled`]
  const asReplica = variables[`rpl_semi_sync_${replica}_enabled`]
  const known = asSource !== undefined || asReplica !== undefined
  const working = isOn(asSource) ? status[`Rpl_semi_sync_${source}_status`] : undefined
  return {
    kind: !known ? 'absent' : isOn(asSource) || isOn(asReplica) ? 'on' : 'off',
    asSource: isOn(asSource),
    asReplica: isOn(asReplica),
    working: boolOrNull(working),
    replicas: isOn(asSource) ? numberOrNull(status[`Rpl_semi_sync_${source}_clients`]) : null,
    timeoutMs: isOn(asSource) ? numberOrNull(variables[`rpl_semi_sync_${source}_timeout`]) : null,
    named: known ? `rpl_semi_sync_${asSource === undefined ? replica : source}` : null
  }
}

const ownFilters = (variables: Values): string[] =>
  replicationVariables
    .filter((name) => name.startsWith('replicate_') && variables[name])
    .map((name) => `${name}: ${variables[name]}`)

/** How a server writes, sends and applies changes, from its variables, its status and what it says of its binary log. */
export const replicationSettingsOf = (
  variables: Values,
  status: Values,
  binlog: Row | undefined
): ReplicationSettings => ({
  binlog: {
    format: variables.binlog_format ?? null,
    rowImage: variables.binlog_row_image ?? null,
    logsReplicated: isOn(variableOf(variables, 'log_replica_updates')),
    onlyDbs: listOf(binlog?.Binlog_Do_DB),
    withoutDbs: listOf(binlog?.Binlog_Ignore_DB),
    keepSeconds: keepSeconds(variables)
  },
  applier: {
    // MariaDB's threads: 0 is one applier that works alone, as it is on MySQL.
    workers: numberOrNull(variableOf(variables, 'replica_parallel_workers') ?? variables.slave_parallel_threads),
    mode: variableOf(variables, 'replica_parallel_type') ?? variables.slave_parallel_mode ?? null,
    keepsOrder: boolOrNull(variableOf(variables, 'replica_preserve_commit_order'))
  },
  filters: ownFilters(variables),
  semiSync: semiSyncOf(variables, status)
})

/** `SHOW REPLICAS` and `SHOW SLAVE HOSTS`, in whichever words they answer. */
export const registeredReplicaOf = (row: Row): RegisteredReplica => ({
  serverId: numberOf(column(row, 'Server_Id', 'Server_id')),
  host: column(row, 'Host') ?? '',
  port: numberOf(column(row, 'Port')),
  sourceServerId: numberOf(column(row, 'Source_Id', 'Master_id', 'Master_Id')),
  uuid: column(row, 'Replica_UUID', 'Slave_UUID') || null
})
