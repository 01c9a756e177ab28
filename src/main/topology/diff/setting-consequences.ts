import type { Consequence } from '../../../shared/topology-diff'

/** What a difference of a setting does, by its name of today; the ones that bite. */
const biting: Record<string, [Consequence, string]> = {
  log_bin: ['stops', 'Without a binary log nothing follows this server, and there is no way back.'],
  binlog_format: ['stops', 'Statements instead of rows can give other results on the other server.'],
  binlog_row_image: ['stops', 'Events that lack columns cannot be applied or undone safely.'],
  log_replica_updates: ['stops', 'Changes that arrive by replication do not reach the servers behind this one.'],
  lower_case_table_names: ['stops', 'Names of tables that differ in case only mean one table here and two there.'],
  gtid_mode: ['stops', 'The servers count transactions in different ways, and cannot find their places.'],
  enforce_gtid_consistency: ['stops', 'Statements are refused here that the other server accepts.'],
  gtid_strict_mode: ['other', 'Stray transactions are refused on one server only.'],
  auto_increment_increment: ['stops', 'Both servers may give the same key to different rows.'],
  innodb_page_size: ['stops', 'Rows and indexes that fit on one server may not fit on the other.'],
  sql_mode: ['answers', 'Statements may be refused, or bad values stored, where the other server does the opposite.'],
  time_zone: ['answers', 'NOW() and TIMESTAMP columns read another time.'],
  character_set_server: ['answers', 'New schemas and tables get another character set.'],
  collation_server: ['answers', 'New tables compare and sort text differently; joins with older ones can fail.'],
  character_set_client: ['answers', 'Text of clients that name no character set is understood differently.'],
  character_set_connection: ['answers', 'Literals without a character set get another one.'],
  character_set_database: ['answers', 'New tables of the default schema get another character set.'],
  character_set_results: ['answers', 'Clients that name no character set get other bytes.'],
  collation_connection: ['answers', 'Literals compare and sort differently.'],
  collation_database: ['answers', 'New tables of the default schema compare and sort text differently.'],
  transaction_isolation: ['answers', 'Transactions see, or wait for, other rows.'],
  explicit_defaults_for_timestamp: ['answers', 'A TIMESTAMP column without a default gets another one.'],
  default_storage_engine: ['answers', 'New tables get another engine.'],
  group_concat_max_len: ['answers', 'GROUP_CONCAT cuts its answer at another length.'],
  div_precision_increment: ['answers', 'Divisions answer another number of digits.'],
  default_week_format: ['answers', 'WEEK() counts differently.'],
  old_passwords: ['rights', 'Passwords are hashed differently.'],
  default_authentication_plugin: ['rights', 'New accounts sign in by a method that old clients may not know.'],
  authentication_policy: ['rights', 'New accounts sign in by a method that old clients may not know.'],
  require_secure_transport: ['rights', 'Connections without TLS are refused on one server only.'],
  skip_name_resolve: ['rights', 'Accounts made for host names match on one server only.'],
  local_infile: ['rights', 'LOAD DATA LOCAL is allowed on one server only.'],
  init_connect: ['answers', 'Each new connection begins with other statements.'],
  innodb_flush_log_at_trx_commit: ['durability', 'A crash may lose the last second of commits on one server.'],
  sync_binlog: [
    'durability',
    'A crash may lose the end of the binary log, and replicas then hold more than their source.'
  ],
  innodb_doublewrite: ['durability', 'A crash may leave half-written pages on one server.'],
  sync_relay_log: ['durability', 'A crash may lose received changes; they are fetched again where GTIDs are used.'],
  relay_log_recovery: ['durability', 'After a crash the replica may go on from a broken relay log.'],
  binlog_expire_logs_seconds: [
    'capacity',
    'Binary logs are kept for another time: a replica that is away longer must be seeded again.'
  ],
  expire_logs_days: [
    'capacity',
    'Binary logs are kept for another time: a replica that is away longer must be seeded again.'
  ],
  max_allowed_packet: ['answers', 'Large rows and statements are refused on the server with the lower limit.'],
  max_connections: ['capacity', 'The server with fewer refuses visitors sooner.'],
  max_user_connections: ['capacity', 'The server with fewer refuses an account sooner.'],
  innodb_buffer_pool_size: ['capacity', 'The server with less reads from disk more often.'],
  innodb_log_file_size: ['capacity', 'The server with less has to pause for its checkpoints sooner under load.'],
  innodb_redo_log_capacity: ['capacity', 'The server with less has to pause for its checkpoints sooner under load.'],
  innodb_io_capacity: ['capacity', 'Pages are written out at another pace.'],
  wait_timeout: ['answers', 'Idle connections of a pool are closed after another time.'],
  interactive_timeout: ['other', 'Idle terminals are closed after another time.'],
  innodb_lock_wait_timeout: ['answers', 'A statement that waits for a row gives up after another time.'],
  lock_wait_timeout: ['answers', 'A statement that waits for a table gives up after another time.'],
  max_execution_time: ['answers', 'Long reads are ended after another time.'],
  max_statement_time: ['answers', 'Long statements are ended after another time.'],
  replica_parallel_workers: ['capacity', 'The applier with fewer workers falls behind sooner.'],
  replica_parallel_threads: ['capacity', 'The applier with fewer workers falls behind sooner.'],
  replica_parallel_mode: ['capacity', 'The applier works side by side in another way.'],
  replica_parallel_type: ['capacity', 'The applier works side by side in another way.'],
  replica_preserve_commit_order: ['answers', 'Readers of the replica may see changes out of order.'],
  replica_exec_mode: ['stops', 'Errors of replication are passed over on one server: the data then drift apart.'],
  replica_skip_errors: ['stops', 'Errors of replication are passed over on one server: the data then drift apart.'],
  replica_net_timeout: ['other', 'A silent line is noticed after another time.'],
  foreign_key_checks: ['answers', 'Foreign keys are checked on one server only.'],
  unique_checks: ['answers', 'Unique keys are checked on one server only.'],
  table_open_cache: ['capacity', 'Tables are opened anew more often on the server with less.'],
  thread_cache_size: ['capacity', 'New connections cost more on the server with less.'],
  tmp_table_size: ['capacity', 'Sorting and grouping goes to disk sooner on the server with less.'],
  max_heap_table_size: ['capacity', 'Sorting and grouping goes to disk sooner on the server with less.'],
  query_cache_type: ['capacity', 'Answers come from the cache on one server only.'],
  performance_schema: ['other', 'Measurements of statements exist on one server only.'],
  optimizer_switch: ['capacity', 'Statements may be carried out in another way, faster or slower.']
}

const room = /(_buffer|_cache|_size|_limit|_connections|_threads|_capacity|_workers|_instances|^max_)/
const logs =
  /^(general_log|slow_query_log|long_query_time|log_queries|log_slow|log_warnings|log_error_verbosity|performance_schema|innodb_monitor|userstat|profiling)/

/** What follows when two servers differ in this setting. */
export const settingConsequence = (name: string): { consequence: Consequence; why: string; bites: boolean } => {
  const known = Object.hasOwn(biting, name) ? biting[name] : undefined
  if (known) return { consequence: known[0], why: known[1], bites: true }
  if (logs.test(name))
    return { consequence: 'other', why: 'Only what the servers write about themselves.', bites: false }
  if (room.test(name)) return { consequence: 'other', why: 'A limit or a size: it counts under load.', bites: false }
  return { consequence: 'other', why: 'The servers behave differently wherever this setting counts.', bites: false }
}
