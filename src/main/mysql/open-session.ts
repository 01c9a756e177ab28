import { Readable } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { type Connection, createConnection } from 'mysql2'
import { deadlineText, within } from '../../shared/deadline'
import { FailureError, fail } from '../../shared/failure'
import { makeAnswerGuard } from './answer-guard'
import { breachFailure, strangeGreeting } from './breach-failure'
import { driverOptions, nameInCertificate, type SessionTarget, tlsCheck } from './driver-options'
import { type Encryption, encryptionOf } from './encryption'
import { expectName } from './expect-name'
import { awaitFirstPacket } from './greeting'
import { guardDriver } from './guard-driver'
import { bindValues } from './identifiers'
import { insideOf } from './inside'
import { type FailureContext, mysqlFailure } from './mysql-failure'
import { pinnedSettings } from './pinned-settings'
import { readResults } from './results'
import type { DrivenSession, Row, SessionOptions } from './session'

export type { SessionTarget } from './driver-options'

const connectDeadlineMs = 15_000
const queryDeadlineMs = 30_000
const quitDeadlineMs = 1_000
const serverClosed = 'The server closed the connection.'
const beforeGreeting = 'The server closed the connection before it greeted.'

interface Answer {
  rows: unknown
  fields: unknown
}

/** Opens a database session over a connected stream: signs in, then pins its settings. */
export const openSession = async (target: SessionTarget): Promise<DrivenSession> => {
  const { name, server, label, stream, signal } = target
  const context = (): FailureContext => ({
    label,
    user: target.user,
    secrets: [target.password, ...(target.secrets?.() ?? [])]
  })
  const guard = makeAnswerGuard(target.limits)
  let open = true
  let why = serverClosed
  let greeted = false
  /** The driver's first fatal error: it says more than the end of the stream that follows. */
  let cause: unknown = null
  const listeners = new Set<(why: string) => void>()
  /** Set when this side dropped the session on purpose: it explains the errors that follow. */
  let dropped: FailureError | null = null
  const waiting = new Set<(error: unknown) => void>()

  const gone = () => {
    if (!open) return
    open = false
    for (const reject of waiting) reject(dropped ?? cause ?? new Error(greeted ? why : beforeGreeting))
    waiting.clear()
    for (const listener of listeners) listener(why)
    listeners.clear()
  }
  const drop = (failure: FailureError) => {
    dropped ??= failure
    why = failure.failure.what
    stream.destroy()
    gone()
  }
  stream.on('error', (error) => {
    cause ??= error
    why = error.message
  })
  // A channel stays half open when only the other side ended: nothing more will come, so it is over.
  stream.once('end', () => stream.destroy())
  stream.once('close', () => gone())

  /** Signing in as far as the driver's own work: what the server offers decides what is asked of it. */
  const connect = async (): Promise<{ connection: Connection; encryption: Encryption }> => {
    const first = await awaitFirstPacket(stream)
    greeted = true
    if (first.kind === 'strange') throw strangeGreeting(label, first.why)
    const offersTls = first.kind === 'greeting' && first.greeting.offersTls
    if (first.kind === 'greeting') target.onGreeting?.(first.greeting.version, first.greeting)
    const check = tlsCheck(target, offersTls)
    if (check === 'identity') expectName(stream, nameInCertificate(target))
    const made = createConnection(driverOptions(target, check))
    made.on('error', (error: Error) => {
      cause ??= error
      if (why === serverClosed) why = mysqlFailure(error, context()).failure.what
      stream.destroy()
      gone()
    })
    guardDriver(made, (chunk) => {
      const breach = guard.see(chunk)
      if (breach !== null) drop(breachFailure(label, breach))
      return breach === null
    })
    stream.resume()
    await new Promise<void>((resolve, reject) => made.connect((error) => (error ? reject(error) : resolve())))
    guard.signedIn()
    const spoken = insideOf(made).stream
    const encryption: Encryption =
      check !== null && spoken instanceof TLSSocket ? encryptionOf(spoken, check) : { kind: 'none', offered: offersTls }
    return { connection: made, encryption }
  }

  const askedForFile = () => {
    drop(breachFailure(label, 'file-asked'))
    return new Readable({ read: () => undefined })
  }

  const send = async (
    connection: Connection,
    sql: string,
    options: SessionOptions = {},
    onResult?: () => void
  ): Promise<Answer> => {
    if (!open)
      throw (
        dropped ??
        fail('unreachable', `The session “${name}” on ${label} is closed.`, { where: label, why, try: ['Try again.'] })
      )
    const deadlineMs = options.deadlineMs ?? queryDeadlineMs
    let settle: ((error: unknown) => void) | null = null
    const answered = new Promise<Answer>((resolve, reject) => {
      settle = reject
      waiting.add(reject)
      guard.begin()
      const query = connection.query({ sql, infileStreamFactory: askedForFile }, (error, rows, fields) => {
        if (error) reject(dropped ?? error)
        else resolve({ rows, fields })
      })
      if (onResult) query.on('fields', onResult)
    })
    const late = () =>
      fail('timeout', `${label} did not answer within ${deadlineText(deadlineMs)}.`, {
        where: label,
        why: `The session “${name}” was dropped; what it had begun may still be at work there.`,
        try: ['Look at the server’s process list and load, then try again.']
      })
    const giveUp = () => drop(signal?.aborted || options.signal?.aborted ? fail('cancelled', 'Cancelled.') : late())
    try {
      return await within(answered, deadlineMs, late, { signal: options.signal, giveUp })
    } catch (error) {
      const failure = mysqlFailure(error, context())
      // The driver has given up, and its stream closes only later.
      if ((error as { fatal?: boolean }).fatal) drop(failure)
      throw failure
    } finally {
      guard.rest()
      if (settle) waiting.delete(settle)
    }
  }

  const signedIn = new Promise<Awaited<ReturnType<typeof connect>>>((resolve, reject) => {
    waiting.add(reject)
    connect()
      .then(resolve, reject)
      .finally(() => waiting.delete(reject))
  })
  let connection: Connection
  let encryption: Encryption
  try {
    const deadlineMs = target.deadlineMs ?? connectDeadlineMs
    const late = () =>
      fail('timeout', `The database at ${label} did not greet within ${deadlineText(deadlineMs)}.`, {
        where: label,
        try: ['Check that the port is the database’s.', 'Look at the server’s load.']
      })
    const made = await within(signedIn, deadlineMs, late, { signal })
    connection = made.connection
    encryption = made.encryption
    await send(connection, pinnedSettings, { deadlineMs, ...(signal ? { signal } : {}) })
  } catch (error) {
    const failure = mysqlFailure(error, context())
    drop(failure)
    throw dropped ?? failure
  }

  return {
    name,
    server,
    connectionId: connection.threadId ?? 0,
    encryption,
    get open() {
      return open
    },
    query: async (sql, values = [], options) => {
      const answer = await send(connection, bindValues(sql, values), options)
      return readResults(answer.rows, answer.fields)[0]?.records() ?? []
    },
    table: async (sql, options) => {
      const answer = await send(connection, sql, options)
      const first = readResults(answer.rows, answer.fields)[0]
      return { columns: first?.columns ?? [], rows: first?.rows ?? [] }
    },
    packet: async (statements, options): Promise<Row[][]> => {
      if (!target.packets)
        throw fail('internal', `The session “${name}” was not opened for several statements in one packet.`)
      let done = 0
      const sql = statements.map((statement) => statement.replace(/;\s*$/, '')).join(';\n')
      try {
        const answer = await send(connection, sql, options, () => {
          done++
        })
        return readResults(answer.rows, answer.fields).map((result) => result.records())
      } catch (error) {
        const failure = mysqlFailure(error, context())
        if (failure.failure.kind === 'timeout' || !open) throw failure
        const place = `Statement ${Math.min(done + 1, statements.length)} of ${statements.length} in the packet failed; the earlier ones have run, the later ones have not.`
        throw new FailureError({ ...failure.failure, why: place }, { cause: failure })
      }
    },
    check: (deadlineMs) => {
      if (open && waiting.size === 0) send(connection, 'DO 1', { deadlineMs }).catch(() => undefined)
    },
    onClose: (listener) => {
      if (open) listeners.add(listener)
      else listener(why)
    },
    close: async () => {
      if (!open) return
      why = 'Siteswap closed the session.'
      const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()))
      connection.end()
      await within(closed, quitDeadlineMs, () => fail('timeout', 'The server did not say goodbye.')).catch(
        () => undefined
      )
      stream.destroy()
      gone()
    },
    destroy: () => drop(fail('cancelled', `The session “${name}” on ${label} was dropped.`, { where: label }))
  }
}
