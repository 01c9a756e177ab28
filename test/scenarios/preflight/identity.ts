import type { Flavour } from '../../../src/shared/server'
import { failed, known, set } from './healthy'
import { ours, type Scenario } from './scenario'

const toCutOver =
  'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, CREATE USER, EVENT, TRIGGER, SHOW VIEW, REPLICATION SLAVE, SUPER'

// SUPER stands for the small privileges that MySQL made out of it.
const toCutOverMysql = `${toCutOver}, REPLICATION CLIENT, SHOW_ROUTINE, XA_RECOVER_ADMIN, SYSTEM_USER`
const onlyToCopy = (flavour: Flavour): string =>
  [
    'ALTER, INDEX, REFERENCES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, LOCK TABLES',
    'CREATE TEMPORARY TABLES, SHOW DATABASES',
    flavour === 'mysql' ? 'BACKUP_ADMIN, ROLE_ADMIN' : 'DELETE HISTORY, SHOW CREATE ROUTINE'
  ].join(', ')

/** One thing is wrong in each. */
export const identityScenarios: Scenario[] = [
  {
    check: 'A01',
    name: 'both names lead to one server',
    change: (facts) => {
      ours(facts.new.capabilities).identity.key = 'old'
    },
    server: null,
    verdict: 'stop',
    title: 'Both sites lead to the same database server',
    waivable: false
  },
  {
    check: 'A04',
    name: 'server ids are equal',
    change: (facts) => {
      ours(facts.new.capabilities).identity.serverId = 1
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'Both servers have server id 1',
    statements: ['SET GLOBAL server_id = 2']
  },
  {
    check: 'A04',
    name: 'the old server has id 0',
    change: (facts) => {
      ours(facts.old.capabilities).identity.serverId = 0
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'A server id is 0',
    statements: ['SET GLOBAL server_id = 3']
  },
  {
    check: 'A09',
    name: 'Galera is on',
    change: (facts) => set(facts.old, { wsrep_on: 'ON' }),
    server: 'old-db',
    verdict: 'stop',
    title: 'The server is a node of a Galera cluster',
    waivable: false
  },
  {
    check: 'A09',
    name: 'the server is in a replication group',
    flavour: 'mysql',
    change: (facts) => {
      facts.old.groupMembers = known(3)
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'The server is one of 3 in a replication group'
  },
  {
    check: 'A10',
    name: 'our account may only look',
    change: (facts) => {
      facts.new.ownGrants = known([
        'GRANT SELECT, PROCESS ON *.* TO `admin`@`%`',
        'GRANT ALL PRIVILEGES ON `shop`.* TO `admin`@`%`'
      ])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'admin lacks SHOW VIEW, EVENT, TRIGGER and 18 more'
  },
  {
    check: 'A10',
    name: 'SUPER does not contain READ ONLY ADMIN on MariaDB 10.11',
    change: (facts) => {
      facts.old.ownGrants = known([
        `GRANT ${toCutOver}, BINLOG MONITOR, BINLOG ADMIN, REPLICATION MASTER ADMIN, REPLICATION SLAVE ADMIN, SLAVE MONITOR, CONNECTION ADMIN, SET USER ON *.* TO \`admin\`@\`%\` WITH GRANT OPTION`
      ])
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'admin lacks READ_ONLY ADMIN',
    statements: [`GRANT READ_ONLY ADMIN, ${onlyToCopy('mariadb')} ON *.* TO 'admin'@'%'`]
  },
  {
    check: 'A10',
    name: 'before the seeding the rights to copy are missed',
    flavour: 'mysql',
    stage: 'unlinked',
    change: (facts) => {
      facts.new.ownGrants = known([`GRANT ${toCutOverMysql} ON *.* TO \`admin\`@\`%\` WITH GRANT OPTION`])
    },
    server: 'new-db',
    verdict: 'warn',
    title: 'admin lacks ALTER, INDEX, REFERENCES and 9 more to copy the shop',
    waivable: true,
    statements: [`GRANT ${onlyToCopy('mysql')} ON *.* TO 'admin'@'%'`]
  },
  {
    check: 'A10',
    name: 'after the seeding they are not',
    flavour: 'mysql',
    change: (facts) => {
      facts.new.ownGrants = known([`GRANT ${toCutOverMysql} ON *.* TO \`admin\`@\`%\` WITH GRANT OPTION`])
    },
    server: 'new-db',
    verdict: 'ok',
    title: 'Siteswap’s account may do what the runbooks need'
  },
  {
    check: 'A13',
    name: 'nearly all connections are in use',
    change: (facts) => {
      ours(facts.old.status).Threads_connected = '190'
    },
    server: 'old-db',
    verdict: 'warn',
    title: '190 of 200 connections are in use',
    statements: ['SET GLOBAL max_connections = 400']
  },
  {
    check: 'A15',
    name: 'the clocks are three seconds apart',
    change: (facts) => {
      facts.new.clock = known({ offsetMs: -2995, roundTripMs: 2 })
    },
    server: null,
    verdict: 'warn',
    title: 'The clocks are 3.0 s apart'
  },
  {
    check: 'A15',
    name: 'the clocks are two minutes apart',
    change: (facts) => {
      facts.new.clock = known({ offsetMs: 120_005, roundTripMs: 2 })
    },
    server: null,
    verdict: 'stop',
    title: 'The clocks are 2 min apart',
    waivable: true
  },
  {
    check: 'A17',
    name: 'a server has just restarted',
    change: (facts) => {
      ours(facts.new.status).Uptime = '30'
    },
    server: 'new-db',
    verdict: 'info',
    title: 'Started only 30 s ago'
  },
  {
    check: 'B01',
    name: 'there is no super_read_only',
    change: () => undefined,
    server: 'old-db',
    verdict: 'info',
    title: 'read_only is the only seal here'
  },
  {
    check: 'B02',
    name: 'the shop’s account writes past read_only',
    change: (facts) => {
      facts.old.privileges = known([{ user: 'shop', host: '%', right: 'READ ONLY ADMIN' }])
    },
    server: 'old-db',
    verdict: 'stop',
    title: '1 account bypasses read_only and is connected now',
    waivable: true,
    statements: ["REVOKE READ ONLY ADMIN ON *.* FROM 'shop'@'%'"]
  },
  {
    check: 'B02',
    name: 'a role gives the right',
    change: (facts) => {
      facts.old.privileges = known([{ user: 'dba', host: '', right: 'READ ONLY ADMIN' }])
      facts.old.roles = known([{ role: 'dba', user: 'shop', host: '10.0.%' }])
    },
    server: 'old-db',
    verdict: 'stop',
    title: '1 account bypasses read_only and is connected now'
  },
  {
    check: 'B02',
    name: 'an account that is not connected has the right',
    change: (facts) => {
      facts.old.privileges = known([{ user: 'backup', host: '10.0.0.9', right: 'READ ONLY ADMIN' }])
    },
    server: 'old-db',
    verdict: 'warn',
    title: '1 account could write past read_only'
  },
  {
    check: 'B02',
    name: 'only root on the host itself has the right',
    change: (facts) => {
      facts.old.privileges = known([{ user: 'root', host: 'localhost', right: 'READ ONLY ADMIN' }])
    },
    server: 'old-db',
    verdict: 'info',
    title: 'Only local administrators could write past read_only'
  },
  {
    check: 'B02',
    name: 'on MySQL SUPER can only turn the seal off',
    flavour: 'mysql',
    change: (facts) => {
      facts.old.privileges = known([{ user: 'shop', host: '%', right: 'SUPER' }])
    },
    server: 'old-db',
    verdict: 'info',
    title: '1 account could turn the seal off'
  },
  {
    check: 'B02',
    name: 'the grants of others may not be read',
    change: (facts) => {
      facts.old.privileges = failed()
    },
    server: 'old-db',
    verdict: 'unknown',
    title: /^Not known: Accounts that write past the seal$/
  },
  {
    check: 'B09',
    name: 'new sessions have no autocommit',
    change: (facts) => {
      facts.old.ownSession = known({ connection: 7, autocommit: false, account: 'admin@%', activeRoles: null })
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'New sessions start without autocommit'
  },
  {
    check: 'B09',
    name: 'our session is inside a transaction',
    change: (facts) => {
      facts.new.transactions = known([{ connection: 7, seconds: 0, rowsModified: 0 }])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'Siteswap’s session is inside a transaction',
    waivable: false
  }
]
