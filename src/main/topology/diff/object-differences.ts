import type { ObjectDifference } from '../../../shared/drift'
import type { Consequence, Difference } from '../../../shared/topology-diff'
import type { Comparison } from './compare-settings'
import { makeDifference } from './make-difference'

interface Judged {
  consequence: Consequence
  why: string
}

const nouns: Record<ObjectDifference['kind'], string> = {
  schema: 'schema',
  table: 'table',
  column: 'column',
  index: 'index',
  view: 'view',
  routine: 'routine',
  trigger: 'trigger',
  event: 'event',
  account: 'account'
}

const one = (consequence: Consequence, why: string): Judged => ({ consequence, why })

const missing = (difference: ObjectDifference, kind: Comparison): Judged => {
  const lost = difference.new === null
  const where = kind === 'pair' ? 'on the new server' : 'any more'
  switch (difference.kind) {
    case 'schema':
    case 'table':
      return lost
        ? one('stops', `What uses it fails: it is not there ${where}.`)
        : one('other', kind === 'pair' ? 'Nothing on the old site knows it.' : 'It was made since.')
    case 'column':
      return one('stops', 'Rows have another form: replication can break, and statements that name it fail.')
    case 'index':
      return /^unique/.test(difference.old ?? difference.new ?? '')
        ? one('answers', 'Duplicates are refused on one side only.')
        : one('capacity', 'Statements that used it read whole tables.')
    case 'trigger':
    case 'event':
      return one('answers', lost ? 'What it did is no longer done.' : 'It does something that was not done before.')
    case 'view':
    case 'routine':
      return lost ? one('stops', 'Statements that use it fail.') : one('other', 'Nothing used it so far.')
    case 'account':
      return lost
        ? one('rights', 'Whoever signs in as it is refused.')
        : one('rights', 'Somebody can sign in who could not before.')
    default:
      return difference.kind satisfies never
  }
}

const changed = (difference: ObjectDifference): Judged => {
  const { kind, what } = difference
  if (kind === 'account')
    return what === 'could not be compared'
      ? one('other', 'Nothing is known of the accounts.')
      : one('rights', what === 'grants' ? 'It may do more or less than before.' : 'It signs in with something else.')
  if (what === 'comment') return one('other', 'Only words about it.')
  if (what === 'engine') return one('durability', 'Transactions and crashes are treated differently.')
  if (what === 'column order')
    return one('stops', 'Row events carry columns by position: replication breaks or mixes values.')
  if (what === 'runs on both sides')
    return one('stops', 'It does its work twice: once by itself and once by replication.')
  if (what === 'definer' || what === 'security type')
    return one('rights', 'It runs with the rights of another account, or fails when that is missing.')
  if (what === 'partitions')
    return one('answers', 'Rows can be refused that fit in no partition, and dropping a partition drops other rows.')
  if (kind === 'index')
    return one('capacity', 'Statements find their rows in another way; a unique one refuses other rows.')
  if (what.includes('collation') || what.includes('character set'))
    return one('answers', 'Text compares and sorts differently; joins can fail.')
  return one('answers', 'Statements that use it get other answers.')
}

/** Accounts that Siteswap makes and uses itself. */
const isOwn = (name: string, own: readonly string[]): boolean =>
  /^siteswap/.test(name) || own.includes(name.split('@')[0] ?? '')

/** What the comparison of objects and accounts found, in the words of the diff. `grantsOf` gives the whole text. Pure. */
export const objectDifferences = (
  server: string,
  found: readonly ObjectDifference[],
  kind: Comparison,
  options: { own: readonly string[]; grantsOf?: (name: string) => { old: string; new: string } | null }
): Difference[] =>
  found.map((difference) => {
    const onlyOne =
      (difference.old === null) !== (difference.new === null) && difference.what === 'exists on one side only'
    const judged = onlyOne ? missing(difference, kind) : changed(difference)
    const own = difference.kind === 'account' && kind === 'pair' && isOwn(difference.name, options.own)
    const grants = difference.what === 'grants' ? options.grantsOf?.(difference.name) : null
    const lines = (text: string | null) =>
      difference.kind === 'account' ? (text?.replaceAll('; ', '\n') ?? null) : text
    const definition = /definition|statement|^expression$|^partitions$/.test(difference.what)
    return makeDifference({
      area: difference.kind === 'account' ? 'account' : 'object',
      name: `${nouns[difference.kind]} ${difference.name}`,
      what: difference.what,
      server,
      sign: onlyOne ? (difference.old === null ? 'added' : 'removed') : 'changed',
      old: grants ? grants.old : lines(difference.old),
      new: grants ? grants.new : lines(difference.new),
      isText: definition || difference.kind === 'account',
      consequence: own ? 'expected' : judged.consequence,
      why: own ? 'An account that Siteswap works with: each site has its own.' : judged.why
    })
  })
