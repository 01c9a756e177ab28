import { setTimeout as sleep } from 'node:timers/promises'
import { stopWhenCancelled } from './compare-session'
import type { Caught } from './follow'
import { otherSide, type Side } from './table-plan'

/** What a recheck says of each thing that looked different. */
export type Recheck<T> =
  /** Equal at one position, or healed by the next change. */
  | { kind: 'same' }
  /** Twice: the active side stood still and the passive side had something else. */
  | { kind: 'differs'; active: T; passive: T }
  | { kind: 'inconclusive'; why: string }

export interface RecheckPlan<K, T> {
  active: Side
  /** Waits until the passive side has applied what the active side has done. */
  wait(): Promise<Caught>
  signal: AbortSignal
  /** Reads the things on one side, by their ids. */
  read(side: Side, things: K[]): Promise<Map<string, T>>
  id(thing: K): string
  same(a: T, b: T): boolean
  /** How often a thing that moved is looked at again, and how many agreeing looks make a difference. */
  tries: number
  needed: number
}

interface Pending<K> {
  thing: K
  strikes: number
}

/**
 * Reads the active side (a1), waits until the passive side has applied all of it, reads there (b), reads the active
 * side again (a2). b equal to a1 or a2: same. a1 = a2 ≠ b, twice: differs. Anything else is tried again after a growing
 * pause, and in the end called inconclusive.
 */
export const recheck = async <K, T>(things: K[], plan: RecheckPlan<K, T>): Promise<Map<string, Recheck<T>>> => {
  const results = new Map<string, Recheck<T>>()
  let pending: Pending<K>[] = things.map((thing) => ({ thing, strikes: 0 }))
  let lastWhy = 'it changed at every look, or is too large to be read'
  for (let attempt = 0; attempt < plan.tries && pending.length > 0; attempt += 1) {
    stopWhenCancelled(plan.signal)
    // Only what moved needs time; a second look that confirms the first does not.
    const moved = pending.some((entry) => entry.strikes === 0)
    if (attempt > 0) await sleep(moved ? 60 * 2 ** attempt : 20, undefined, { signal: plan.signal }).catch(() => {})
    const keys = pending.map((entry) => entry.thing)
    const before = await plan.read(plan.active, keys)
    const caught = await plan.wait()
    const passive = await plan.read(otherSide(plan.active), keys)
    const after = await plan.read(plan.active, keys)
    if (caught.kind === 'not') lastWhy = caught.why
    const still: Pending<K>[] = []
    for (const entry of pending) {
      const id = plan.id(entry.thing)
      const [a1, b, a2] = [before.get(id), passive.get(id), after.get(id)]
      if (a1 === undefined || b === undefined || a2 === undefined) throw new Error('a read left out a key')
      if (plan.same(b, a1) || plan.same(b, a2)) results.set(id, { kind: 'same' })
      else if (caught.kind === 'caught' && plan.same(a1, a2)) {
        if (entry.strikes + 1 >= plan.needed) results.set(id, { kind: 'differs', active: a2, passive: b })
        else still.push({ ...entry, strikes: entry.strikes + 1 })
      } else still.push(entry)
    }
    // A link that does not run will not catch up by being asked again.
    if (caught.kind === 'not' && attempt >= 1) {
      for (const entry of still) results.set(plan.id(entry.thing), { kind: 'inconclusive', why: caught.why })
      return results
    }
    pending = still
  }
  for (const entry of pending) results.set(plan.id(entry.thing), { kind: 'inconclusive', why: lastWhy })
  return results
}
