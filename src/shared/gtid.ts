import { fail } from './failure'

/** Closed interval of transaction numbers. */
export type Interval = readonly [from: bigint, to: bigint]

/** A MySQL GTID set: `uuid` or `uuid:tag` → intervals, sorted, apart. */
export type GtidSet = ReadonlyMap<string, readonly Interval[]>

/** One GTID of MariaDB. */
export interface MariadbGtid {
  domain: bigint
  server: bigint
  sequence: bigint
}

const uuidPattern = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const tagPattern = /^[a-z_][a-z0-9_]{0,31}$/i
const intervalPattern = /^(\d{1,19})(?:-(\d{1,19}))?$/
const maxSequence = 2n ** 63n - 1n

/** Reads a MySQL GTID set with blanks, line breaks, upper case and tags; rejects anything else with kind 'invalid'. */
export const parseGtidSet = (text: string): GtidSet => {
  const found = new Map<string, Interval[]>()
  for (const part of text.replace(/\s+/g, '').split(',')) {
    if (part === '') continue
    const [uuid = '', ...rest] = part.split(':')
    if (!uuidPattern.test(uuid) || rest.length === 0) throw unreadable(text)
    let key = canonicalUuid(uuid)
    for (const piece of rest) {
      const match = intervalPattern.exec(piece)
      if (match) {
        const from = BigInt(match[1] ?? '')
        const to = match[2] === undefined ? from : BigInt(match[2])
        if (from < 1n || to > maxSequence) throw unreadable(text)
        // MySQL itself reads `5-3` as an empty interval.
        if (to < from) continue
        const list = found.get(key)
        if (list) list.push([from, to])
        else found.set(key, [[from, to]])
      } else if (tagPattern.test(piece)) key = `${canonicalUuid(uuid)}:${piece.toLowerCase()}`
      else throw unreadable(text)
    }
  }
  return new Map([...found].map(([key, list]) => [key, merged(list)]))
}

const canonicalUuid = (uuid: string): string =>
  uuid
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const unreadable = (text: string) =>
  fail('invalid', 'A server answered a GTID set that Siteswap cannot read.', { words: text.slice(0, 200) })

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const merged = (intervals: readonly Interval[]): Interval[] => {
  const result: [bigint, bigint][] = []
  for (const [from, to] of [...intervals].sort((a, b) => compare(a[0], b[0]))) {
    const last = result.at(-1)
    if (!last || from > last[1] + 1n) result.push([from, to])
    else if (to > last[1]) last[1] = to
  }
  return result
}

/** Canonical text: sorted by uuid and tag, `uuid:1-3:5`, tags as `uuid:tag:1-3`, no blanks. */
export const formatGtidSet = (set: GtidSet): string =>
  [...set]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, list]) => `${key}:${list.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(':')}`)
    .join(',')

/** All transactions of both. */
export const unionGtidSets = (a: GtidSet, b: GtidSet): GtidSet => {
  const result = new Map(a)
  for (const [key, list] of b) result.set(key, merged([...(result.get(key) ?? []), ...list]))
  return result
}

/** The transactions of `a` that `b` does not hold. */
export const subtractGtidSets = (a: GtidSet, b: GtidSet): GtidSet => {
  const result = new Map<string, readonly Interval[]>()
  for (const [key, list] of a) {
    const rest = subtractIntervals(list, b.get(key) ?? [])
    if (rest.length > 0) result.set(key, rest)
  }
  return result
}

const subtractIntervals = (from: readonly Interval[], minus: readonly Interval[]): Interval[] => {
  const rest: Interval[] = []
  let next = 0
  for (const [start, end] of from) {
    let at = start
    while (next < minus.length && (minus[next]?.[1] ?? 0n) < at) next++
    for (let index = next; index < minus.length && at <= end; index++) {
      const [cutFrom, cutTo] = minus[index] as Interval
      if (cutFrom > end) break
      if (cutFrom > at) rest.push([at, cutFrom - 1n])
      at = cutTo + 1n
    }
    if (at <= end) rest.push([at, end])
  }
  return rest
}

/** True when every transaction of `part` is in `whole`. */
export const containsGtidSet = (whole: GtidSet, part: GtidSet): boolean => subtractGtidSets(part, whole).size === 0

/** How many transactions. */
export const countGtids = (set: GtidSet): bigint => {
  let count = 0n
  for (const list of set.values()) for (const [from, to] of list) count += to - from + 1n
  return count
}

/** Only the transactions that the server with this uuid wrote itself. */
export const gtidsOf = (set: GtidSet, uuid: string): GtidSet =>
  new Map([...set].filter(([key]) => key.split(':')[0] === uuid.toLowerCase()))

const mariadbPattern = /^(\d{1,10})-(\d{1,10})-(\d{1,20})$/

/** Reads a MariaDB position or binlog state: `0-1-100,1-2-7`; a state may name several servers of one domain. */
export const parseMariadbGtids = (text: string): MariadbGtid[] =>
  text
    .replace(/\s+/g, '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const match = mariadbPattern.exec(part)
      if (!match) throw unreadable(text)
      return {
        domain: BigInt(match[1] ?? ''),
        server: BigInt(match[2] ?? ''),
        sequence: BigInt(match[3] ?? '')
      }
    })

/** Canonical text, sorted by domain and server. */
export const formatMariadbGtids = (gtids: readonly MariadbGtid[]): string =>
  [...gtids]
    .sort((a, b) => compare(a.domain, b.domain) || compare(a.server, b.server))
    .map((gtid) => `${gtid.domain}-${gtid.server}-${gtid.sequence}`)
    .join(',')

/** The highest GTID of each domain. */
export const highestByDomain = (gtids: readonly MariadbGtid[]): Map<bigint, MariadbGtid> => {
  const result = new Map<bigint, MariadbGtid>()
  for (const gtid of gtids) {
    const known = result.get(gtid.domain)
    if (!known || known.sequence < gtid.sequence) result.set(gtid.domain, gtid)
  }
  return result
}

/** The GTIDs of `wanted` that a server at `have` has not reached, domain by domain. */
export const missingMariadbGtids = (have: readonly MariadbGtid[], wanted: readonly MariadbGtid[]): MariadbGtid[] => {
  const reached = highestByDomain(have)
  return [...highestByDomain(wanted).values()].filter(
    (gtid) => (reached.get(gtid.domain)?.sequence ?? 0n) < gtid.sequence
  )
}

/** Both positions together: the highest of each domain. */
export const unionMariadbGtids = (a: readonly MariadbGtid[], b: readonly MariadbGtid[]): MariadbGtid[] => [
  ...highestByDomain([...a, ...b]).values()
]

/** True when a server that holds `have` has everything of `wanted`; texts of one flavour. */
export const positionReached = (flavour: 'mysql' | 'mariadb', have: string, wanted: string): boolean =>
  flavour === 'mysql'
    ? containsGtidSet(parseGtidSet(have), parseGtidSet(wanted))
    : missingMariadbGtids(parseMariadbGtids(have), parseMariadbGtids(wanted)).length === 0

/** How many transactions `have` lacks of `wanted`. MariaDB: the distance of the sequence numbers, an upper bound. */
export const positionDistance = (flavour: 'mysql' | 'mariadb', have: string, wanted: string): bigint => {
  if (flavour === 'mysql') return countGtids(subtractGtidSets(parseGtidSet(wanted), parseGtidSet(have)))
  const held = parseMariadbGtids(have)
  const reached = highestByDomain(held)
  return missingMariadbGtids(held, parseMariadbGtids(wanted)).reduce(
    (sum, gtid) => sum + gtid.sequence - (reached.get(gtid.domain)?.sequence ?? 0n),
    0n
  )
}
