import type { LinkStatus, ReplicaThread } from '../../shared/server'
import type { Row } from './session'
import { column, isOn, numberOf } from './words'

/** The one place where the servers' own words for replication are translated. Accepts either vocabulary in any column order. */
export const linkStatusOf = (row: Row): LinkStatus => ({
  channel: column(row, 'Channel_Name', 'Connection_name') ?? '',
  sourceHost: column(row, 'Source_Host', 'Master_Host') ?? '',
  sourcePort: numberOf(column(row, 'Source_Port', 'Master_Port')),
  sourceServerId: numberOf(column(row, 'Source_Server_Id', 'Master_Server_Id')),
  sourceUuid: column(row, 'Source_UUID', 'Master_UUID') || null,
  receiver: threadOf(column(row, 'Replica_IO_Running', 'Slave_IO_Running')),
  applier: threadOf(column(row, 'Replica_SQL_Running', 'Slave_SQL_Running')),
  receiverError: errorOf(row, 'Last_IO_Errno', 'Last_IO_Error'),
  applierError: errorOf(row, 'Last_SQL_Errno', 'Last_SQL_Error'),
  secondsBehind: secondsOf(column(row, 'Seconds_Behind_Source', 'Seconds_Behind_Master')),
  usesGtid: isOn(column(row, 'Auto_Position')) || /_pos$/i.test(column(row, 'Using_Gtid') ?? ''),
  configuredDelaySeconds: numberOf(column(row, 'SQL_Delay')),
  remainingDelaySeconds: remainingOf(column(row, 'SQL_Remaining_Delay')),
  filters: filtersOf(row),
  received: oneLine(column(row, 'Retrieved_Gtid_Set') || column(row, 'Gtid_IO_Pos')) || fileOf(row, 'Read_'),
  applied: oneLine(column(row, 'Executed_Gtid_Set') || column(row, 'Gtid_Slave_Pos')) || fileOf(row, 'Exec_'),
  raw: { ...row }
})

const threadOf = (word: string | null): ReplicaThread =>
  // `Preparing` is MariaDB's word for a receiver between connections.
  isOn(word) ? 'running' : /^(connecting|preparing)$/i.test(word ?? '') ? 'connecting' : 'stopped'

const errorOf = (row: Row, codeName: string, textName: string): { code: number; text: string } | null => {
  const code = numberOf(column(row, codeName))
  return code === 0 ? null : { code, text: column(row, textName) ?? '' }
}

/** Negative values and numbers beyond reason say nothing about lag. */
const secondsOf = (text: string | null): number | null => {
  const seconds = numberOf(text, -1)
  return seconds < 0 || seconds > 2 ** 31 ? null : seconds
}

const remainingOf = (text: string | null): number | null => {
  const seconds = numberOf(text, -1)
  return seconds < 0 ? null : seconds
}

const filterColumns = [
  'Replicate_Do_DB',
  'Replicate_Ignore_DB',
  'Replicate_Do_Table',
  'Replicate_Ignore_Table',
  'Replicate_Wild_Do_Table',
  'Replicate_Wild_Ignore_Table',
  'Replicate_Rewrite_DB',
  'Replicate_Do_Domain_Ids',
  'Replicate_Ignore_Domain_Ids',
  'Replicate_Ignore_Server_Ids'
]

const filtersOf = (row: Row): string[] =>
  filterColumns.flatMap((name) => {
    const value = column(row, name)
    return value ? [`${name}: ${value}`] : []
  })

const oneLine = (text: string | null): string => (text ?? '').replace(/\s+/g, '')

const fileOf = (row: Row, which: 'Read_' | 'Exec_'): string => {
  const file =
    which === 'Read_'
      ? column(row, 'Source_Log_File', 'Master_Log_File')
      : column(row, 'Relay_Source_Log_File', 'Relay_Master_Log_File')
  return file ? `${file}:${column(row, `${which}Source_Log_Pos`, `${which}Master_Log_Pos`) ?? '0'}` : ''
}
