import { type FailureError, fail } from '../../shared/failure'
import type { Breach } from './answer-guard'

const ask = ['Do not use this server before its owner has explained it.']

/** Why a server was cut off, in words. */
export const breachFailure = (label: string, breach: Breach): FailureError => {
  const where = label
  switch (breach) {
    case 'file-asked':
      return fail('refused', `${label} asked for a file of this computer.`, {
        where,
        why: 'No statement asked to load one (LOCAL INFILE): that is what a hostile or broken server does. The session was dropped and no file was opened.',
        try: ask
      })
    case 'sign-in-size':
      return fail('refused', `${label} sent far more than a sign-in takes.`, {
        where,
        why: 'The session was dropped before the password was accepted.',
        try: ['Check the port: is it the database’s?', ...ask]
      })
    case 'sign-in-rounds':
      return fail('refused', `${label} kept asking during the sign-in and never came to an end.`, { where, try: ask })
    case 'out-of-order':
      return fail('refused', `${label} sent the pieces of an answer out of order.`, {
        where,
        why: 'What they mean cannot be told any more; the session was dropped.',
        try: ['Try again.', 'A proxy between may mix up two sessions: reach the server without it.']
      })
    case 'packet-size':
      return fail('server', `${label} sent one row of more than 64 MiB.`, {
        where,
        why: 'More would not fit into this program’s memory; the session was dropped.',
        try: ['Leave the table with such values out of what is compared.']
      })
    case 'answer-size':
      return fail('server', `${label} sent more in one answer than this program can hold.`, {
        where,
        why: 'The answer went beyond 512 MiB or millions of rows; the session was dropped.',
        try: ['Try again.', 'If it comes back, ask what is wrong with the server.']
      })
  }
}

/** What answers is not a database, or one that is too old. */
export const strangeGreeting = (label: string, why: string): FailureError =>
  fail('refused', `What answers at ${label} does not speak the database’s protocol as it should.`, {
    where: label,
    why,
    try: ['Check the port: is it the database’s?']
  })
