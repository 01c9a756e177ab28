import type { Difference, TopologyDiff } from '../../shared/topology-diff'

const lensWords = { 'old-new': 'old and new site', since: 'since a snapshot', plan: 'plan and reality' } as const

/** `Topology since “before co-masters”`. */
export const diffTitle = (diff: TopologyDiff): string =>
  diff.lens.kind === 'since'
    ? `What changed since “${diff.before.name}”`
    : diff.lens.kind === 'old-new'
      ? `What differs between ${diff.before.name} and ${diff.after.name}`
      : 'What the cutover leaves to be changed'

/** The lens in a few words. */
export const lensName = (diff: TopologyDiff): string => lensWords[diff.lens.kind]

/** `12 open, 3 accepted, 41 expected`. */
export const countWords = (diff: TopologyDiff): string => {
  const accepted = diff.differences.filter((one) => one.accepted).length
  const expected = diff.differences.filter((one) => !one.accepted && one.consequence === 'expected').length
  const open = diff.differences.length - accepted - expected
  return [
    `${open} open`,
    `${accepted} accepted`,
    `${expected} expected`,
    diff.leftOut > 0 ? `${diff.leftOut} more not listed` : null,
    diff.untold.length > 0 ? `${diff.untold.length} not known` : null
  ]
    .filter((part) => part !== null)
    .join(', ')
}

const plainWhat = new Set(['value', 'link', 'server', 'direction', 'exists on one side only'])

/** What of what, and where: `sql_mode`, `column shop.stock.quantity: type`. */
export const differenceTitle = (one: Difference): string =>
  plainWhat.has(one.what) ? one.name : `${one.name}: ${one.what}`
