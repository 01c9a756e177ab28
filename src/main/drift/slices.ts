import { setImmediate } from 'node:timers/promises'

/** Work over long lists: it may rest wherever it yields, and returns its result. */
export type Slices<T> = Generator<void, T>

/** What one slice may take; then everybody else in the process has a turn. */
const sliceMs = 4

/** Does the work in slices, so that a hundred thousand tables hold nobody up. */
export const inSlices = async <T>(work: Slices<T>): Promise<T> => {
  let until = performance.now() + sliceMs
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    if (performance.now() < until) continue
    await setImmediate()
    until = performance.now() + sliceMs
  }
}

/** Does the same work in one go, for short lists. */
export const atOnce = <T>(work: Slices<T>): T => {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** What `make` makes of each, in their order. */
export function* mapped<A, B>(items: Iterable<A>, make: (item: A, index: number) => B): Slices<B[]> {
  const made: B[] = []
  for (const item of items) {
    made.push(make(item, made.length))
    yield
  }
  return made
}

const sortedAtOnce = 200

/** The same order as `Array.sort` gives, equal ones as they came. */
export function* sorted<T extends object>(items: readonly T[], compare: (a: T, b: T) => number): Slices<T[]> {
  let runs: T[][] = []
  for (let from = 0; from < items.length; from += sortedAtOnce) {
    runs.push(items.slice(from, from + sortedAtOnce).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let at = 0; at < runs.length; at += 2) longer.push(yield* merged(runs[at] ?? [], runs[at + 1] ?? [], compare))
    runs = longer
  }
  return runs[0] ?? []
}

function* merged<T extends object>(left: T[], right: T[], compare: (a: T, b: T) => number): Slices<T[]> {
  const both: T[] = []
  let next = 0
  for (const item of left) {
    for (let other = right[next]; other !== undefined && compare(item, other) > 0; other = right[++next]) {
      both.push(other)
      yield
    }
    both.push(item)
    yield
  }
  return both.concat(right.slice(next))
}
