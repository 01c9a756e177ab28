/** What a server's settings mean, whatever words and units a version answers them in. Pure. */

const renamed: Readonly<Record<string, string>> = {
  tx_isolation: 'transaction_isolation',
  tx_read_only: 'transaction_read_only',
  storage_engine: 'default_storage_engine',
  log_slow_queries: 'slow_query_log',
  log_slow_query: 'slow_query_log',
  log_slow_query_file: 'slow_query_log_file',
  log_slow_query_time: 'long_query_time',
  log_slow_min_examined_row_limit: 'min_examined_row_limit',
  innodb_file_io_threads: 'innodb_read_io_threads'
}

/** One name for a setting that versions call differently: slave is replica, master is source. */
export const settingName = (name: string): string => {
  const lower = name.toLowerCase()
  return (
    (Object.hasOwn(renamed, lower) ? renamed[lower] : undefined) ??
    lower.replace(/slave/g, 'replica').replace(/master/g, 'source')
  )
}

/** Settings whose commas part a set: the order means nothing. */
const sets = /^(sql_mode|old_mode|log_output|optimizer_switch|tls_version|(replica)_type_conversions|.*_filter)$/

const units: Readonly<Record<string, bigint>> = { K: 1n, M: 2n, G: 3n, T: 4n, P: 5n, E: 6n }

const plainWord = (value: string): string => {
  const word = value.toUpperCase()
  if (['ON', 'YES', 'TRUE', 'ENABLED', '1'].includes(word)) return '1'
  if (['OFF', 'NO', 'FALSE', 'DISABLED', '0'].includes(word)) return '0'
  return /^[A-Z0-9_-]+$/.test(word) ? word : value
}

const oneValue = (value: string): string => {
  const size = /^(\d{1,15})([KMGTPE])(?:i?B)?$/i.exec(value)
  if (size) return String(BigInt(size[1] ?? '0') * 1024n ** (units[(size[2] ?? '').toUpperCase()] ?? 0n))
  if (/^[+-]?\d+\.\d+$/.test(value)) return value.replace(/\.?0+$/, '')
  if (/^\d+$/.test(value)) return plainWord(value.replace(/^0+(?=\d)/, ''))
  return plainWord(value)
}

const utcNames = new Set(['UTC', 'ETC/UTC', 'GMT', 'UCT', 'ZULU', '+00:00', '-00:00'])
const zone = (value: string): string => (utcNames.has(value.toUpperCase()) ? '+00:00' : value)

/** A value by meaning: two values with one meaning come out as one text. */
export const settingMeaning = (name: string, raw: string): string => {
  const setting = settingName(name)
  const value = raw.trim()
  if (setting === 'time_zone' || setting === 'system_time_zone') return zone(value)
  if (setting.startsWith('character_set')) return value.toLowerCase().replace(/^utf8$/, 'utf8mb3')
  if (setting.startsWith('collation')) return value.toLowerCase().replace(/^utf8_/, 'utf8mb3_')
  if (sets.test(setting))
    return [...new Set(value.split(',').map((part) => part.trim().toUpperCase()))].filter(Boolean).sort().join(',')
  if (value.startsWith('/') || /^[A-Za-z]:\\/.test(value)) return value.replace(/(?<=.)[/\\]+$/, '')
  return oneValue(value)
}

/** The time zone a server works in: SYSTEM is that of its host. */
export const effectiveZone = (values: Readonly<Record<string, string>>): string | undefined => {
  const own = values.time_zone
  if (own === undefined) return undefined
  return own.toUpperCase() === 'SYSTEM' ? zone(values.system_time_zone ?? 'SYSTEM') : zone(own)
}

const positions = /^(gtid_(executed|purged|owned|next|binlog_pos|binlog_state|current_pos|replica_pos)|last_gtid)$/
/** They change by themselves at every moment: comparing them over time says nothing. */
export const isRestless = (name: string): boolean => {
  const setting = settingName(name)
  return (
    positions.test(setting) ||
    /^(timestamp|rand_seed\d|pseudo_.*|(last_)?insert_id|identity|error_count|warning_count|in_transaction|proxy_user|external_user|original_commit_timestamp|innodb_buffer_pool_(load|dump)_(now|abort)|wsrep_(last_seen_gtid|gtid_seq_no))$/.test(
      setting
    )
  )
}

export type ExpectedSetting = 'host' | 'identity' | 'position' | 'version' | 'role' | 'counterpart'

const ofHost =
  /^(hostname|port|extra_port|socket|bind_address|admin_address|admin_port|mysqlx_(port|socket|bind_address)|report_.*|datadir|basedir|.*tmpdir|.*_(dir|dirs|directory|home_dir|data_home)|.*_(file|basename|index|path|file_path)|log_error|pid_file|relay_log|relay_log_.*(file|index|basename)|secure_file_priv|(mysqlx_|admin_)?ssl_(ca|cert|key|crl|capath|crlpath)|persisted_globals_load|init_file|lower_case_file_system|large_page_size|core_file|system_time_zone|open_files_limit)$/
const ofVersion =
  /^(version|version_.*|innodb_version|protocol_version|license|have_.*|aria_version|slave_compressed.*|wsrep_patch_version)$/

/** Why two servers of a pair are expected to differ in a setting; null: they are not. */
export const expectedApart = (name: string): ExpectedSetting | null => {
  const setting = settingName(name)
  if (/^(server_id|server_uuid|server_uid|wsrep_node_.*)$/.test(setting)) return 'identity'
  if (isRestless(setting)) return 'position'
  if (/^(read_only|super_read_only|offline_mode|event_scheduler)$/.test(setting)) return 'role'
  if (/^(auto_increment_offset|gtid_domain_id|wsrep_gtid_domain_id)$/.test(setting)) return 'counterpart'
  if (ofVersion.test(setting)) return 'version'
  return ofHost.test(setting) ? 'host' : null
}
