import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serialize } from 'node:v8'
import { comparingSchema, pairing } from '../../src/main/drift/compare-schema'
import { makingJobs } from '../../src/main/drift/jobs'
import { makeKeeping, takeUp } from '../../src/main/drift/keeping'
import type { DriftKeepsake } from '../../src/main/drift/keepsake'
import { makePace } from '../../src/main/drift/pace'
import type { SchemaFacts } from '../../src/main/drift/schema-facts'
import { inSlices, mapped } from '../../src/main/drift/slices'
import { makeTold } from '../../src/main/drift/told'
import type { DriftState } from '../../src/shared/drift'
import { driftPacking, packer } from '../../src/shared/parcel'
import { columnOf, indexOf, tableOf } from '../unit/drift-facts'

/**
 * What the main process does by itself for a server of very many tables, and how long it keeps others waiting meanwhile.
 * `node --import tsx test/bench/drift-many.ts`; `TABLES=100000`, six columns each.
 */
const count = Number(process.env.TABLES ?? 100_000)
const rounds = 5

const factsOf = (): SchemaFacts => ({
  schemas: [],
  objects: [],
  foldsNames: false,
  tables: Array.from({ length: count }, (_, at) =>
    // Each has a comment of its own, so that no two share their columns.
    tableOf(
      ['id', 'a', 'b', 'c', 'd', 'e'].map((name) => columnOf(name, 'varchar(40)', { comment: String(at) })),
      [indexOf('PRIMARY', 'id')],
      {
        schema: `blog${at % 500}`,
        name: `table_${at}`,
        bytes: 16_384 * (1 + (at % 7)),
        updated: at % 3 ? null : '2026'
      }
    )
  )
})

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const bytes: number[] = []
const measured = new Map<string, { took: number[]; held: number[]; late: number[] }>()

/** How long it took, how long others waited at most, and at most but for one time in a hundred. */
const measure = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.enable()
  // It counts from the second time on.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const began = performance.now()
  const result = await work()
  const took = performance.now() - began
  await new Promise((resolve) => setTimeout(resolve, 5))
  delay.disable()
  const seen = measured.get(name) ?? { took: [], held: [], late: [] }
  measured.set(name, seen)
  seen.took.push(took)
  seen.held.push(delay.max / 1e6)
  seen.late.push(delay.percentile(99) / 1e6)
  return result
}

const main = async (): Promise<void> => {
  const [old, fresh] = [factsOf(), factsOf()]
  for (let round = 0; round < rounds; round++) {
    const turns = Array.from({ length: 3_000_000 }, (_, at) => at)
    await measure('nothing but counting: this computer', () => inSlices(mapped(turns, (turn) => turn)))
    const pairs = await measure('pair the tables', () => inSlices(pairing(old, fresh)))
    const objects = await measure('compare the schema', () => inSlices(comparingSchema(pairs, old, fresh, 'old')))
    const jobs = await measure('order of risk', () => inSlices(makingJobs(pairs, { kind: 'never' }, {}, [])))
    for (const { drift } of jobs) drift.verdict = { kind: 'same', at: 1, position: '0-1-123456', rechecked: 0 }
    const pace = makePace()
    const told = makeTold()
    const pack = packer(driftPacking)
    let at = 2
    // As it goes to the window.
    const tell = async (): Promise<DriftState> => {
      at += 1
      const state: DriftState = {
        ...{ kind: 'done', id: '', since: 1, at },
        ...{ progress: pace.progress(jobs), tables: told(jobs), objects }
      }
      bytes.push(serialize(pack('m', state)).length)
      return state
    }
    await measure('tell all of it', tell)
    for (const { drift } of jobs.slice(0, 200)) drift.verdict = { kind: 'same', at: 2, position: '', rechecked: 0 }
    const state = await measure('tell what is new of 200 tables', tell)
    await measure('order of risk, after another', () => inSlices(makingJobs(pairs, state, {}, [])))
    const head = { id: '', since: 1, of: '' }
    const done = jobs.flatMap((job) => {
      if (job.kind !== 'compare') return []
      const { schema, table, verdict } = job.drift
      return [{ schema, table, verdict, definition: job.definition, comparedRows: 1, rows: [] }]
    })
    const earlier: DriftKeepsake = { format: 1, ...head, savedAt: 2, done, open: [] }
    await measure('take up an earlier one', async () => {
      await inSlices(takeUp(jobs, earlier, new Map()))
      return inSlices(makeKeeping(() => {}, head, earlier))
    })
  }
  console.log(`${count} tables, ${count * 6} columns; medians of ${rounds}, ms\n`)
  console.log(
    `to the window: all of it ${bytes[0]} bytes, 200 tables ${bytes[1]}\n\n| work | takes | holds others up at most | p99 |\n|---|---|---|---|`
  )
  for (const [name, { took, held, late }] of measured)
    console.log(`| ${name} | ${median(took).toFixed(0)} | ${median(held).toFixed(1)} | ${median(late).toFixed(1)} |`)
}

void main()
