import { type Explain, inTable, noSkip, startAgain } from './link-error'

const keyIn = (text: string): string => {
  const found = /Duplicate entry '([^']*)' for key '([^']*)'/i.exec(text)
  return found ? ` (value ${found[1]} of key ${found[2]})` : ''
}

export const duplicate: Explain = (names) => ({
  happened: `A row that ${names.source} inserted${inTable('into', names.text)} is already on ${names.replica}${keyIn(names.text)}. Somebody wrote on ${names.replica} itself, or it was seeded from another moment.`,
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

export const rowMissing: Explain = (names) => ({
  happened: `${names.source} changed or deleted a row${inTable('of', names.text)} that ${names.replica} does not have. The two servers already differ.`,
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

export const tableMissing: Explain = (names) => ({
  happened: `${names.replica} does not have the table or schema that a change of ${names.source} is for.`,
  tries: [
    { title: 'Compare schema and objects', why: 'Drift lists every table that only one side has.', go: 'drift' },
    { title: `Seed ${names.replica} again`, why: 'If it was seeded without this schema.', go: 'seed' },
    startAgain(names, 'After the table is there with the same definition.')
  ],
  notOffered: noSkip
})

export const alreadyThere: Explain = (names) => ({
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

export const accountDiffers: Explain = (names) => ({
  happened: `A CREATE USER, ALTER USER, DROP USER or GRANT of ${names.source} does not fit: on ${names.replica} the account already is, or is not there. Accounts were made on both servers by hand.`,
  tries: [
    {
      title: `Look at the accounts of ${names.replica}`,
      why: 'The account is named in the server’s words.',
      server: names.replica,
      statements: ['SELECT User, Host FROM mysql.user ORDER BY User, Host']
    },
    startAgain(
      names,
      'After the account on the replica was put back to what it was before the statement, without the binary log.'
    )
  ],
  notOffered: noSkip
})

export const columnDiffers: Explain = (names) => ({
  happened: `The table${inTable('of', names.text) || ' that a change is for'} has other columns or keys on ${names.replica} than on ${names.source}: it was altered on one of them only, or on both in another order.`,
  tries: [
    { title: 'Compare schema and objects', why: 'Drift names the columns and keys that differ.', go: 'drift' },
    startAgain(names, 'After the definition on the replica is what it was on the source before this change.')
  ],
  notOffered: noSkip
})

export const conversion: Explain = (names) => ({
  happened: `A column has another type on ${names.replica} than on ${names.source}, and the value does not fit.`,
  tries: [
    { title: 'Compare schema and objects', why: 'Drift names the column and both types.', go: 'drift' },
    startAgain(names, 'After the column has the same type on both sides.')
  ],
  notOffered: noSkip
})

export const valueRefused: Explain = (names) => ({
  happened: `${names.replica} refuses a value that ${names.source} took: its sql_mode, a column or a character set differs.`,
  tries: [
    {
      title: 'Compare sql_mode on both servers',
      why: 'A stricter replica refuses what the source took; topology’s old ↔ new comparison shows it, too.',
      server: `${names.source} and ${names.replica}`,
      statements: ['SELECT @@global.sql_mode']
    },
    { title: 'Compare schema and objects', why: 'A missing default or a shorter column shows there.', go: 'drift' },
    startAgain(names, 'After both take the same values.')
  ],
  notOffered: noSkip
})

export const parentMissing: Explain = (names) => ({
  happened: `A foreign key on ${names.replica} refuses the change: the row it points to is not there, or rows that ${names.source} does not have still point to the one that goes.`,
  tries: [
    { title: 'Compare both tables of the key', why: 'Drift shows which rows are missing or too many.', go: 'drift' },
    { title: `Seed ${names.replica} again`, why: 'The sure way when more than a few rows differ.', go: 'seed' },
    startAgain(names, 'After the rows on both sides agree.')
  ],
  notOffered: `${noSkip} Nor is foreign_key_checks = 0: orders without their customer would be left.`
})

export const locked: Explain = (names) => ({
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

export const deadlocked: Explain = (names) => ({
  happened: `The applier on ${names.replica} and another session waited for each other’s locks; its retries are used up.`,
  tries: [
    {
      title: `See what waits for what on ${names.replica}`,
      why: 'The part LATEST DETECTED DEADLOCK names both statements.',
      server: names.replica,
      statements: ['SHOW ENGINE INNODB STATUS']
    },
    {
      title: `Find out who writes on ${names.replica}`,
      why: 'On a read-only replica only long reads with locks are left.',
      go: 'preflight'
    },
    startAgain(names, 'The transaction is applied anew from its beginning; nothing is lost.')
  ]
})
