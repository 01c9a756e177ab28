import type { LinkWords } from '../../../shared/server'

/** What a person can do about a broken link; statements name the server they are for, `go` leads to a station. */
export interface LinkTry {
  title: string
  why?: string
  server?: string
  statements?: string[]
  go?: 'drift' | 'sites' | 'preflight' | 'seed' | 'bridge'
}

/** What an error code of a link says, in words for people. */
export interface LinkError {
  happened: string
  tries: LinkTry[]
  /** What is not offered, and why. */
  notOffered?: string
}

/** What the words are made from. */
export interface LinkNames {
  source: string
  replica: string
  text: string
  words: LinkWords
}

type Explain = (names: LinkNames) => LinkError

const noSkip = 'Skipping the transaction is not offered: it would hide that the two servers differ.'

const startAgain = ({ replica, words }: LinkNames, why: string): LinkTry => ({
  title: 'Then start the link again',
  why,
  server: replica,
  statements: words.start
})

/** `on table shop.coupons`, as both servers write it. */
export const tableIn = (text: string): string | null =>
  /on table [`'"]?([\w$.`-]+?)[`'"]?[;,\s]/i.exec(text)?.[1] ?? null

const keyIn = (text: string): string => {
  const found = /Duplicate entry '([^']*)' for key '([^']*)'/i.exec(text)
  return found ? ` (value ${found[1]} of key ${found[2]})` : ''
}

const duplicate: Explain = (names) => ({
  happened: `A row that ${names.source} inserted${tableIn(names.text) ? ` into ${tableIn(names.text)}` : ''} is already on ${names.replica}${keyIn(names.text)}. Somebody wrote on ${names.replica} itself, or it was seeded from another moment.`,
  tries: [
    { title: 'Compare the table', why: 'Drift shows the rows that differ, side by side.', go: 'drift' },
    {
      title: `Find out who writes on ${names.replica}`,
      why: 'It has to be read-only; preflight names accounts that write past it.',
      go: 'preflight'
    },
    startAgain(names, 'Only after the row there was looked at and taken away by hand, without the binary log.')
  ],
  notOffered: noSkip
})

const rowMissing: Explain = (names) => ({
  happened: `${names.source} changed or deleted a row${tableIn(names.text) ? ` of ${tableIn(names.text)}` : ''} that ${names.replica} does not have. The two servers already differ.`,
  tries: [
    {
      title: 'Compare the table',
      why: 'Drift shows what is missing, and whether it is more than this row.',
      go: 'drift'
    },
    { title: `Seed ${names.replica} again`, why: 'The sure way when more than a few rows are missing.', go: 'seed' },
    startAgain(names, 'Only after the missing row was put there by hand, without the binary log.')
  ],
  notOffered: noSkip
})

const tableMissing: Explain = (names) => ({
  happened: `${names.replica} does not have the table or schema that a change of ${names.source} is for.`,
  tries: [
    { title: 'Compare schema and objects', why: 'Drift lists every table that only one side has.', go: 'drift' },
    { title: `Seed ${names.replica} again`, why: 'If it was seeded without this schema.', go: 'seed' },
    startAgain(names, 'After the table is there with the same definition.')
  ],
  notOffered: noSkip
})

const alreadyThere: Explain = (names) => ({
  happened: `A CREATE or DROP of ${names.source} does not fit: on ${names.replica} the object already is, or is already gone. Somebody changed the schema on both servers.`,
  tries: [
    {
      title: 'Compare schema and objects',
      why: 'If both sides are the same now, only this one statement is in the way.',
      go: 'drift'
    },
    startAgain(names, 'After the object on the replica was put back to what it was before the statement.')
  ],
  notOffered: noSkip
})

const locked: Explain = (names) => ({
  happened: `The applier on ${names.replica} waited for a lock until it gave up: another session there holds rows that it has to change.`,
  tries: [
    {
      title: `See who holds locks on ${names.replica}`,
      server: names.replica,
      statements: [
        'SELECT trx_id, trx_started, trx_mysql_thread_id, trx_query FROM information_schema.INNODB_TRX ORDER BY trx_started'
      ]
    },
    startAgain(names, 'The transaction is applied anew from its beginning; nothing is lost.')
  ]
})

const conversion: Explain = (names) => ({
  happened: `A column has another type on ${names.replica} than on ${names.source}, and the value does not fit.`,
  tries: [
    { title: 'Compare schema and objects', why: 'Drift names the column and both types.', go: 'drift' },
    startAgain(names, 'After the column has the same type on both sides.')
  ],
  notOffered: noSkip
})

const relayLog: Explain = (names) => ({
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

const readingLog: Explain = (names) => {
  if (/max_allowed_packet|larger than/i.test(names.text))
    return {
      happened: `An event in the log of ${names.source} is larger than ${names.replica} takes (max_allowed_packet).`,
      tries: [
        {
          title: 'Allow larger packets on both servers',
          server: `${names.source} and ${names.replica}`,
          statements: ['SET GLOBAL max_allowed_packet = 1073741824']
        },
        startAgain(names, 'A new connection takes the new limit.')
      ]
    }
  if (/same server[_ ](uuid|id)|server_uuid\/server_id/i.test(names.text)) return sameServer(names)
  return {
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
  }
}

const sameServer: Explain = (names) => ({
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

const unreachable: Explain = (names) => ({
  happened: `${names.replica} does not reach ${names.source}. It goes through the bridge, so usually the bridge is down or its port is taken.`,
  tries: [
    {
      title: 'Look at the bridge, and restart it',
      why: 'It is a tunnel: no data is lost by restarting it.',
      go: 'bridge'
    },
    { title: 'Test each layer', why: 'The connection doctor says which one does not answer.', go: 'sites' },
    { title: 'Wait', why: `${names.replica} tries again by itself, and goes on where it was.` }
  ]
})

const needsTls: Explain = (names) => ({
  happened: `The replication account on ${names.source} uses caching_sha2_password, which wants TLS or the server’s public key, and the link has neither.`,
  tries: [
    {
      title: 'Let the link fetch the public key',
      why: 'The bridge already encrypts the line.',
      server: names.replica,
      statements: [...names.words.stop, 'CHANGE REPLICATION SOURCE TO GET_SOURCE_PUBLIC_KEY = 1', ...names.words.start]
    },
    { title: 'Or run “Co-masters” again', why: 'It sets this up by itself.' }
  ]
})

const refused: Explain = (names) => ({
  happened: `${names.source} refuses the replication account: wrong password, or it is not let in from the address it comes from (through the bridge: 127.0.0.1).`,
  tries: [
    {
      title: `Look at the account on ${names.source}`,
      server: names.source,
      statements: ["SELECT User, Host FROM mysql.user WHERE User LIKE 'siteswap%'"]
    },
    { title: 'Undo “Co-masters” and make them again', why: 'The account and its password are made anew.' }
  ]
})

const full: Explain = (names) => ({
  happened: `${names.source} takes no more connections: its max_connections is reached.`,
  tries: [
    { title: 'See who is connected', server: names.source, statements: ['SHOW PROCESSLIST'] },
    { title: 'Wait', why: `${names.replica} tries again by itself as soon as one is free.` }
  ]
})

/** Codes of MySQL and MariaDB that stop links, with what they say. */
export const linkErrors: Record<number, Explain> = {
  1007: alreadyThere,
  1008: alreadyThere,
  1032: rowMissing,
  1040: full,
  1045: refused,
  1049: tableMissing,
  1050: alreadyThere,
  1051: alreadyThere,
  1062: duplicate,
  1129: refused,
  1130: refused,
  1146: tableMissing,
  1205: locked,
  1213: locked,
  1236: readingLog,
  1396: alreadyThere,
  1593: sameServer,
  1594: relayLog,
  1677: conversion,
  2002: unreachable,
  2003: unreachable,
  2005: unreachable,
  2013: unreachable,
  2026: needsTls,
  2061: needsTls,
  13114: readingLog,
  13117: sameServer,
  13121: relayLog,
  13146: conversion
}

/** For every other code: the words stand for themselves. */
export const unknownError: Explain = (names) => ({
  happened: `The link from ${names.source} to ${names.replica} stopped with the words above.`,
  tries: [
    { title: 'Read the whole status', server: names.replica, statements: [names.words.status] },
    startAgain(names, 'Once what the words say is mended.')
  ],
  notOffered: noSkip
})
