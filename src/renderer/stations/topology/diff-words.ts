import { consequenceWords, type Difference, type TopologyDiff } from '../../../shared/topology-diff'

const plainWhat = new Set(['value', 'link', 'server', 'direction', 'exists on one side only'])

/** What of what: `sql_mode`, `column shop.stock.quantity: type`. */
export const differenceTitle = (one: Difference): string =>
  plainWhat.has(one.what) ? one.name : `${one.name}: ${one.what}`

export const signIcons = { added: 'plus', removed: 'minus', changed: 'changed', reversed: 'swap' } as const

/** The colour of a difference: what is accepted alarms nobody. */
export const toneOf = (one: Difference): 'dan' | 'att' | 'unk' =>
  one.accepted ? 'unk' : consequenceWords[one.consequence].tone

/** A value on one line. */
export const shortValue = (text: string | null): string => (text === null ? 'nothing' : text.replace(/\n/g, '; '))

/** The names of both sides of a comparison. */
export const sidesOf = (diff: TopologyDiff): readonly [string, string] => [diff.before.name, diff.after.name]

/** All open differences as text, for a ticket. */
export const diffAsText = (diff: TopologyDiff): string =>
  diff.differences
    .filter((one) => one.consequence !== 'expected')
    .map(
      (one) =>
        `${one.sign}\t${differenceTitle(one)}\t${one.server ?? ''}\t${shortValue(one.old)} -> ${shortValue(one.new)}${one.accepted ? `\taccepted: ${one.accepted.reason}` : ''}`
    )
    .join('\n')
