import {
  containsGtidSet,
  formatMariadbGtids,
  highestByDomain,
  parseGtidSet,
  parseMariadbGtids,
  subtractGtidSets
} from '../../../shared/gtid'
import type { Row } from '../../mysql/session'

/** MariaDB writes its token this far ahead, so that writes until the throw stay below it. */
const ahead = 1_000_000n

/** The token's GTID in the domain the active server writes to, ahead of everything that is in its log. */
export const mariadbToken = (parts: Row): string => {
  const domain = BigInt(parts.domain ?? '0')
  const known = [...parseMariadbGtids(parts.binlog_state ?? ''), ...parseMariadbGtids(parts.replica_pos ?? '')]
  const last = highestByDomain(known).get(domain)?.sequence ?? 0n
  return `${domain}-${parts.server ?? '0'}-${last + ahead}`
}

/** What the new active server must have reached: for MariaDB without what it wrote itself, which it never receives. */
export const positionToReach = (flavour: 'mysql' | 'mariadb', executed: string, toServerId: number): string => {
  if (flavour === 'mysql') return executed.replace(/\s+/g, '')
  return formatMariadbGtids(parseMariadbGtids(executed).filter((gtid) => gtid.server !== BigInt(toServerId)))
}

/** Transactions that stand only in the passive server's log; '' = none. */
export const errantOn = (flavour: 'mysql' | 'mariadb', passive: Row, active: Row): string => {
  if (flavour === 'mysql') {
    const extra = subtractGtidSets(parseGtidSet(passive.executed ?? ''), parseGtidSet(active.executed ?? ''))
    return [...extra.keys()].join(', ')
  }
  const known = new Map(
    parseMariadbGtids(active.binlog_state ?? '').map((gtid) => [`${gtid.domain}-${gtid.server}`, gtid.sequence])
  )
  const replicated = new Map(parseMariadbGtids(active.replica_pos ?? '').map((gtid) => [gtid.domain, gtid.sequence]))
  const extra = parseMariadbGtids(passive.binlog_state ?? '').filter(
    (gtid) =>
      (known.get(`${gtid.domain}-${gtid.server}`) ?? 0n) < gtid.sequence &&
      (replicated.get(gtid.domain) ?? 0n) < gtid.sequence
  )
  return formatMariadbGtids(extra)
}

/** True when the token stands in this server's log or has been applied by it. */
export const hasToken = (flavour: 'mysql' | 'mariadb', position: Row, token: string): boolean => {
  if (flavour === 'mysql') return containsGtidSet(parseGtidSet(position.executed ?? ''), parseGtidSet(token))
  const [wanted] = parseMariadbGtids(token)
  if (!wanted) return false
  return [position.executed, position.replica_pos].some((text) =>
    parseMariadbGtids(text ?? '').some((gtid) => gtid.domain === wanted.domain && gtid.sequence >= wanted.sequence)
  )
}
