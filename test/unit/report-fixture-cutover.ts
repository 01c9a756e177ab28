import type { StepRun } from '../../src/shared/runbook'
import { sql, stepOf } from './report-fixture-steps'
import { position } from './report-fixture-time'

const throwStatements = [
  "SELECT IF(@@server_id = 101 AND @@hostname = 'fra-db1', 'same server', 1/0)",
  'SET GLOBAL read_only = 1',
  'UNLOCK TABLES',
  'SET SESSION gtid_domain_id = 101',
  'SET SESSION gtid_seq_no = 900000000000000001',
  "REPLACE INTO siteswap.token (id, position, at_us) VALUES (1, '101-101-900000000000000001', TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)))",
  'SELECT @@global.read_only AS read_only, NULL AS super_read_only'
]

/** The twelve steps of the switch. */
export const cutoverSteps: StepRun[] = [
  stepOf({
    id: 'claim',
    group: 'Prepare',
    title: 'Claim',
    server: 'both',
    start: -6114,
    ms: 61,
    actions: [
      sql('fra-db1', 'operate', "SELECT GET_LOCK('siteswap', 0) AS got"),
      sql('lis-db1', 'operate', "SELECT GET_LOCK('siteswap', 0) AS got")
    ],
    evidence: 'both servers are held by run 7'
  }),
  stepOf({
    id: 'reverse-link',
    group: 'Prepare',
    title: 'Reverse link',
    server: 'fra-db1',
    start: -1407,
    ms: 92,
    actions: [
      sql(
        'fra-db1',
        'operate',
        "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 13307, MASTER_USER = 'siteswap_repl', MASTER_PASSWORD = '‹secret:made/replication›', MASTER_USE_GTID = slave_pos",
        'START SLAVE'
      )
    ],
    evidence: 'fra-db1 follows lis-db1: receiver running, applier running'
  }),
  stepOf({
    id: 'arm',
    group: 'Hold',
    title: 'Arm',
    server: 'lis-db1',
    start: -128,
    ms: 12,
    actions: [
      sql(
        'lis-db1',
        'armed',
        "SET @siteswap_w = MASTER_GTID_WAIT('101-101-900000000000000001', 30)",
        'SET GLOBAL read_only = IF(@siteswap_w = 0, 0, 1)'
      )
    ],
    evidence: 'lis-db1 waits for 101-101-900000000000000001'
  }),
  stepOf({
    id: 'hold',
    group: 'Hold',
    title: 'Hold',
    server: 'fra-db1',
    start: 0,
    ms: 3,
    actions: [
      sql(
        'fra-db1',
        'hold',
        'SET SESSION wait_timeout = 3, lock_wait_timeout = 3, net_read_timeout = 3',
        'FLUSH TABLES WITH READ LOCK'
      )
    ],
    evidence: `granted in 3 ms at ${position}`
  }),
  stepOf({
    id: 'catch-up',
    group: 'Hold',
    title: 'Catch up',
    server: 'lis-db1',
    start: 3,
    ms: 1963,
    actions: [sql('lis-db1', 'operate', `SELECT MASTER_GTID_WAIT('${position}', 7) AS waited`)],
    evidence: `reached ${position}`
  }),
  stepOf({
    id: 'verify',
    group: 'Hold',
    title: 'Verify',
    server: 'both',
    start: 1966,
    ms: 298,
    actions: [
      {
        kind: 'app',
        text: 'Compare the 14 tables written in the last hour by count, greatest key and checksum of their tail.'
      }
    ],
    evidence: '14 of 14 tables equal'
  }),
  stepOf({
    id: 'throw',
    group: 'The new side opens by itself',
    title: 'Throw',
    server: 'fra-db1',
    start: 2264,
    ms: 18,
    actions: [sql('fra-db1', 'hold', ...throwStatements)],
    evidence: 'fra-db1 is sealed, the token 101-101-900000000000000001 is the last in its log',
    pointOfNoReturn: true
  }),
  stepOf({
    id: 'promoted',
    group: 'The new side opens by itself',
    title: 'Lisbon open',
    server: 'lis-db1',
    start: 2282,
    ms: 29,
    actions: [{ kind: 'app', text: 'Watch lis-db1 until it takes writes.' }],
    evidence: 'lis-db1 takes writes: read_only = 0'
  }),
  stepOf({
    id: 'redirect',
    group: 'Redirect',
    title: 'Redirect',
    server: 'fra-web1, fra-web2',
    start: 2320,
    ms: 412,
    actions: [
      {
        kind: 'command',
        server: 'fra-web1',
        command:
          "cp -p '/etc/shop/db.ini' '/etc/shop/db.ini.siteswap' && mv '/etc/shop/db.ini.next' '/etc/shop/db.ini' && systemctl reload shop",
        input: null,
        changes: true
      }
    ],
    evidence: 'fra-web1 and fra-web2 have 24 connections on lis-db1 and none on fra-db1'
  }),
  stepOf({
    id: 'dns',
    group: 'DNS',
    title: 'Change shop.example.com',
    server: 'ns1',
    start: 2900,
    ms: 214,
    actions: [
      {
        kind: 'dns',
        domain: 'shop.example.com',
        text: 'update delete shop.example.com A\nupdate add shop.example.com 60 A 203.0.113.80\nsend',
        changes: true
      }
    ],
    evidence: 'ns1 answers 203.0.113.80'
  }),
  stepOf({
    id: 'watch-dns',
    group: 'DNS',
    title: 'Watch DNS',
    server: 'resolvers',
    start: 3114,
    ms: 61_400,
    actions: [{ kind: 'app', text: 'Ask 4 resolvers until all answer the new address.' }],
    evidence: '4 of 4 resolvers answer 203.0.113.80'
  }),
  stepOf({
    id: 'stragglers',
    group: 'Clean up',
    title: 'Stragglers',
    server: 'fra-db1',
    start: 64_600,
    ms: 412_000,
    actions: [
      {
        kind: 'person',
        text: 'The report generator on fra-batch1 still held 4 connections: stop it, then press done.'
      },
      sql('fra-db1', 'operate', 'KILL CONNECTION 48113')
    ],
    evidence: 'no application is connected to fra-db1'
  })
]
