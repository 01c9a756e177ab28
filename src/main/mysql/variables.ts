import { limitVariables } from './server-limits'

/** Settings of replication by every name a server has had for them. */
export const replicationVariables = [
  'binlog_expire_logs_seconds',
  'expire_logs_days',
  'replica_parallel_workers',
  'slave_parallel_workers',
  'slave_parallel_threads',
  'replica_parallel_type',
  'slave_parallel_type',
  'slave_parallel_mode',
  'replica_preserve_commit_order',
  'slave_preserve_commit_order',
  'replicate_do_db',
  'replicate_ignore_db',
  'replicate_do_table',
  'replicate_ignore_table',
  'replicate_wild_do_table',
  'replicate_wild_ignore_table',
  'replicate_rewrite_db',
  'rpl_semi_sync_source_enabled',
  'rpl_semi_sync_source_timeout',
  'rpl_semi_sync_replica_enabled',
  'rpl_semi_sync_master_enabled',
  'rpl_semi_sync_master_timeout',
  'rpl_semi_sync_slave_enabled'
] as const

/** Variables that a survey carries; servers answer those they have. */
export const surveyVariables = [
  'version',
  'version_comment',
  'server_id',
  'server_uuid',
  'hostname',
  'port',
  'datadir',
  'read_only',
  'super_read_only',
  'log_bin',
  'log_slave_updates',
  'log_replica_updates',
  'binlog_format',
  'binlog_row_image',
  'gtid_mode',
  'enforce_gtid_consistency',
  'gtid_domain_id',
  'gtid_strict_mode',
  'auto_increment_increment',
  'auto_increment_offset',
  'event_scheduler',
  'max_connections',
  'sql_mode',
  'time_zone',
  'system_time_zone',
  'character_set_server',
  'collation_server',
  'lower_case_table_names',
  'slave_net_timeout',
  'replica_net_timeout',
  'sync_binlog',
  'innodb_flush_log_at_trx_commit',
  'innodb_buffer_pool_size',
  'max_allowed_packet',
  'transaction_isolation',
  'tx_isolation',
  ...replicationVariables,
  ...limitVariables
] as const

/** Names of today first; a server that renamed a variable is understood either way. */
export const variableTwins: Record<string, readonly string[]> = {
  log_replica_updates: ['log_replica_updates', 'log_slave_updates'],
  replica_net_timeout: ['replica_net_timeout', 'slave_net_timeout'],
  transaction_isolation: ['transaction_isolation', 'tx_isolation'],
  replica_exec_mode: ['replica_exec_mode', 'slave_exec_mode'],
  replica_parallel_workers: ['replica_parallel_workers', 'slave_parallel_workers'],
  replica_parallel_type: ['replica_parallel_type', 'slave_parallel_type'],
  replica_preserve_commit_order: ['replica_preserve_commit_order', 'slave_preserve_commit_order'],
  replica_skip_errors: ['replica_skip_errors', 'slave_skip_errors']
}

/** The value of a variable under any of its names; undefined: this server has none. */
export const variableOf = (variables: Readonly<Record<string, string>>, name: string): string | undefined => {
  for (const twin of variableTwins[name] ?? [name]) if (Object.hasOwn(variables, twin)) return variables[twin]
  return undefined
}

/** The name under which this server has the variable. */
export const variableName = (variables: Readonly<Record<string, string>>, name: string): string =>
  (variableTwins[name] ?? [name]).find((twin) => Object.hasOwn(variables, twin)) ?? name
