import type { Row } from '../../../src/main/mysql/session'

/**
 * Status of one link in the columns of each time, from the servers' own documentation.
 * 5.6, 5.7, 8.0, 8.4 and 26.10 Reference Manual, “SHOW SLAVE STATUS” and “SHOW REPLICA STATUS Statement”.
 */
const mysqlOld = (more: Row): Row => ({
  Slave_IO_State: 'Waiting for master to send event',
  Master_Host: '10.0.0.1',
  Master_User: 'repl',
  Master_Port: '3306',
  Connect_Retry: '60',
  Master_Log_File: 'binlog.000007',
  Read_Master_Log_Pos: '194',
  Relay_Log_File: 'relay.000002',
  Relay_Log_Pos: '401',
  Relay_Master_Log_File: 'binlog.000007',
  Slave_IO_Running: 'Yes',
  Slave_SQL_Running: 'Yes',
  Replicate_Do_DB: '',
  Replicate_Ignore_DB: 'scratch',
  Replicate_Do_Table: '',
  Replicate_Ignore_Table: '',
  Replicate_Wild_Do_Table: '',
  Replicate_Wild_Ignore_Table: 'shop.tmp\\_%',
  Last_Errno: '0',
  Last_Error: '',
  Skip_Counter: '0',
  Exec_Master_Log_Pos: '194',
  Relay_Log_Space: '600',
  Until_Condition: 'None',
  Master_SSL_Allowed: 'No',
  Seconds_Behind_Master: '3',
  Last_IO_Errno: '0',
  Last_IO_Error: '',
  Last_SQL_Errno: '0',
  Last_SQL_Error: '',
  Replicate_Ignore_Server_Ids: '',
  Master_Server_Id: '101',
  Master_UUID: '73f86016-978b-11ee-ade5-8d2a2a562feb',
  Master_Info_File: 'mysql.slave_master_info',
  SQL_Delay: '3600',
  SQL_Remaining_Delay: '42',
  Slave_SQL_Running_State: 'Waiting until MASTER_DELAY seconds after master executed event',
  Master_Retry_Count: '86400',
  Retrieved_Gtid_Set: '73f86016-978b-11ee-ade5-8d2a2a562feb:1-9',
  Executed_Gtid_Set: '73f86016-978b-11ee-ade5-8d2a2a562feb:1-5',
  Auto_Position: '1',
  ...more
})

/** Today's words: `Source` and `Replica` for the old ones, in whatever place they stand. */
const inWordsOfToday = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name
        .replace(/^Slave_|_Slave_/, (word) => word.replace('Slave', 'Replica'))
        .replace(/Master/, 'Source')
        .replace(/^Get_master_/, 'Get_Source_'),
      value
    ])
  )

const since57: Row = { Replicate_Rewrite_DB: '(old,new)', Channel_Name: 'eu', Master_TLS_Version: '' }
const since80: Row = { Master_public_key_path: '', Get_master_public_key: '0', Network_Namespace: '' }

export const statusOf56: Row = mysqlOld({})
export const statusOf57: Row = mysqlOld(since57)
/** 8.0 before 8.0.22, and afterwards in the old words. */
export const statusOf80Old: Row = mysqlOld({ ...since57, ...since80 })
export const statusOfToday: Row = inWordsOfToday(statusOf80Old)
/** A column that nobody knows yet, and the others turned round. */
export const statusOfTomorrow: Row = Object.fromEntries(
  Object.entries({ ...statusOfToday, Applier_Mood: 'content' }).reverse()
)

/** MariaDB documentation, “SHOW REPLICA STATUS”: Replicate_Rewrite_DB from 10.11, …_event_time from 11.6, Connects_Tried from 12.0. */
const mariadb = (more: Row): Row => ({
  Connection_name: 'eu',
  Slave_SQL_State: 'Slave has read all relay log; waiting for more updates',
  Slave_IO_State: 'Waiting for master to send event',
  Master_Host: '10.0.0.1',
  Master_User: 'repl',
  Master_Port: '3306',
  Connect_Retry: '60',
  Master_Log_File: 'mariadb-bin.000021',
  Read_Master_Log_Pos: '17315',
  Relay_Log_File: 'relay-bin.000042',
  Relay_Log_Pos: '17446',
  Relay_Master_Log_File: 'mariadb-bin.000021',
  Slave_IO_Running: 'Preparing',
  Slave_SQL_Running: 'Yes',
  Replicate_Do_DB: '',
  Replicate_Ignore_DB: '',
  Replicate_Wild_Ignore_Table: 'shop.tmp\\_%',
  Exec_Master_Log_Pos: '17146',
  Seconds_Behind_Master: null,
  Last_IO_Errno: '2003',
  Last_IO_Error: "error connecting to master 'repl@10.0.0.1:3306'",
  Last_SQL_Errno: '0',
  Last_SQL_Error: '',
  Replicate_Ignore_Server_Ids: '',
  Master_Server_Id: '101',
  Using_Gtid: 'Slave_Pos',
  Gtid_IO_Pos: '0-101-2042',
  Replicate_Do_Domain_Ids: '',
  Replicate_Ignore_Domain_Ids: '7',
  Parallel_Mode: 'optimistic',
  SQL_Delay: '0',
  SQL_Remaining_Delay: null,
  Gtid_Slave_Pos: '0-101-2041',
  ...more
})

export const statusOf105: Row = mariadb({})
export const statusOf1011: Row = mariadb({ Replicate_Rewrite_DB: 'old->new' })
export const statusOf118: Row = mariadb({
  Replicate_Rewrite_DB: 'old->new',
  Master_last_event_time: '2024-12-12 06:53:52',
  Slave_last_event_time: '2024-12-12 06:53:50',
  Master_Slave_time_diff: '2'
})
export const statusOf12: Row = { ...statusOf118, Connects_Tried: '1', Master_Retry_Count: '100000' }
