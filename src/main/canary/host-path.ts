import { failureOf } from '../../shared/failure'
import type { Session } from '../mysql/session'
import type { Address } from '../redirect/database-address'

export interface CanaryOrder {
  id: string
  host: string
  /** Counts from 1 per host. */
  n: number
  queuedAt: number
}

export interface HostPathDeps {
  /** A session that travels as this host's application does. */
  open(address: Address, name: string): Promise<Session>
  /** The address this host's application uses now. */
  whereNow(): Promise<Address>
  /** The address it would use after a switch: a session there is opened before it is needed, as a warm application has one. */
  whereElse(): Address | null
  send(session: Session, order: CanaryOrder): Promise<void>
  onAcknowledged(order: CanaryOrder): void
  now(): number
  width: number
}

/** The way of one host's orders: a few sessions, orders kept until they are acknowledged, the address followed when writes are refused or the line is lost. */
export interface HostPath {
  add(order: CanaryOrder): void
  /** Told from outside that the application has a new address. */
  follow(address: Address): void
  /** Orders not acknowledged, oldest first. */
  waiting(): CanaryOrder[]
  readonly failure: string | null
  close(): Promise<void>
}

const readOnlyCodes = new Set<string | number | undefined>([
  1290,
  1836,
  '1290',
  '1836',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE'
])
const sameAddress = (one: Address | null, other: Address): boolean =>
  one?.host === other.host && one.port === other.port
const retryMs = 40
const sparesPerHost = 2
const moved = Symbol('the application was told another address')

/** Opens lazily: the first order opens the first session. */
export const makeHostPath = (host: string, deps: HostPathDeps): HostPath => {
  const queue: CanaryOrder[] = []
  const flying = new Set<CanaryOrder>()
  const sessions = new Set<Session>()
  const sleepers = new Set<() => void>()
  const movers = new Set<(now: Address) => void>()
  let closed = false
  let address: Address | null = null
  let looking: Promise<Address> | null = null
  let told: (now: Address) => void = () => {}
  let failure: string | null = null

  const nap = (ms: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        sleepers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      sleepers.add(wake)
    })
  const wakeAll = () => {
    for (const wake of [...sleepers]) wake()
  }
  /** What an order waits for at an address, given up when its application is told another one: it is sent again there, under the same id. */
  const untilMoved = <T>(work: Promise<T>, from: Address): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        movers.delete(mover)
        finish()
      }
      const mover = (now: Address) => {
        if (!sameAddress(from, now)) settle(() => reject(moved))
      }
      movers.add(mover)
      work.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error))
      )
    })
  const look = (): Promise<Address> => {
    looking ??= new Promise<Address>((resolve, reject) => {
      told = resolve
      deps.whereNow().then(resolve, reject)
    })
      .then((found) => {
        address = found
        return found
      })
      .finally(() => {
        looking = null
      })
    return looking
  }

  const worker = async (index: number): Promise<void> => {
    let session: Session | null = null
    let at: Address | null = null
    let spare: { session: Session; at: Address } | null = null
    let spareAsked = false
    const drop = () => {
      if (session) {
        sessions.delete(session)
        session.destroy()
      }
      session = null
    }
    const openSpare = async (): Promise<void> => {
      const elsewhere = deps.whereElse()
      if (index >= sparesPerHost || spareAsked || !elsewhere || sameAddress(at, elsewhere)) return
      spareAsked = true
      const opened = await deps.open(elsewhere, `canary-${host}-${index}-spare`)
      sessions.add(opened)
      if (closed) opened.destroy()
      else spare = { session: opened, at: elsewhere }
    }
    const openAt = async (where: Address): Promise<Session> => {
      const ready = spare
      if (ready && sameAddress(ready.at, where)) {
        spare = null
        if (ready.session.open) return ready.session
      }
      return deps.open(where, `canary-${host}-${index}`)
    }
    const deliver = async (order: CanaryOrder): Promise<void> => {
      for (let wait = retryMs; !closed; wait = Math.min(wait * 1.5, 500)) {
        try {
          const now: Address = address ?? (await look())
          if (session && (!session.open || !sameAddress(at, now))) drop()
          if (!session) {
            at = now
            session = await openAt(now)
            sessions.add(session)
          }
          await untilMoved(deps.send(session, order), now)
          flying.delete(order)
          failure = null
          void openSpare().catch(() => undefined)
          return deps.onAcknowledged(order)
        } catch (error) {
          if (error === moved) {
            drop()
            continue
          }
          const seen = failureOf(error)
          failure = seen.words ? `${seen.what} ${seen.words}` : seen.what
          if (!readOnlyCodes.has(seen.code)) drop()
          if (closed) return
          await look().catch(() => undefined)
          if (sameAddress(at, address ?? { host: '', port: 0 }))
            await nap(readOnlyCodes.has(seen.code) ? retryMs : wait)
        }
      }
    }
    while (!closed) {
      const order = queue.shift()
      if (!order) {
        await nap(60_000)
        continue
      }
      flying.add(order)
      await deliver(order)
    }
    await Promise.all(
      [...sessions]
        .filter((one) => one === session || one === spare?.session)
        .map((one) => one.close().catch(() => undefined))
    )
  }
  const workers = Array.from({ length: deps.width }, (_, index) => worker(index))

  return {
    add: (order) => {
      queue.push(order)
      wakeAll()
    },
    follow: (now) => {
      address = now
      // What is being read now was written before; nobody waits for it any more.
      told(now)
      for (const mover of [...movers]) mover(now)
      wakeAll()
    },
    waiting: () => [...flying, ...queue].sort((a, b) => a.n - b.n),
    get failure() {
      return failure
    },
    close: async () => {
      closed = true
      wakeAll()
      const limit = setTimeout(() => {
        for (const session of sessions) session.destroy()
      }, 2000)
      await Promise.all(workers)
      clearTimeout(limit)
    }
  }
}
