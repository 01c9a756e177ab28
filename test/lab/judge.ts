import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RowDataPacket } from 'mysql2/promise'
import type { LedgerLine } from './customers'
import { rootSession } from './database'
import type { ProbeLine } from './prober'
import type { LabState } from './state'
import {
  type LedgerVerdict,
  type OrdersVerdict,
  type ProbeVerdict,
  readLedger,
  readProbes,
  type ServerOrders,
  type Span,
  weighOrders
} from './verdict'

/** Everything the independent judge found; `faults` is empty when all is well. */
export interface Judgement {
  faults: string[]
  ledger: LedgerVerdict
  orders: OrdersVerdict
  probes: ProbeVerdict | null
  /** Tables whose checksum differs between the servers; null when not compared. */
  differingTables: string[] | null
}

export interface JudgePlan {
  /** Servers that must hold every acknowledged order. */
  on?: ('old' | 'new')[]
  /** How long the replica may take to hold them all. */
  catchUpMs?: number
  /** Compare every table's checksum too (nobody may write meanwhile). */
  compareTables?: boolean
  /** How often writes should have changed sides: 1 for a move (the default), 2 when it was reversed. */
  switches?: number
  /** Where to look for the longest gap between acknowledgements; the whole ledger when left out. */
  span?: Span
}

/** Reads the lines of a JSONL file; a half-written last line is left out. */
export function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as T)
}

async function ordersOn(socket: string): Promise<ServerOrders> {
  const session = await rootSession(socket)
  try {
    const [exists] = await session.query<RowDataPacket[]>(
      "SELECT 1 FROM information_schema.tables WHERE table_schema='shop' AND table_name='orders'"
    )
    if (exists.length === 0) return { refs: [], incomplete: [] }
    const [rows] = await session.query<RowDataPacket[]>(
      "SELECT order_ref AS ref FROM shop.orders WHERE order_ref LIKE 'lab-%'"
    )
    const [broken] = await session.query<RowDataPacket[]>(
      `SELECT o.order_ref AS ref FROM shop.orders o LEFT JOIN shop.payments p ON p.order_id = o.id AND p.amount = o.total
       LEFT JOIN shop.order_items i ON i.order_id = o.id WHERE o.order_ref LIKE 'lab-%'
       GROUP BY o.id, o.order_ref HAVING COUNT(p.id) = 0 OR COUNT(i.order_id) = 0`
    )
    return { refs: rows.map((row) => String(row.ref)), incomplete: broken.map((row) => String(row.ref)) }
  } finally {
    await session.end()
  }
}

async function checksums(socket: string): Promise<Map<string, string>> {
  const session = await rootSession(socket)
  try {
    const [tables] = await session.query<RowDataPacket[]>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema='shop' AND table_type='BASE TABLE'"
    )
    const sums = new Map<string, string>()
    for (const { name } of tables) {
      const [rows] = await session.query<RowDataPacket[]>('CHECKSUM TABLE shop.??', [name])
      sums.set(String(name), String(rows[0]?.Checksum))
    }
    return sums
  } finally {
    await session.end()
  }
}

/** One sentence per server, however many orders it is about. */
function grouped(found: { ref: string; side: 'old' | 'new' }[], what: string): string[] {
  return (['old', 'new'] as const).flatMap((side) => {
    const refs = found.filter((entry) => entry.side === side).map((entry) => entry.ref)
    return refs.length > 0 ? [`${side} server, ${refs.length} orders ${what}: ${refs.slice(0, 3).join(', ')}`] : []
  })
}

/** Weighs the ledger and the prober's log against the rows on the servers; never asks the app. */
export async function judgeLab(state: LabState, plan: JudgePlan = {}): Promise<Judgement> {
  if (!state.servers) throw new Error('the lab is not up')
  const { servers } = state
  const switches = plan.switches ?? 1
  const on = plan.on ?? ['old', 'new']
  const lines = readLines<LedgerLine>(state.ledgerPath)
  const ledger = readLedger(lines, plan.span)
  const end = Date.now() + (plan.catchUpMs ?? 30_000)
  let orders: OrdersVerdict
  for (;;) {
    const found: Partial<Record<'old' | 'new', ServerOrders>> = {}
    for (const side of on) found[side] = await ordersOn(servers[side].socket)
    orders = weighOrders(lines, found)
    if (orders.missing.length === 0 || Date.now() > end) break
    await sleep(250)
  }
  const probeLines = readLines<ProbeLine>(state.proberPath)
  const probes = probeLines.length > 0 ? readProbes(probeLines) : null
  let differingTables: string[] | null = null
  // The order processor may still be at work, and its last rows on their way: only a difference that stays is one.
  while (plan.compareTables) {
    const [old, fresh] = await Promise.all([checksums(servers.old.socket), checksums(servers.new.socket)])
    differingTables = [...new Set([...old.keys(), ...fresh.keys()])].filter((name) => old.get(name) !== fresh.get(name))
    if (differingTables.length === 0 || Date.now() > end) break
    await sleep(250)
  }
  const faults = [
    ...grouped(orders.missing, 'acknowledged, but not there'),
    ...grouped(orders.doubled, 'there more than once'),
    ...grouped(orders.incomplete, 'there without its payment or its items'),
    ...grouped(orders.neverAttempted, 'there, but never asked for'),
    ...(probes && probes.switches > switches ? [`writes changed sides ${probes.switches} times, not ${switches}`] : []),
    ...(probes && probes.bothWritable > 0 ? [`both servers were seen writable ${probes.bothWritable} times`] : []),
    ...(differingTables?.map((name) => `table ${name} differs between the servers`) ?? [])
  ]
  return { faults, ledger, orders, probes, differingTables }
}
