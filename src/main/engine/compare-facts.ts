import type { ObjectDifference } from '../../shared/drift'
import type { SiteSide } from '../../shared/move'
import type { Difference, UntoldPart } from '../../shared/topology-diff'
import { type AccountFacts, compareAccounts } from '../drift/accounts'
import { compareSchema } from '../drift/compare-schema'
import type { SchemaFacts } from '../drift/schema-facts'
import type { Told } from '../mysql/read-settings'
import { type Comparison, compareSettings } from '../topology/diff/compare-settings'
import { objectDifferences } from '../topology/diff/object-differences'
import { type DeepFacts, notAsked } from './deep-facts'

export interface ComparedFacts {
  differences: Difference[]
  untold: UntoldPart[]
  variables: number
  accounts: number
  objects: number
}

/** What a missing right would show as a difference is told as unknown instead. */
const isUnread = (difference: ObjectDifference): boolean =>
  difference.what === 'text could not be read on either side' ||
  (/^(routine|view|event) definition$|^action statement$/.test(difference.what) && !(difference.old && difference.new))

/** Everything two servers, or two moments of one, differ in beside the picture. `own`: users that Siteswap signs in as. Pure. */
export const compareFacts = (
  old: DeepFacts,
  fresh: DeepFacts,
  kind: Comparison,
  options: { own: readonly string[]; active: SiteSide }
): ComparedFacts => {
  const untold: UntoldPart[] = []
  const both = <T>(part: string, a: Told<T>, b: Told<T>): { old: T; new: T } | null => {
    if (a.kind === 'untold' && a.why === notAsked.why) return null
    if (a.kind === 'untold') untold.push({ server: old.server, part, why: a.why })
    if (b.kind === 'untold' && (kind === 'pair' || a.kind === 'read'))
      untold.push({ server: fresh.server, part, why: b.why })
    return a.kind === 'read' && b.kind === 'read' ? { old: a.value, new: b.value } : null
  }
  const settings = compareSettings(fresh.server, old, fresh, kind)
  const schemas = both('objects', old.schema, fresh.schema)
  const accounts = both('accounts', old.accounts, fresh.accounts)
  const found = [
    ...(schemas ? compareSchema(schemas.old, schemas.new, options.active) : []),
    ...(accounts ? compareAccounts(asRead(accounts.old), asRead(accounts.new)) : [])
  ].filter((one) => kind === 'pair' || one.what !== 'runs on both sides')
  for (const one of found.filter(isUnread))
    untold.push({ server: fresh.server, part: `text of ${one.kind} ${one.name}`, why: 'The account may not read it.' })
  const told = objectDifferences(
    fresh.server,
    found.filter((one) => !isUnread(one)),
    kind,
    {
      own: options.own,
      grantsOf: (name) => (accounts ? grantsOf(accounts.old, accounts.new, name) : null)
    }
  )
  return {
    differences: [...settings.differences, ...told],
    untold: [...settings.untold, ...untold],
    variables: settings.variables,
    accounts: accounts ? accounts.new.length : 0,
    objects: schemas ? countOf(schemas.new) : 0
  }
}

const asRead = (accounts: AccountFacts[]) => ({ kind: 'read' as const, accounts })

/** All grants of an account, one a line, so that what is equal stands beside what is not. */
const grantsOf = (old: AccountFacts[], fresh: AccountFacts[], name: string): { old: string; new: string } | null => {
  const text = (accounts: AccountFacts[]) => accounts.find((account) => account.name === name)?.grants.join('\n')
  const [a, b] = [text(old), text(fresh)]
  return a === undefined || b === undefined ? null : { old: a, new: b }
}

const countOf = (schema: SchemaFacts): number => schema.tables.length + schema.objects.length
