import { account, known, process, set } from './healthy'
import { ours, type Scenario } from './scenario'

/** One thing is wrong in each. */
export const blockersScenarios: Scenario[] = [
  {
    check: 'F01',
    name: 'a transaction is open for a minute',
    change: (facts) => {
      facts.old.transactions = known([{ connection: 100, seconds: 60, rowsModified: 3 }])
    },
    server: 'old-db',
    verdict: 'warn',
    title: '1 transaction open for up to 60 s',
    statements: ['KILL 100']
  },
  {
    check: 'F03',
    name: 'an XA transaction is prepared',
    change: (facts) => {
      facts.old.preparedXa = known(1)
    },
    server: 'old-db',
    verdict: 'stop',
    title: '1 prepared XA transaction',
    waivable: false
  },
  {
    check: 'F05',
    name: 'somebody waits for a table lock',
    change: (facts) => {
      facts.old.processes = known([process({ state: 'Waiting for table metadata lock', command: 'Query' })])
    },
    server: 'old-db',
    verdict: 'stop',
    title: '1 session waiting for a lock',
    waivable: true
  },
  {
    check: 'F05',
    name: 'a backup holds a lock',
    flavour: 'mysql',
    change: (facts) => {
      facts.old.heldLocks = known([{ connection: 5, what: 'SHARED BACKUP LOCK' }])
    },
    server: 'old-db',
    verdict: 'stop',
    title: '1 lock held by others: SHARED BACKUP LOCK'
  },
  {
    check: 'F07',
    name: 'an ALTER runs',
    change: (facts) => {
      facts.old.processes = known([process({ command: 'Query', info: 'ALTER TABLE orders ADD x INT' })])
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'A schema change runs: ALTER TABLE orders ADD x INT'
  },
  {
    check: 'F07',
    name: 'gh-ost is at work',
    change: (facts) => {
      ours(facts.old.tables).push({ schema: 'shop', table: '_orders_gho', engine: 'InnoDB', rows: 1 })
      ours(facts.old.keyed).add('shop._orders_gho')
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'A schema-change tool left shop._orders_gho'
  },
  {
    check: 'F08',
    name: 'a report runs for long',
    change: (facts) => {
      facts.old.processes = known([process({ user: 'report', command: 'Query', seconds: 94, info: 'SELECT 1' })])
    },
    server: 'old-db',
    verdict: 'warn',
    title: 'A statement of report has run for 94 s',
    statements: ['KILL QUERY 100']
  },
  {
    check: 'G03',
    name: 'a definer is missing on the new server',
    change: (facts) => {
      facts.new.accounts = known([account('admin', '%')])
    },
    server: 'new-db',
    verdict: 'stop',
    title: '1 definer missing: shop@%',
    statements: ["CREATE USER 'shop'@'%' ACCOUNT LOCK"]
  },
  {
    check: 'G03',
    name: 'a definer is missing on the old server already',
    stage: 'unlinked',
    change: (facts) => {
      facts.old.accounts = known([account('admin', '%')])
    },
    server: 'old-db',
    verdict: 'warn',
    title: '1 definer missing: shop@%'
  },
  {
    check: 'G04',
    name: 'an event is enabled on the passive server',
    change: (facts) => {
      facts.new.events = known([{ schema: 'shop', name: 'clean', definer: 'shop@%', status: 'ENABLED' }])
    },
    server: 'new-db',
    verdict: 'stop',
    title: '1 event enabled on new-db: shop.clean',
    statements: [
      'SET SESSION sql_log_bin = 0',
      "ALTER DEFINER = 'shop'@'%' EVENT `shop`.`clean` DISABLE ON SLAVE",
      'SET SESSION sql_log_bin = 1'
    ]
  },
  {
    check: 'G04',
    name: 'an event is enabled on a passive server behind super_read_only',
    flavour: 'mysql',
    change: (facts) => {
      facts.new.events = known([{ schema: 'shop', name: 'clean', definer: 'shop@%', status: 'ENABLED' }])
    },
    server: 'new-db',
    verdict: 'stop',
    title: '1 event enabled on new-db: shop.clean',
    statements: [
      'SET GLOBAL super_read_only = 0',
      'SET SESSION sql_log_bin = 0',
      "ALTER DEFINER = 'shop'@'%' EVENT `shop`.`clean` DISABLE ON REPLICA",
      'SET SESSION sql_log_bin = 1',
      'SET GLOBAL super_read_only = 1'
    ]
  },
  {
    check: 'G08',
    name: 'a table is MyISAM',
    change: (facts) => {
      ours(facts.old.tables).push({ schema: 'shop', table: 'log', engine: 'MyISAM', rows: 1 })
    },
    server: 'old-db',
    verdict: 'warn',
    title: '1 table without transactions: shop.log (MyISAM)',
    statements: ['ALTER TABLE `shop`.`log` ENGINE = InnoDB']
  },
  {
    check: 'G09',
    name: 'a table has no key',
    change: (facts) => {
      ours(facts.old.tables).push({ schema: 'shop', table: 'log', engine: 'InnoDB', rows: 1 })
    },
    server: 'old-db',
    verdict: 'warn',
    title: '1 table without a primary key: shop.log'
  },
  {
    check: 'G16',
    name: 'ids may collide',
    change: (facts) => set(facts.new, { auto_increment_offset: '1' }),
    server: null,
    verdict: 'warn',
    title: 'Increments 2 and 2, offsets 1 and 1: ids may collide'
  },
  {
    check: 'G21',
    name: 'the shop’s account is let in from the old site only',
    change: (facts) => {
      facts.new.accounts = known([account('shop', '10.0.%'), account('shop', '%', true)])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'shop would not be let in from 127.0.0.1, 10.1.0.5',
    waivable: true
  }
]
