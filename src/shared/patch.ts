/**
 * What turns one value into another. Short names, because hundreds of them travel each second: `v` a new value, `o` changed and
 * removed fields of an object, `a` changed elements of a list of the same length, `s` a list that lost its first and got new last ones.
 */
export type Patch =
  | { v: unknown }
  | { o: Record<string, Patch>; gone?: string[] }
  | { a: [number, Patch][] }
  | { s: number; add: unknown[] }

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** Names come from servers: what every object inherits is not theirs. */
const own = (object: Fields, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null

/** Series of numbers that moved on by one: they are most of what changes in a picture. */
const shiftOf = (before: readonly unknown[], after: readonly unknown[]): Patch | null => {
  if (after.length < 4 || !after.every(isPlain) || !before.every(isPlain)) return null
  for (const lost of [0, 1]) {
    const kept = before.length - lost
    const added = after.length - kept
    if (added < 0 || added > 2) continue
    if (after.slice(0, kept).every((value, index) => value === before[index + lost]))
      return { s: lost, add: after.slice(kept) }
  }
  return null
}

/** What is different between two values of plain data; null: nothing. Pure. */
export const patchOf = (before: unknown, after: unknown): Patch | null => {
  if (before === after) return null
  if (isList(before) && isList(after)) {
    const shift = shiftOf(before, after)
    if (shift) return 's' in shift && shift.s === 0 && shift.add.length === 0 ? null : shift
    if (before.length !== after.length) return { v: after }
    const changed = after.flatMap((value, index): [number, Patch][] => {
      const patch = patchOf(before[index], value)
      return patch ? [[index, patch]] : []
    })
    return changed.length === 0 ? null : { a: changed }
  }
  if (isObject(before) && isObject(after)) {
    const changed: Record<string, Patch> = Object.create(null)
    let any = false
    const present = Object.keys(after).filter((key) => own(after, key) !== undefined)
    for (const key of present) {
      const patch = Object.hasOwn(before, key) ? patchOf(own(before, key), own(after, key)) : { v: own(after, key) }
      if (!patch) continue
      changed[key] = patch
      any = true
    }
    const gone = Object.keys(before).filter((key) => own(before, key) !== undefined && own(after, key) === undefined)
    if (!any && gone.length === 0) return null
    return gone.length > 0 ? { o: changed, gone } : { o: changed }
  }
  return { v: after ?? null }
}

/** The value after a patch; what did not change is the same object as before, so that nothing of it is drawn anew. Pure. */
export function patched<Value>(before: Value, patch: Patch): Value
export function patched(before: unknown, patch: Patch): unknown {
  if ('v' in patch) return patch.v
  if ('s' in patch) return isList(before) ? [...before.slice(patch.s), ...patch.add] : patch.add
  if ('a' in patch) {
    const list = isList(before) ? [...before] : []
    for (const [index, one] of patch.a) list[index] = patched(list[index], one)
    return list
  }
  const next: Record<string, unknown> = isObject(before) ? { ...before } : {}
  for (const key of patch.gone ?? []) delete next[key]
  for (const key of Object.keys(patch.o)) {
    const one = patch.o[key]
    if (!one) continue
    const value = patched(own(next, key), one)
    // Names come from servers: `__proto__` is one like any other.
    if (key === '__proto__')
      Object.defineProperty(next, key, { value, enumerable: true, configurable: true, writable: true })
    else next[key] = value
  }
  return next
}
