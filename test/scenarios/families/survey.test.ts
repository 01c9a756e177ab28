import { describe, expect, it } from 'vitest'
import type { Row } from '../../../src/main/mysql/session'
import { surveyServer } from '../../../src/main/mysql/survey'
import { serverFacts } from '../../../src/shared/server-facts'
import { capabilities } from '../preflight/healthy'
import { namedRows, type Recorded, recordedSession } from './recorded-session'
import { statusOf12, statusOfToday } from './status-rows'

const mysql = capabilities('old', 'mysql')
const maria = capabilities('old', 'mariadb')

const mysqlVariables = {
  version: '8.4.6',
  version_comment: 'MySQL Community Server - GPL',
  server_id: '1',
  server_uuid: 'u',
  hostname: 'db',
  port: '3306',
  log_bin: 'ON',
  read_only: 'OFF',
  super_read_only: 'OFF',
  binlog_format: 'ROW',
  binlog_row_image: 'FULL',
  log_replica_updates: 'ON',
  binlog_expire_logs_seconds: '2592000',
  replica_parallel_workers: '4',
  replica_preserve_commit_order: 'ON',
  rpl_semi_sync_source_enabled: 'ON',
  rpl_semi_sync_source_timeout: '10000',
  rpl_semi_sync_replica_enabled: 'OFF'
}
const mysqlStatus = { Uptime: '10', Rpl_semi_sync_source_status: 'OFF', Rpl_semi_sync_source_clients: '0' }

const answers =
  (
    variables: Record<string, string>,
    status: Record<string, string>,
    special: Record<string, Row[] | { denied: string }>
  ): Recorded =>
  (sql) => {
    const found = Object.entries(special).find(([beginning]) => sql.startsWith(beginning))
    if (found) return found[1]
    if (sql.startsWith('SHOW GLOBAL VARIABLES')) return namedRows(sql, variables)
    if (sql.startsWith('SHOW GLOBAL STATUS')) return namedRows(sql, status)
    return []
  }

const onMysql = answers(mysqlVariables, mysqlStatus, {
  'SHOW REPLICA STATUS': [statusOfToday, { ...statusOfToday, Channel_Name: 'asia', Source_Server_Id: '102' }],
  'SHOW BINARY LOG STATUS': [{ File: 'b.1', Position: '4', Binlog_Do_DB: '', Binlog_Ignore_DB: 'scratch,tmp' }],
  'SHOW REPLICAS': [{ Server_Id: '2', Host: '', Port: '3306', Source_Id: '1', Replica_UUID: 'r' }]
})

describe('a survey', () => {
  it('costs one round trip on a session that takes several statements', async () => {
    const session = recordedSession(onMysql, true)
    const survey = await surveyServer(session, mysql, 'old-db')
    expect(survey.roundTrips).toBe(1)
    expect(session.asked).toHaveLength(1)
    expect(survey.untold).toEqual([])
  })

  it('tells every channel, filters, workers, retention, registered replicas, and semi-synchronous commits that do not wait', async () => {
    const survey = await surveyServer(recordedSession(onMysql, true), mysql, 'old-db')
    expect(survey.links.map((link) => [link.channel, link.sourceServerId, link.words.stop])).toEqual([
      ['eu', 101, ["STOP REPLICA FOR CHANNEL 'eu'"]],
      ['asia', 102, ["STOP REPLICA FOR CHANNEL 'asia'"]]
    ])
    expect(survey.registered).toEqual([{ serverId: 2, host: '', port: 3306, sourceServerId: 1, uuid: 'r' }])
    expect(survey.replication).toEqual({
      binlog: {
        format: 'ROW',
        rowImage: 'FULL',
        logsReplicated: true,
        onlyDbs: [],
        withoutDbs: ['scratch', 'tmp'],
        keepSeconds: 2_592_000
      },
      applier: { workers: 4, mode: null, keepsOrder: true },
      filters: [],
      semiSync: {
        kind: 'on',
        asSource: true,
        asReplica: false,
        working: false,
        replicas: 0,
        timeoutMs: 10_000,
        named: 'rpl_semi_sync_source'
      }
    })
    expect(serverFacts(survey).map(({ title, value }) => `${title}: ${value}`)).toEqual([
      'Format: ROW FULL',
      'Logs what it applies: on',
      'Logs are kept: 30 days',
      'Schemas that are not logged: scratch, tmp',
      'Workers: 4',
      'Keeps commit order: yes',
      'As source: on',
      'As replica: off',
      'Waits for a replica now: no',
      'Replicas that answer: 0',
      'Gives up after: 10000 ms',
      'server_id 2: did not say where:3306, r'
    ])
  })

  it('of MariaDB 12 reads its read_only in four values, its filters and its semi-synchronous names', async () => {
    const variables = {
      version: '12.3.1-MariaDB',
      read_only: 'NO_LOCK_NO_ADMIN',
      log_bin: 'ON',
      log_slave_updates: 'ON',
      expire_logs_days: '10.000000',
      binlog_expire_logs_seconds: '864000',
      slave_parallel_threads: '8',
      slave_parallel_mode: 'optimistic',
      replicate_wild_ignore_table: 'shop.tmp%',
      replicate_rewrite_db: 'old->new',
      rpl_semi_sync_master_enabled: 'OFF',
      rpl_semi_sync_slave_enabled: 'ON'
    }
    const session = recordedSession(answers(variables, {}, { 'SHOW ALL SLAVES STATUS': [statusOf12] }), true)
    const survey = await surveyServer(session, maria, 'old-db')
    expect(survey.readOnly).toBe(true)
    expect(survey.replication).toMatchObject({
      binlog: { keepSeconds: 864_000, logsReplicated: true },
      applier: { workers: 8, mode: 'optimistic', keepsOrder: null },
      filters: ['replicate_wild_ignore_table: shop.tmp%', 'replicate_rewrite_db: old->new'],
      semiSync: { kind: 'on', asSource: false, asReplica: true, working: null, named: 'rpl_semi_sync_master' }
    })
    expect(survey.links[0]).toMatchObject({ channel: 'eu', words: { stop: ["STOP SLAVE 'eu'"] } })
  })

  it('asks one by one where the session takes one statement at a time', async () => {
    const session = recordedSession(onMysql)
    const survey = await surveyServer(session, mysql, 'old-db')
    expect(survey.roundTrips).toBe(7)
    expect(survey.links).toHaveLength(2)
  })

  it('names what it was not told, and does not ask for it again in each look', async () => {
    const denied = answers(mysqlVariables, mysqlStatus, {
      'SHOW REPLICA STATUS': { denied: 'you need (at least one of) the REPLICATION CLIENT privilege(s)' }
    })
    const session = recordedSession(denied, true)
    const first = await surveyServer(session, mysql, 'old-db')
    expect(first.links).toEqual([])
    expect(first.untold).toEqual([{ asked: 'SHOW REPLICA STATUS', why: expect.stringContaining('REPLICATION CLIENT') }])
    const second = await surveyServer(session, mysql, 'old-db')
    expect(second).toMatchObject({ roundTrips: 1, untold: first.untold })
    expect(serverFacts(second).at(-1)).toMatchObject({ group: 'Not told', title: 'SHOW REPLICA STATUS' })
  })

  it('fails when what it cannot do without is refused', async () => {
    const session = recordedSession(answers({}, {}, { 'SHOW GLOBAL VARIABLES': { denied: 'no' } }), true)
    await expect(surveyServer(session, mysql, 'old-db')).rejects.toThrow('lacks a right')
  })

  it('keeps empty what a server leaves out, and counts forty channels', async () => {
    const links = Array.from({ length: 40 }, (_, index) => ({ ...statusOfToday, Channel_Name: `c${index}` }))
    const session = recordedSession(answers({}, {}, { 'SHOW REPLICA STATUS': links }), true)
    const survey = await surveyServer(session, mysql, 'old-db')
    expect(new Set(survey.links.map(({ channel }) => channel)).size).toBe(40)
    expect(survey).toMatchObject({ readOnly: false, superReadOnly: null, logBin: false, binlog: null, registered: [] })
    expect(survey.replication?.semiSync.kind).toBe('absent')
  })
})
