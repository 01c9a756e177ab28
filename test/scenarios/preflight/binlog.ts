import { capabilities, known, link, set, uuids } from './healthy'
import { ours, type Scenario } from './scenario'

/** One thing is wrong in each. */
export const binlogScenarios: Scenario[] = [
  {
    check: 'E01',
    name: 'the new server has no binary log',
    change: (facts) => set(facts.new, { log_bin: 'OFF' }),
    server: 'new-db',
    verdict: 'stop',
    title: 'log_bin is off: no way back',
    waivable: false
  },
  {
    check: 'E02',
    name: 'the new server does not log what it replicates',
    change: (facts) => set(facts.new, { log_slave_updates: 'OFF' }),
    server: 'new-db',
    verdict: 'stop',
    title: 'log_slave_updates is off: the way back has gaps',
    waivable: true
  },
  {
    check: 'E03',
    name: 'statements are logged',
    change: (facts) => set(facts.old, { binlog_format: 'MIXED' }),
    server: 'old-db',
    verdict: 'stop',
    title: 'binlog_format is MIXED',
    waivable: true,
    statements: ["SET GLOBAL binlog_format = 'ROW'"]
  },
  {
    check: 'E05',
    name: 'part of the row is logged',
    change: (facts) => set(facts.old, { binlog_row_image: 'MINIMAL' }),
    server: 'old-db',
    verdict: 'warn',
    title: 'binlog_row_image is MINIMAL',
    statements: ["SET GLOBAL binlog_row_image = 'FULL'"]
  },
  {
    check: 'E08',
    name: 'logs are kept for a day',
    change: (facts) => set(facts.old, { binlog_expire_logs_seconds: '86400' }),
    server: 'old-db',
    verdict: 'warn',
    title: 'Binary logs kept 24 h, the move wants 3 d'
  },
  {
    check: 'E09',
    name: 'needed transactions are purged',
    flavour: 'mysql',
    change: (facts) => {
      ours(facts.old.position).purged = `${uuids.old}:1-150`
    },
    server: 'new-db',
    verdict: 'stop',
    title: `Logs with ${uuids.old}:101-150 are gone`
  },
  {
    check: 'E09',
    name: 'the source refuses for a missing log',
    change: (facts) => {
      const error = { code: 1236, text: 'could not find' }
      facts.new.links = known([link('old', 'mariadb', { receiver: 'stopped', receiverError: error })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'The log it asks for is gone (error 1236)'
  },
  {
    check: 'E09',
    name: 'the source refuses for a packet that is too large, which is no missing log',
    change: (facts) => {
      const error = { code: 1236, text: 'log event entry exceeded max_allowed_packet' }
      facts.new.links = known([link('old', 'mariadb', { receiver: 'stopped', receiverError: error })])
    },
    server: 'new-db',
    verdict: 'ok',
    title: 'The active server still has the logs that the passive one needs'
  },
  {
    check: 'E10',
    name: 'MySQL and MariaDB cannot be compared',
    change: (facts) => {
      facts.new.capabilities = known(capabilities('new', 'mysql'))
      ours(facts.new.position).executed = `${uuids.new}:1-2`
    },
    server: 'new-db',
    verdict: 'unknown',
    title: 'Not known: The passive server wrote nothing of its own'
  },
  {
    check: 'E10',
    name: 'a position that nobody can read does not end the other checks',
    flavour: 'mysql',
    change: (facts) => {
      ours(facts.new.position).executed = 'no set at all'
    },
    server: 'new-db',
    verdict: 'unknown',
    title: 'Not known: The passive server wrote nothing of its own'
  },
  {
    check: 'E10',
    name: 'somebody wrote on the passive MySQL server',
    flavour: 'mysql',
    change: (facts) => {
      ours(facts.new.position).executed = `${uuids.old}:1-100,${uuids.new}:1-2`
    },
    server: 'new-db',
    verdict: 'stop',
    title: `Transactions that only new-db has: ${uuids.new}:1-2`,
    waivable: false
  },
  {
    check: 'E10',
    name: 'somebody wrote on the passive MariaDB server',
    change: (facts) => {
      ours(facts.new.position).binlogState = '1-1-100,2-2-3'
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'Transactions that only new-db has: 2-2-3'
  },
  {
    check: 'E10',
    name: 'an unlinked new server has transactions of its own',
    stage: 'unlinked',
    change: (facts) => {
      ours(facts.new.position).binlogState = '2-2-3'
    },
    server: 'new-db',
    verdict: 'info',
    title: 'new-db has transactions of its own: 2-2-3'
  },
  {
    check: 'E12',
    name: 'gtid_mode is off',
    flavour: 'mysql',
    change: (facts) => set(facts.old, { gtid_mode: 'OFF', enforce_gtid_consistency: 'OFF' }),
    server: 'old-db',
    verdict: 'stop',
    title: 'gtid_mode is OFF',
    statements: [
      'SET GLOBAL enforce_gtid_consistency = WARN',
      'SET GLOBAL enforce_gtid_consistency = ON',
      'SET GLOBAL gtid_mode = OFF_PERMISSIVE',
      'SET GLOBAL gtid_mode = ON_PERMISSIVE',
      'SET GLOBAL gtid_mode = ON'
    ]
  },
  {
    check: 'E12',
    name: 'gtid_mode is half-way',
    flavour: 'mysql',
    change: (facts) => set(facts.old, { gtid_mode: 'ON_PERMISSIVE' }),
    server: 'old-db',
    verdict: 'stop',
    title: 'gtid_mode is ON_PERMISSIVE',
    statements: ['SET GLOBAL gtid_mode = ON']
  },
  {
    check: 'E15',
    name: 'the log is not synced',
    change: (facts) => set(facts.old, { sync_binlog: '0' }),
    server: 'old-db',
    verdict: 'warn',
    title: 'sync_binlog is 0'
  },
  {
    check: 'E17',
    name: 'there is a MEMORY table',
    change: (facts) => {
      ours(facts.old.tables).push({ schema: 'shop', table: 'carts', engine: 'MEMORY', rows: 1 })
    },
    server: 'old-db',
    verdict: 'warn',
    title: '1 MEMORY table: shop.carts'
  }
]
