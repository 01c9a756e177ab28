import { changed, type Explain, type LinkError, type LinkNames, startAgain } from './link-error'
import { flavourOf, resetRelay } from './server-words'

/** One text of an error that has several. */
type Reading = [pattern: RegExp, explain: Explain]

const packetTooLarge: Explain = (names) => ({
  happened: `An event in the log of ${names.source} is larger than ${names.replica} takes (max_allowed_packet).`,
  tries: [
    {
      title: 'Allow larger packets on both servers',
      server: `${names.source} and ${names.replica}`,
      statements: ['SET GLOBAL max_allowed_packet = 1073741824']
    },
    startAgain(names, 'A new connection takes the new limit.')
  ]
})

export const sameServer: Explain = (names) => ({
  happened: `${names.source} and ${names.replica} have the same server id or uuid, or another replica uses it. A server ignores what carries its own id.`,
  tries: [
    { title: 'Look at the ids in preflight', why: 'Check A04 names both, with the setting.', go: 'preflight' },
    {
      title: 'Give the new server an id of its own',
      why: 'In MySQL also remove auto.cnf of a copied data directory and restart it.',
      server: names.replica,
      statements: ['SELECT @@server_id']
    }
  ]
})

const logsGone: Explain = (names) => ({
  happened: `${names.source} does not have the logs any more from which ${names.replica} would go on, or does not know its position.`,
  tries: [
    {
      title: `See what ${names.source} still has`,
      server: names.source,
      statements: ['SHOW BINARY LOGS']
    },
    { title: `Seed ${names.replica} again`, why: 'Once the logs are gone there is no other way.', go: 'seed' },
    {
      title: 'Keep logs longer before that',
      why: 'Preflight says how long, and has the statement (E08).',
      go: 'preflight'
    }
  ],
  notOffered: 'Going on from a later position is not offered: the orders in between would be missing.'
})

const beyondEnd: Explain = (names) => ({
  happened: `${names.replica} asks for a place behind the end of the log of ${names.source}. Mostly ${names.source} crashed and lost the end of its log (sync_binlog is not 1), so ${names.replica} may hold orders that ${names.source} lost.`,
  tries: [
    { title: 'Compare both servers', why: 'Drift shows which rows only one of them has.', go: 'drift' },
    {
      title: `See where the log of ${names.source} ends`,
      server: names.source,
      statements: ['SHOW BINARY LOGS', 'SELECT @@global.sync_binlog']
    },
    { title: `Seed ${names.replica} again`, why: 'After what only it holds was brought back by hand.', go: 'seed' }
  ],
  notOffered: 'Going on at the start of the next log is not offered before both were compared.'
})

const aheadOfSource: Explain = (names) => ({
  happened: `${names.replica} holds transactions that ${names.source} does not have in its log: ${names.source} lost them in a crash or was put back from an older copy, or somebody wrote on ${names.replica} itself.`,
  tries: [
    { title: 'Compare both servers', why: 'Drift shows what only one of them holds.', go: 'drift' },
    {
      title: `Look at both positions`,
      why: 'What the replica holds and the source does not is the difference of the two sets.',
      server: `${names.source} and ${names.replica}`,
      statements: [flavourOf(names.words) === 'mariadb' ? 'SELECT @@gtid_current_pos' : 'SELECT @@gtid_executed']
    },
    { title: `Seed ${names.replica} again`, why: 'When nothing of its own has to be kept.', go: 'seed' }
  ],
  notOffered: 'Telling the replica to forget its position is not offered: the two servers would differ unseen.'
})

const noLog: Explain = (names) => ({
  happened: `${names.source} keeps no binary log, so nothing can follow it.`,
  tries: [
    {
      title: 'Turn the binary log on',
      why: 'log_bin in my.cnf and a restart; preflight has the lines.',
      go: 'preflight'
    },
    { title: `Look at the setting on ${names.source}`, server: names.source, statements: ['SELECT @@log_bin'] }
  ]
})

const damagedLog: Explain = (names) => ({
  happened: `The binary log of ${names.source} is damaged or cut short where ${names.replica} reads it: a full disk, a crash, or a broken copy.`,
  tries: [
    {
      title: `Look at the disk and the error log of ${names.source}`,
      why: 'A full or failing disk would break it again.'
    },
    startAgain(names, 'Once: it helps when the line damaged the event, not the file.'),
    { title: `Seed ${names.replica} again`, why: 'When the file itself is damaged.', go: 'seed' }
  ],
  notOffered: 'Going on behind the damage is not offered: what stood there would be missing.'
})

const noReplicationRight: Explain = (names) => ({
  happened: `The replication account on ${names.source} has no right to read the binary log (REPLICATION SLAVE).`,
  tries: [
    {
      title: `See which account ${names.replica} uses, and what it may`,
      why: 'The name stands in the status of the link; give it REPLICATION SLAVE there.',
      server: names.source,
      statements: ["SELECT User, Host FROM mysql.user WHERE Repl_slave_priv = 'Y'"]
    },
    startAgain(names, 'After the account has the right.')
  ]
})

const noId: Explain = (names) => ({
  happened: `${names.source} has no server id, so it lets nobody follow it.`,
  tries: [
    { title: 'Give it one', why: 'Preflight (A04) has the setting and a free number.', go: 'preflight' },
    startAgain(names, 'After it has an id.')
  ]
})

const gtidOff: Explain = (names) => ({
  happened: `The link goes on by GTID, but one of ${names.source} and ${names.replica} does not use GTIDs (gtid_mode).`,
  tries: [
    {
      title: 'Look at the mode on both',
      server: `${names.source} and ${names.replica}`,
      statements: ['SELECT @@gtid_mode, @@enforce_gtid_consistency']
    },
    { title: 'Turn GTIDs on', why: 'Preflight leads through the steps, in order.', go: 'preflight' },
    startAgain(names, 'After both have gtid_mode = ON.')
  ]
})

const checksum: Explain = (names) => ({
  happened: `An event came damaged to ${names.replica}, or the two servers do not agree on binlog_checksum.`,
  tries: [
    {
      title: 'Compare the setting',
      server: `${names.source} and ${names.replica}`,
      statements: ['SELECT @@global.binlog_checksum']
    },
    startAgain(names, 'The event is fetched anew; when it fails at the same place, the file itself is damaged.'),
    { title: `Seed ${names.replica} again`, why: 'When the log of the source is damaged.', go: 'seed' }
  ]
})

const read = (readings: readonly Reading[], names: LinkNames, otherwise: Explain): LinkError =>
  (readings.find(([pattern]) => pattern.test(names.text))?.[1] ?? otherwise)(names)

const readings: Reading[] = [
  [/max_allowed_packet|larger than/i, packetTooLarge],
  [/same server[_ ](uuid|id)|server_uuid\/server_id/i, sameServer],
  [/binary log(ging)? is not (open|enabled)|log_bin/i, noLog],
  [/privilege|access denied/i, noReplicationRight],
  [/server[_ ]id was not set|misconfigured/i, noId],
  [/has more GTIDs than|not in the \S+ binlog|diverged|alternate history/i, aheadOfSource],
  [/position > file size|impossible position/i, beyondEnd],
  [/checksum/i, checksum],
  [/truncated|bogus data|corrupt|log event entry/i, damagedLog],
  [/GTID_MODE/i, gtidOff]
]

/** 1236 and 13114: the source’s own words tell which of a dozen causes it is. */
export const readingLog: Explain = (names) => read(readings, names, logsGone)

/** 1593 and 13117: a link that cannot even begin. */
export const fatal: Explain = (names) =>
  read(
    [
      [/checksum/i, checksum],
      [/GTID_MODE|AUTO_POSITION/i, gtidOff],
      [/empty|username/i, noAccount]
    ],
    names,
    sameServer
  )

const noAccount: Explain = (names) => ({
  happened: `The link of ${names.replica} has no account to sign in with: its settings were lost or never made.`,
  tries: [
    { title: 'Undo “Co-masters” and make them again', why: 'The link and its account are made anew.' },
    { title: 'Read the whole status', server: names.replica, statements: [names.words.status] }
  ]
})

export const relayLog: Explain = (names) => ({
  happened: `The relay log on ${names.replica} cannot be read: its disk was full, or the server crashed while it was written.`,
  tries: [
    { title: `Look at the disk and the error log of ${names.replica}`, why: 'A full disk would break it again.' },
    {
      title: 'Fetch what was not applied once more',
      why: 'By GTID nothing is applied twice; the old server still has the logs.',
      server: names.replica,
      statements: [...names.words.stop, ...names.words.start]
    }
  ]
})

export const relayWrite: Explain = (names) => ({
  happened: `${names.replica} cannot write its relay log: its disk is full, or the file cannot be made.`,
  tries: [
    {
      title: `See where the relay log of ${names.replica} lies, and make room there`,
      why: 'relay_log_space_limit keeps it from filling the disk again.',
      server: names.replica,
      statements: ['SELECT @@datadir, @@relay_log, @@relay_log_space_limit']
    },
    startAgain(names, 'It goes on where it was; nothing is lost as long as the source keeps its logs.')
  ]
})

export const damagedEvent: Explain = damagedLog
export const damagedOnTheWay: Explain = checksum
export const logsPurged: Explain = logsGone
export const gtidNotUsed: Explain = gtidOff
export const replicaAhead: Explain = aheadOfSource

export const lostPlace: Explain = (names) => ({
  happened: `${names.replica} does not find its place in the relay log after a restart: its files are gone, renamed (the host got another name), or were copied from another server.`,
  tries: [
    { title: 'Read the whole status', server: names.replica, statements: [names.words.status] },
    changed(
      names,
      'Forget the relay log and fetch it anew',
      'By GTID it goes on where it was. By file and position note Exec_Log_Pos of the status first, and name it again: the reset forgets it.',
      resetRelay(names.words)
    ),
    {
      title: 'Give relay_log a fixed name',
      why: 'In my.cnf; otherwise it is named after the host and lost when that changes.'
    }
  ]
})

export const incident: Explain = (names) => ({
  happened: `${names.source} wrote into its log that something may be missing there (LOST_EVENTS): its disk was full or the log could not be written.`,
  tries: [
    { title: 'Compare both servers', why: 'Only that tells what is missing.', go: 'drift' },
    { title: `Seed ${names.replica} again`, why: 'The sure way.', go: 'seed' },
    startAgain(names, 'Only after the comparison has shown that nothing differs.')
  ],
  notOffered: 'Stepping over it unseen is not offered: it says itself that changes may be lost.'
})
