import type { Move } from '../../../shared/move'
import { consequences, type Difference, type DiffLens } from '../../../shared/topology-diff'

const areas: Difference['area'][] = ['server', 'link', 'bridge', 'dns', 'variable', 'account', 'object', 'extension']
/** More than this nobody reads; how many are left out is told. */
export const mostDifferences = 3000

/** Ids that say in which comparison they were found: a difference accepted between the sites is not accepted over time. */
const idIn = (lens: DiffLens, id: string): string => `${lens.kind}|${id}`

/** Worst first, each once, with the acceptances that still hold: those of the same two values. Pure. */
export const inOrder = (
  found: readonly Difference[],
  lens: DiffLens,
  accepted: Move['accepted']
): { differences: Difference[]; leftOut: number } => {
  const byId = new Map<string, Difference>()
  for (const difference of found) {
    let id = idIn(lens, difference.id)
    // Two findings of one name (an object of two kinds) stay two.
    for (let again = 2; byId.has(id); again += 1) id = `${idIn(lens, difference.id)}|${again}`
    const known = accepted?.find((one) => one.difference === id && one.seen === difference.seen)
    byId.set(id, {
      ...difference,
      id,
      accepted: known ? { reason: known.reason, by: known.by, at: known.at } : null
    })
  }
  const sorted = [...byId.values()].sort(
    (a, b) =>
      consequences.indexOf(a.consequence) - consequences.indexOf(b.consequence) ||
      areas.indexOf(a.area) - areas.indexOf(b.area) ||
      (a.server ?? '').localeCompare(b.server ?? '') ||
      a.name.localeCompare(b.name) ||
      a.what.localeCompare(b.what)
  )
  return { differences: sorted.slice(0, mostDifferences), leftOut: Math.max(0, sorted.length - mostDifferences) }
}
