import { describe, expect, it } from 'vitest'
import { linkStatusOf } from '../../src/main/mysql/replica-status'

describe('replica status', () => {
  it('reads MySQL in its new words', () => {
    const link = linkStatusOf({
      Source_Host: '127.0.0.1',
      Source_Port: '13306',
      Replica_IO_Running: 'Yes',
      Replica_SQL_Running: 'No',
      Last_SQL_Errno: '1062',
      Last_SQL_Error: "Duplicate entry '5' for key",
      Last_IO_Errno: '0',
      Last_IO_Error: '',
      Seconds_Behind_Source: null,
      Source_Server_Id: '1',
      Source_UUID: 'fa348639-e700-11f1-9c9d-02fc00000001',
      SQL_Delay: '0',
      Retrieved_Gtid_Set: 'a:1,\nb:2',
      Executed_Gtid_Set: 'a:1',
      Auto_Position: '1',
      Channel_Name: 'siteswap',
      Replicate_Do_DB: ''
    })
    expect(link).toMatchObject({
      channel: 'siteswap',
      sourcePort: 13306,
      sourceServerId: 1,
      receiver: 'running',
      applier: 'stopped',
      receiverError: null,
      applierError: { code: 1062, text: "Duplicate entry '5' for key" },
      secondsBehind: null,
      usesGtid: true,
      received: 'a:1,b:2',
      filters: []
    })
  })
  it('reads MariaDB and older MySQL in the old words', () => {
    const link = linkStatusOf({
      Connection_name: 'x',
      Master_Host: 'db',
      Master_Port: '3306',
      Slave_IO_Running: 'Connecting',
      Slave_SQL_Running: 'Yes',
      Last_IO_Errno: '2003',
      Last_IO_Error: "can't connect",
      Master_Server_Id: '7',
      Using_Gtid: 'Slave_Pos',
      Gtid_IO_Pos: '0-1-2',
      Gtid_Slave_Pos: '0-1-2',
      Seconds_Behind_Master: '18446744073709551615',
      Replicate_Ignore_DB: 'logs',
      SQL_Delay: '60'
    })
    expect(link).toMatchObject({
      channel: 'x',
      receiver: 'connecting',
      receiverError: { code: 2003, text: "can't connect" },
      usesGtid: true,
      secondsBehind: null,
      configuredDelaySeconds: 60,
      filters: ['Replicate_Ignore_DB: logs'],
      sourceUuid: null
    })
  })
  it('falls back to file positions and survives missing and hostile columns', () => {
    const link = linkStatusOf({
      Master_Log_File: 'bin.000003',
      Read_Master_Log_Pos: '120',
      Relay_Master_Log_File: 'bin.000002',
      Exec_Master_Log_Pos: '4',
      toString: 'x',
      Using_Gtid: 'No'
    })
    expect(link).toMatchObject({
      received: 'bin.000003:120',
      applied: 'bin.000002:4',
      usesGtid: false,
      receiver: 'stopped'
    })
    expect(linkStatusOf({}).channel).toBe('')
  })
})
