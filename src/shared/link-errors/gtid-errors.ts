import { changed, type Explain, noSkip, startAgain } from './link-error'
import { changeLink } from './server-words'

export const outOfOrder: Explain = (names) => ({
  happened: `A transaction of ${names.source} would get a number in the log of ${names.replica} that comes before one already there in the same domain, and gtid_strict_mode refuses that. Somebody wrote on ${names.replica} in the domain of ${names.source}, or two servers write with the same gtid_domain_id.`,
  tries: [
    {
      title: 'Compare domain and position of both',
      why: 'Each server that takes writes needs a gtid_domain_id of its own.',
      server: `${names.source} and ${names.replica}`,
      statements: ['SELECT @@gtid_domain_id, @@server_id, @@gtid_binlog_pos, @@gtid_slave_pos']
    },
    { title: 'Compare the data', why: 'What was written on the replica itself shows there.', go: 'drift' },
    startAgain(names, 'After what was written there was taken back, or the replica was seeded again.')
  ],
  notOffered: 'Turning gtid_strict_mode off is not offered: the two servers would differ unseen.'
})

export const hole: Explain = (names) => ({
  happened: `The log of ${names.source} lacks the transaction that ${names.replica} would go on from, although later ones are there: logs were removed, or the position was set by hand to one that never was.`,
  tries: [
    {
      title: 'Compare both positions',
      server: `${names.source} and ${names.replica}`,
      statements: ['SELECT @@gtid_binlog_state, @@gtid_slave_pos']
    },
    { title: 'Compare the data', why: 'Only that tells whether something is missing.', go: 'drift' },
    { title: `Seed ${names.replica} again`, why: 'The sure way.', go: 'seed' }
  ],
  notOffered: 'Setting gtid_slave_pos to a later one is not offered: the orders in between would be missing.'
})

export const sourceReplaced: Explain = (names) => ({
  happened: `Behind the address of ${names.source} another server answers than before: it was replaced while the link was running.`,
  tries: [
    { title: 'Look who answers there', server: names.source, statements: ['SELECT @@server_id, @@hostname'] },
    { title: 'Compare the data', why: 'Whether the new one holds all that the old one had.', go: 'drift' },
    startAgain(names, 'Only when it is meant to be this server: it then starts from its GTID position.')
  ]
})

export const positionSplit: Explain = (names) => ({
  happened: `The position that ${names.replica} was given does not fit its own log: it lacks a replication domain, or is older than what stands there.`,
  tries: [
    {
      title: 'Look at both positions',
      server: names.replica,
      statements: ['SELECT @@gtid_slave_pos, @@gtid_binlog_pos, @@gtid_current_pos']
    },
    changed(names, 'Go on from what it replicated', 'Its own writes do not count then.', [
      changeLink(names.words, 'SOURCE_AUTO_POSITION = 1', 'MASTER_USE_GTID = slave_pos')
    ])
  ],
  notOffered: noSkip
})

export const notSafe: Explain = (names) => ({
  happened: `A transaction of ${names.source} cannot be repeated by GTID: it mixes tables with and without transactions (MyISAM), or is a CREATE TABLE … SELECT that ${names.replica} does not take.`,
  tries: [
    {
      title: 'Find tables without transactions',
      why: 'Make them InnoDB on both sides.',
      server: `${names.source} and ${names.replica}`,
      statements: [
        "SELECT TABLE_SCHEMA, TABLE_NAME, ENGINE FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')"
      ]
    },
    { title: 'Compare schema and objects', why: 'An engine that differs shows there.', go: 'drift' },
    startAgain(names, 'After the tables are the same and have transactions.')
  ],
  notOffered: noSkip
})

export const nextUndefined: Explain = (names) => ({
  happened: `A transaction of ${names.source} was split on ${names.replica}: a table has another engine there (MyISAM instead of InnoDB), so that one transaction becomes several.`,
  tries: [
    { title: 'Compare schema and objects', why: 'The engine that differs shows there.', go: 'drift' },
    startAgain(names, 'After the table has the same engine on both sides.')
  ],
  notOffered: noSkip
})

export const stateTable: Explain = (names) => ({
  happened: `${names.replica} cannot read or write the table where it keeps its GTID position (mysql.gtid_slave_pos): it is missing, damaged or of another release.`,
  tries: [
    {
      title: 'Look at the table',
      server: names.replica,
      statements: ['CHECK TABLE mysql.gtid_slave_pos', 'SELECT * FROM mysql.gtid_slave_pos ORDER BY domain_id, sub_id']
    },
    { title: 'Run mariadb-upgrade on its host', why: 'It makes missing system tables anew.' },
    startAgain(names, 'Its position has to be what it was: compare with the status of the link.')
  ]
})
