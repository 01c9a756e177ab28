import { within } from '../../shared/deadline'
import { fail, failureOf } from '../../shared/failure'
import { type AccountFacts, readAccounts } from '../drift/accounts'
import { type CompareSession, openCompareSession } from '../drift/compare-session'
import { readSchema } from '../drift/read-schema'
import type { SchemaFacts } from '../drift/schema-facts'
import { readSettings, type ServerSettings, type Told } from '../mysql/read-settings'
import type { Reach } from '../reach/reach'
import { fingerprintLike, fingerprintOf } from './password-fingerprint'

/** Everything a comparison knows of one server beside the picture. */
export interface DeepFacts {
  server: string
  at: number
  settings: ServerSettings
  schema: Told<SchemaFacts>
  accounts: Told<AccountFacts[]>
}

export interface DeepOptions {
  schemas: string[]
  /** Also accounts and objects; settings only otherwise. */
  objects: boolean
  deadlineMs: number
  signal: AbortSignal
}

/** Servers without a counterpart are not asked for these, at any moment. */
export const notAsked: { kind: 'untold'; why: string } = {
  kind: 'untold',
  why: 'Only servers of a pair are asked for objects and accounts.'
}

const untold = (error: unknown, late: AbortSignal, deadlineMs: number): { kind: 'untold'; why: string } => {
  const failure = failureOf(error)
  return {
    kind: 'untold',
    why: late.aborted ? `It took more than ${deadlineMs / 1000} s.` : (failure.words ?? failure.what)
  }
}

/** Asks one server; a part that fails is told as such, and nothing outlasts the deadline. Never rejects. */
export const readDeepFacts = async (reach: Reach, server: string, options: DeepOptions): Promise<DeepFacts> => {
  const late = AbortSignal.timeout(options.deadlineMs)
  const signal = AbortSignal.any([options.signal, late])
  const because = (error: unknown) => untold(error, late, options.deadlineMs)
  // A host that swallows packets is given up by this clock, whatever is being opened to it.
  const bounded = <T>(work: Promise<T>): Promise<T> =>
    within(work, options.deadlineMs + 200, () => fail('timeout', `${server} did not answer.`), {
      signal: options.signal
    })
  const [settings, [schema, accounts]] = await Promise.all([
    bounded(settingsOf(reach, server, { deadlineMs: options.deadlineMs, signal })).catch(
      (error: unknown): ServerSettings => {
        const part = because(error)
        return { variables: part, extensions: part, timeZones: part, collations: part }
      }
    ),
    options.objects
      ? bounded(objectsOf(reach, server, options.schemas, signal, because)).catch((error: unknown) => {
          const part = because(error)
          return [part, part] as const
        })
      : Promise.resolve([notAsked, notAsked] as const)
  ])
  return { server, at: Date.now(), settings, schema, accounts }
}

const settingsOf = async (
  reach: Reach,
  server: string,
  ask: { deadlineMs: number; signal: AbortSignal }
): Promise<ServerSettings> => {
  const session = await reach.openSession(server, 'compare', ask)
  try {
    return await readSettings(session, ask)
  } finally {
    await session.close().catch(() => session.destroy())
  }
}

const objectsOf = async (
  reach: Reach,
  server: string,
  schemas: string[],
  signal: AbortSignal,
  because: (error: unknown) => { kind: 'untold'; why: string }
): Promise<readonly [Told<SchemaFacts>, Told<AccountFacts[]>]> => {
  let session: CompareSession
  try {
    session = await openCompareSession(reach, server, signal)
  } catch (error) {
    const part = because(error)
    return [part, part]
  }
  try {
    const schema = await readSchema(session, schemas).then(
      (value): Told<SchemaFacts> => ({ kind: 'read', value }),
      (error: unknown): Told<SchemaFacts> => because(error)
    )
    const accounts = await readAccounts(session).then(
      (read): Told<AccountFacts[]> => (read.kind === 'read' ? { kind: 'read', value: read.accounts } : read),
      (error: unknown): Told<AccountFacts[]> => because(error)
    )
    return [schema, accounts]
  } finally {
    await session.close()
  }
}

/** More tables than this are not kept in a snapshot. */
const mostTables = 20_000

/** What of the facts goes to disk: of a password's hash only a fingerprint, and no catalogue of a hundred thousand tables. */
export const keptFacts = (facts: DeepFacts): DeepFacts => ({
  ...facts,
  schema:
    facts.schema.kind === 'read' && facts.schema.value.tables.length > mostTables
      ? {
          kind: 'untold',
          why: `A snapshot keeps at most ${mostTables} tables; this server has ${facts.schema.value.tables.length}.`
        }
      : facts.schema,
  accounts:
    facts.accounts.kind === 'read'
      ? {
          kind: 'read',
          value: facts.accounts.value.map((account) => ({ ...account, proof: fingerprintOf(account.proof) }))
        }
      : facts.accounts
})

/** Facts of this moment in the form of kept ones, so that the two can be compared. */
export const asKept = (facts: DeepFacts, kept: DeepFacts): DeepFacts => {
  const comparable = keptFacts(facts)
  if (facts.accounts.kind === 'untold') return comparable
  const before = kept.accounts.kind === 'read' ? kept.accounts.value : []
  const prints = new Map(before.map((account) => [account.name, account.proof]))
  return {
    ...comparable,
    accounts: {
      kind: 'read',
      value: facts.accounts.value.map((account) => ({
        ...account,
        proof: fingerprintLike(prints.get(account.name) ?? '', account.proof)
      }))
    }
  }
}
