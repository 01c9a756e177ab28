import { randomUUID } from 'node:crypto'
import type { CanaryLedger, CanaryState } from '../../shared/canary'
import { FailureError, fail } from '../../shared/failure'
import { changeRefused } from '../../shared/look-only'
import { databasePair, type Move, type ServerEntry, type SiteSide, serversOf } from '../../shared/move'
import { canarySecret } from '../../shared/secret'
import type { Session } from '../mysql/session'
import type { Reach } from '../reach/reach'
import { type Address, databaseAddress } from '../redirect/database-address'
import { readCommand } from '../redirect/file-commands'
import { fileState, type Towards } from '../redirect/plan-edit'
import { type Acknowledgements, makeAcknowledgements } from './acknowledgements'
import { type CanaryOrder, type HostPath, makeHostPath } from './host-path'
import { closeLedger } from './ledger'
import { canaryAccount } from './sign-in'

const insert = 'INSERT IGNORE INTO siteswap.canary (id, run, host, n, at_us) VALUES (?, ?, ?, ?, ?)'
const count = 'SELECT host, n FROM siteswap.canary WHERE run = ?'

export interface CanaryDeps {
  reach: Reach
  /** Which of the two sites takes writes when it starts. */
  active: SiteSide
  /** Epoch milliseconds. */
  now(): number
  onState(state: CanaryState): void
}

/** A running stream of canary orders. */
export interface Canary {
  readonly run: string
  state(): CanaryState
  /** The applications of this host use the database of this site from now on. */
  redirected(hostId: string, towards: Towards): void
  /** The longest silence between acknowledgements in this span, epoch ms. */
  gapWithin(from: number, to: number): number | null
  /** Resolves when an order that was sent after `since` has been acknowledged. */
  acknowledgedAfter(since: number, deadlineMs: number): Promise<void>
  /** Stops sending, waits for what was sent, counts on both servers and closes the books. */
  stop(graceMs?: number): Promise<CanaryLedger>
}

interface HostRecord {
  entry: ServerEntry
  side: SiteSide
  path: HostPath
  sent: number
  acknowledged: Set<number>
  record: Acknowledgements
}

/** An order is a transaction, as the shop's are: acknowledged when its COMMIT was. After any error nothing of it is left on the session. */
const sendOrder = async (session: Session, run: string, order: CanaryOrder): Promise<void> => {
  const options = { deadlineMs: 20_000 }
  try {
    await session.query('START TRANSACTION', [], options)
    await session.query(insert, [order.id, run, order.host, order.n, Math.round(order.queuedAt * 1000)], options)
    await session.query('COMMIT', [], options)
  } catch (error) {
    if (session.open) await session.query('ROLLBACK', [], options).catch(() => session.destroy())
    throw error
  }
}

/** The hosts canary orders travel from: those chosen, else the old site's hosts whose redirect Siteswap can follow. */
export const canaryHosts = (move: Move): { side: SiteSide; server: ServerEntry }[] => {
  const all = serversOf(move).filter(({ server }) => server.kind !== 'database' && server.ssh.length > 0)
  const chosen = all.filter(({ server }) => move.canary.hosts.includes(server.id))
  if (chosen.length) return chosen
  const follow = all.filter(
    ({ side, server }) => side === 'old' && server.redirect.kind === 'file' && server.kind === 'web'
  )
  return follow.slice(0, 2)
}

/** Starts the stream at the move's rate; rejects when there is no host to send from. */
export const startCanary = (deps: CanaryDeps): Canary => {
  const { reach } = deps
  const { move } = reach
  const databases = databasePair(move)
  const chosen = canaryHosts(move)
  if (!databases || chosen.length === 0)
    throw fail('not-found', 'There is no host from which canary orders could travel.', {
      try: ['Add a web server of the old site with a file redirect, or choose the hosts in the move.']
    })
  for (const { id } of [databases.old, databases.new]) {
    const refusal = changeRefused(move, id)
    if (refusal) throw new FailureError({ ...refusal, why: 'Canary orders are rows that are written to it.' })
  }
  const run = randomUUID()
  const { perSecond } = move.canary
  const record = makeAcknowledgements()
  const waiters = new Set<(order: CanaryOrder) => void>()
  let towards: Towards = deps.active
  let found: CanaryState['found'] = null
  let running = true

  const whereNow = async (side: SiteSide, server: ServerEntry): Promise<Address> => {
    const at = (now: Towards) => databaseAddress(move, { side, server }, databases, now)
    if (server.redirect.kind !== 'file') return at(towards)
    const ssh = await reach.ssh(server.id)
    const file = await ssh.exec(readCommand(server.redirect.path), { deadlineMs: 5000 })
    return at(fileState(file.stdout, server.redirect) ?? towards)
  }
  const hosts: HostRecord[] = chosen.map(({ side, server }) => {
    const acknowledged = new Set<number>()
    const own = makeAcknowledgements()
    const path = makeHostPath(server.id, {
      open: (address, name) =>
        reach.sessionThrough(server.id, address, { user: canaryAccount, secret: canarySecret }, name),
      whereNow: () => whereNow(side, server),
      whereElse: () => databaseAddress(move, { side, server }, databases, towards === 'old' ? 'new' : 'old'),
      send: (session, order) => sendOrder(session, run, order),
      onAcknowledged: (order) => {
        const at = deps.now()
        acknowledged.add(order.n)
        own.add(at, at - order.queuedAt)
        record.add(at, at - order.queuedAt)
        for (const waiter of [...waiters]) waiter(order)
      },
      now: deps.now,
      width: Math.min(8, Math.max(2, Math.ceil((perSecond / chosen.length) * 0.6)))
    })
    return { entry: server, side, path, sent: 0, acknowledged, record: own }
  })

  let turn = 0
  const send = () => {
    const host = hosts[turn++ % hosts.length]
    if (host) host.path.add({ id: randomUUID(), host: host.entry.id, n: ++host.sent, queuedAt: deps.now() })
  }
  const allWaiting = () => hosts.flatMap((host) => host.path.waiting())
  const state = (): CanaryState => {
    const now = deps.now()
    const waiting = allWaiting()
    const oldest = waiting.length ? Math.min(...waiting.map((order) => order.queuedAt)) : null
    const sent = hosts.reduce((sum, host) => sum + host.sent, 0)
    return {
      kind: running ? 'running' : 'off',
      hosts: hosts.map((host) => host.entry.id),
      perSecond,
      sent,
      acknowledged: record.count,
      waiting: running ? waiting.length : 0,
      failed: running ? 0 : sent - record.count,
      found,
      longestGapMs: record.longestGapMs(now, running && waiting.length > 0),
      slots: record.slots(now, oldest),
      at: now
    }
  }
  const sender = setInterval(send, 1000 / perSecond)
  const teller = setInterval(() => deps.onState(state()), 250)

  const numbersOn = async (serverId: string): Promise<Map<string, number[]>> => {
    const session = await reach.session(serverId, 'canary-count')
    const numbers = new Map<string, number[]>()
    for (const row of await session.query(count, [run], { deadlineMs: 30_000 })) {
      const list = numbers.get(row.host ?? '') ?? []
      list.push(Number(row.n))
      numbers.set(row.host ?? '', list)
    }
    return numbers
  }
  /** Counts on both sides, once more while the follower still lacks acknowledged orders. */
  const closing = async (): Promise<CanaryLedger> => {
    const until = deps.now() + 10_000
    for (;;) {
      const [old, fresh] = await Promise.all([numbersOn(databases.old.id), numbersOn(databases.new.id)])
      const books = hosts.map((host) => ({
        host: host.entry.id,
        sent: host.sent,
        acknowledged: host.acknowledged,
        onOld: old.get(host.entry.id) ?? [],
        onNew: fresh.get(host.entry.id) ?? [],
        longestGapMs: host.record.longestGapMs(deps.now(), false)
      }))
      const ledger = closeLedger(books, record.longestGapMs(deps.now(), false))
      if (ledger.total.missing === 0 || deps.now() >= until) return ledger
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  return {
    run,
    state,
    redirected: (hostId, now) => {
      towards = now
      const host = hosts.find((known) => known.entry.id === hostId)
      host?.path.follow(databaseAddress(move, { side: host.side, server: host.entry }, databases, now))
    },
    gapWithin: (from, to) => record.gapWithin(from, to),
    acknowledgedAfter: (since, deadlineMs) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          waiters.delete(waiter)
          reject(
            fail('timeout', `No canary order was acknowledged within ${deadlineMs / 1000} s.`, {
              why: hosts.find((host) => host.path.failure)?.path.failure ?? undefined
            })
          )
        }, deadlineMs)
        const waiter = () => {
          if (deps.now() < since) return
          clearTimeout(limit)
          waiters.delete(waiter)
          resolve()
        }
        waiters.add(waiter)
      }),
    stop: async (graceMs = 5000) => {
      clearInterval(sender)
      const until = deps.now() + graceMs
      while (allWaiting().length > 0 && deps.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
      await Promise.all(hosts.map((host) => host.path.close()))
      clearInterval(teller)
      const ledger = await closing()
      running = false
      found = {
        old: ledger.total.foundOld,
        new: ledger.total.foundNew,
        missing: ledger.total.missing,
        doubled: ledger.total.doubled
      }
      deps.onState(state())
      return ledger
    }
  }
}
