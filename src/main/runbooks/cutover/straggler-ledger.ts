import { type Move, serversOf } from '../../../shared/move'
import type { Row } from '../../mysql/session'
import { addressesOf, addressOf } from '../../redirect/connections'

/** An account at an address that was seen on the database that was left. */
export interface Straggler {
  user: string
  address: string
  /** The host of the move it comes from; null: none of them. */
  host: string | null
  /** Connections open at the last look. */
  now: number
  /** Connections that came and went between two looks, as far as the server counts them. */
  passing: number
  /** Monotonic milliseconds. */
  lastSeen: number
}

export interface StragglerLedger {
  /** `rows`: connections now; `totals`: connections ever made per account, where the server counts them. */
  look(rows: readonly Row[], totals: readonly Row[], at: number): void
  all(): Straggler[]
  /** Nobody was seen since then. */
  quietSince(): number | null
  /** True once the server has told its totals: then short connections are seen too. */
  countsShort(): boolean
}

const keyOf = (user: string, address: string): string => `${user}\n${address}`

/** Remembers who was seen and when, look by look. Pure but for its own memory. */
export const makeStragglerLedger = (move: Move): StragglerLedger => {
  const seen = new Map<string, Straggler>()
  let before: Map<string, number> | null = null
  let quietFrom: number | null = null
  const hostAt = (address: string): string | null =>
    serversOf(move).find(({ server }) => addressesOf(server).includes(address))?.server.name ?? null
  const put = (user: string, address: string, at: number, change: (one: Straggler) => Straggler) => {
    const key = keyOf(user, address)
    const known = seen.get(key) ?? { user, address, host: hostAt(address), now: 0, passing: 0, lastSeen: at }
    seen.set(key, { ...change(known), lastSeen: at })
  }
  return {
    look: (rows, totals, at) => {
      for (const [key, one] of seen) seen.set(key, { ...one, now: 0 })
      for (const row of rows)
        put(row.user ?? '', addressOf(row.host ?? ''), at, (one) => ({ ...one, now: one.now + 1 }))
      const counted = new Map<string, number>()
      for (const row of totals) {
        const [user, address, total] = [row.user ?? '', addressOf(row.host ?? ''), Number(row.total ?? 0)]
        counted.set(keyOf(user, address), total)
        const more = total - (before?.get(keyOf(user, address)) ?? (before ? 0 : total))
        if (more > 0 && !seen.get(keyOf(user, address))?.now)
          put(user, address, at, (one) => ({ ...one, passing: one.passing + more }))
      }
      if (totals.length) before = counted
      const anybody = [...seen.values()].some((one) => one.lastSeen === at)
      quietFrom = anybody ? null : (quietFrom ?? at)
    },
    all: () => [...seen.values()].sort((a, b) => b.now - a.now || b.lastSeen - a.lastSeen),
    quietSince: () => quietFrom,
    countsShort: () => before !== null
  }
}

const ago = (ms: number): string => (ms < 1500 ? 'now' : `${Math.round(ms / 1000)} s ago`)

/** `old-web1: shop_app ×3, seen now` */
export const stragglerWords = (one: Straggler, at: number): string => {
  const count = one.now > 0 ? ` ×${one.now}` : ''
  const passing = one.passing > 0 ? `, ${one.passing} short connection${one.passing === 1 ? '' : 's'}` : ''
  const where = one.host ? `${one.host}: ${one.user}` : `${one.user}@${one.address}`
  return `${where}${count}${passing}, seen ${ago(at - one.lastSeen)}`
}
