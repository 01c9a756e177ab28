import { type Failure, fail } from '../../shared/failure'
import { databasePair, type Move } from '../../shared/move'
import { quoteTable } from '../mysql/identifiers'
import { statementsFor } from '../mysql/statements'
import type { Reach } from '../reach/reach'
import { breathless } from './breath'
import { charsetName } from './canonical'
import { pairTables } from './compare-schema'
import type { CompareSession } from './compare-session'
import { compareTable } from './compare-table'
import { lookAtFollowing } from './follow'
import { keysCondition } from './key-range'
import { openLanes } from './lanes'
import { readSchema } from './read-schema'
import { type RepairPair, type RepairTable, repairStatements } from './repair-statements'
import { isComputed, type RepairColumn, repairColumn } from './repair-values'
import type { TableFacts } from './schema-facts'
import { otherSide, planTable, type Side } from './table-plan'

/** What makes one table of the passive side like the active one. */
export interface RepairFacts {
  table: string
  /** The passive server: the only one that is written to. */
  server: string
  /** It refuses even privileged accounts: opened for the moment of each transaction. */
  superReadOnly: boolean
  /** Rows that differ; more than are mended at once when there are many. */
  differing: number
  chunks: RepairPair[][]
  blockers: Failure[]
  warnings: string[]
}

const rowsPerChunk = 100
const mostBytes = 1_000_000

export interface RepairOptions {
  reach: Reach
  move: Move
  /** `schema.table` */
  table: string
  signal: AbortSignal
}

/** Compares one table and makes the statements for what differs; changes nothing. */
export const gatherRepair = async (options: RepairOptions): Promise<RepairFacts> => {
  const { move, table, signal } = options
  const pair = databasePair(move)
  if (!pair) throw fail('not-found', 'The move has no pair of databases.', { try: ['Pair them on Topology.'] })
  const lanes = await openLanes({ reach: options.reach, oldServer: pair.old.id, newServer: pair.new.id, signal })
  try {
    const sessions = lanes.first()
    const schema = table.slice(0, table.indexOf('.'))
    const [old, fresh] = await Promise.all([readSchema(sessions.old, [schema]), readSchema(sessions.new, [schema])])
    const found = pairTables(old, fresh).find(
      (one) => one.old && `${one.old.schema}.${one.old.name}`.toLowerCase() === table.toLowerCase()
    )
    if (!found?.old || !found.new)
      throw fail('not-found', `${table} does not exist on both sides.`, {
        try: ['Create it first, then compare again.']
      })
    const following = await lookAtFollowing(sessions)
    const passive = otherSide(following.active)
    const facts: RepairFacts = {
      table: `${found.old.schema}.${found.old.name}`,
      server: sessions[passive].server,
      superReadOnly: await isSuperReadOnly(sessions[passive]),
      differing: 0,
      chunks: [],
      blockers: [],
      warnings: ['The statements are kept out of the binary log: servers that follow the passive one do not get them.']
    }
    const refuse = (what: string, why: string): RepairFacts => ({
      ...facts,
      blockers: [{ kind: 'conflict', what, where: table, why, try: ['Mend it by hand, then compare again.'] }]
    })
    const plan = planTable(found.old, found.new)
    if (plan.kind !== 'plan')
      return refuse('This table cannot be repaired row by row.', plan.kind === 'multiset' ? plan.plan.why : plan.why)
    if (plan.plan.reservations.length > 0)
      return refuse('Not all columns of this table can be compared.', plan.plan.reservations.join('; '))
    const sides: Record<Side, TableFacts> = { old: found.old, new: found.new }
    const triggers = (passive === 'old' ? old : fresh).objects.filter(
      (one) =>
        one.kind === 'trigger' &&
        one.schema === sides[passive].schema &&
        one.fields['event object table'] === sides[passive].name
    )
    if (triggers[0]) return refuse('A trigger would act on the repair.', triggers.map((one) => one.name).join(', '))
    const writing = columnsOf(sides[following.active], sides[passive], plan.plan.keyColumns)
    if (!writing) return refuse('A column has values that no statement can hold exactly.', 'Its type is not known.')
    const outcome = await compareTable({
      plan: plan.plan,
      lanes: await lanes.upTo(2),
      following,
      breath: breathless,
      signal,
      rowBytes: found.old.rows > 0 ? found.old.bytes / found.old.rows : 0,
      position: null,
      from: null,
      onRows: () => {},
      onMark: () => {}
    })
    const { verdict } = outcome
    if (verdict.kind === 'inconclusive') return refuse('It is not certain which rows differ.', verdict.why)
    facts.differing = verdict.kind === 'differs' ? verdict.rows : 0
    const target: RepairTable = {
      into: quoteTable(sides[passive].schema, sides[passive].name),
      columns: writing
    }
    const pairs: RepairPair[] = []
    let tooLarge = 0
    for (const place of outcome.places) {
      const key = place.split('\u0001')
      const read = (side: Side): Promise<(string | null)[] | null> =>
        readRow(
          sessions[side],
          plan.plan[side].from,
          keysCondition(plan.plan.key, [key]),
          writing.map((one) => (side === passive ? one.passive : one.active))
        )
      const [active, other] = await Promise.all([read(following.active), read(passive)])
      const statements = repairStatements(target, { active, passive: other })
      if (!statements) continue
      if (statements.statement.length + statements.undo.length > mostBytes) tooLarge += 1
      else pairs.push(statements)
    }
    for (let from = 0; from < pairs.length; from += rowsPerChunk)
      facts.chunks.push(pairs.slice(from, from + rowsPerChunk))
    if (tooLarge > 0)
      facts.warnings.push(`${tooLarge} rows are too large to be written as a statement and are left as they are.`)
    if (facts.differing > pairs.length + tooLarge)
      facts.warnings.push(
        `${facts.differing} rows differ; these are the first ${pairs.length}. Repair again for the rest.`
      )
    if (pairs.length === 0) return refuse('There is nothing to repair.', 'No row differs that a statement could mend.')
    return facts
  } finally {
    await lanes.close()
  }
}

const isSuperReadOnly = async (session: CompareSession): Promise<boolean> => {
  const [row] = await session.rows(statementsFor(session.capabilities).showReadOnly(), 10_000)
  return row?.super_read_only === '1'
}

/** The columns that are written: all but those the server computes. */
const columnsOf = (active: TableFacts, passive: TableFacts, keys: readonly string[]): RepairTable['columns'] | null => {
  const columns: { active: RepairColumn; passive: RepairColumn; isKey: boolean; sameBytes: boolean }[] = []
  for (const column of passive.columns) {
    const twin = active.columns.find((one) => one.name.toLowerCase() === column.name.toLowerCase())
    if (isComputed(column) || !twin) continue
    const [from, to] = [repairColumn(twin), repairColumn(column)]
    if (!from || !to) return null
    columns.push({
      active: from,
      passive: to,
      isKey: keys.some((key) => key.toLowerCase() === column.name.toLowerCase()),
      sameBytes: twin.columnType === column.columnType && charsetName(twin.charset) === charsetName(column.charset)
    })
  }
  return columns
}

const readRow = async (
  session: CompareSession,
  from: string,
  condition: string,
  columns: readonly RepairColumn[]
): Promise<(string | null)[] | null> => {
  const [row] = await session.cells(
    `SELECT ${columns.map((column) => column.read).join(',')} FROM ${from} WHERE ${condition}`
  )
  return row ?? null
}
