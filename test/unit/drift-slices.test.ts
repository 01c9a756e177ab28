import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareSchema, comparingSchema, pairing, pairTables } from '../../src/main/drift/compare-schema'
import { jobsOf, makingJobs } from '../../src/main/drift/jobs'
import type { ColumnFacts, SchemaFacts, TableFacts } from '../../src/main/drift/schema-facts'
import { atOnce, inSlices, mapped, sorted } from '../../src/main/drift/slices'
import { driftLeft } from '../../src/main/engine/drift-left'
import type { DriftLeft } from '../../src/main/engine/live-drift'
import { columnOf, indexOf, tableOf } from './drift-facts'

/** The same numbers in every run. */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const facts = (tables: TableFacts[]): SchemaFacts => ({ schemas: ['shop'], tables, objects: [], foldsNames: false })

describe('work in slices', () => {
  it('lets everybody else have a turn in between', async () => {
    const seen: string[] = []
    const busy = (item: number): void => {
      for (const until = performance.now() + 2; performance.now() < until; );
      seen.push(`item ${item}`)
    }
    const work = inSlices(mapped([1, 2, 3, 4, 5, 6, 7, 8], busy))
    setImmediate(() => seen.push('somebody else'))
    await work
    expect(seen.indexOf('somebody else')).toBeLessThan(seen.indexOf('item 8'))
    expect(seen).toHaveLength(9)
  })

  it('sorts as Array.sort does, whatever the length, equal ones as they came', () => {
    const next = numbers(1)
    for (const length of [0, 1, 199, 200, 201, 400, 401, 1000, 1777]) {
      const items = Array.from({ length }, (_, at) => ({ at, rank: next(40) }))
      const compare = (a: { rank: number }, b: { rank: number }): number => a.rank - b.rank
      expect(atOnce(sorted(items, compare))).toEqual([...items].sort(compare))
    }
  })

  it('gives what is given in one go', async () => {
    const next = numbers(2)
    const tables = (comment: (at: number) => string): TableFacts[] =>
      Array.from({ length: 700 }, (_, at) => ({
        ...tableOf([columnOf('id', 'int')], [indexOf('PRIMARY', 'id')]),
        name: ['Ä', 'a', 'B', 'é', '_'][at % 5] + String(at),
        comment: comment(at),
        bytes: next(5),
        updated: at % 3 ? null : '2026-01-01 00:00:00'
      }))
    const [old, fresh] = [facts(tables(() => '')), facts(tables((at) => (at % 50 ? '' : 'another')).slice(0, 690))]
    const pairs = pairTables(old, fresh)
    const differences = compareSchema(old, fresh, 'old')
    expect(differences).toHaveLength(14 + 10)
    expect(await inSlices(pairing(old, fresh))).toEqual(pairs)
    expect(await inSlices(comparingSchema(pairs, old, fresh, 'old'))).toEqual(differences)
    const named = (jobs: ReturnType<typeof jobsOf>): string[] => jobs.map(({ drift }) => drift.table)
    const jobs = named(jobsOf(pairs, { kind: 'never' }))
    expect(named(await inSlices(makingJobs(pairs, { kind: 'never' }, {}, [])))).toEqual(jobs)
    const risk = ({ updated }: TableFacts): number => (updated ? 1 : 0)
    const inOrder = old.tables
      .map((table, at) => ({ ...table, updated: table.updated ?? fresh.tables[at]?.updated ?? null }))
      .sort((a, b) => risk(b) - risk(a) || b.bytes - a.bytes || a.name.localeCompare(b.name))
    expect(jobs).toEqual(inOrder.map(({ name }) => name))
  })

  it.each<[string, Partial<ColumnFacts>]>([
    ['type', { columnType: 'bigint' }],
    ['can be NULL', { nullable: true }],
    ['default', { default: '7' }],
    ['extra', { extra: 'auto_increment' }],
    ['character set', { charset: 'latin1' }],
    ['collation', { collation: 'latin1_bin' }],
    ['expression', { generation: 'id + 1' }],
    ['comment', { comment: 'the number' }]
  ])('passes over no column that differs: %s', (what, change) => {
    const column = columnOf('id', 'int')
    const table = (one: ColumnFacts): TableFacts => tableOf([one], [indexOf('PRIMARY', 'id')])
    const told = compareSchema(facts([table(column)]), facts([table({ ...column, ...change })]), 'old')
    expect(told.map((one) => one.what)).toEqual([what])
  })

  it('tells the order of columns without regard to case', () => {
    const table = (...names: string[]): TableFacts =>
      tableOf(
        names.map((name) => columnOf(name, 'int')),
        []
      )
    const told = compareSchema(facts([table('Id', 'a', 'B')]), facts([table('b', 'A', 'ID')]), 'old')
    expect(told).toEqual([
      { kind: 'table', name: 'shop.orders', what: 'column order', old: 'id, a, b', new: 'b, a, id' }
    ])
  })

  it('writes findings down as they are read again', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'siteswap-drift-left-'))
    try {
      const left = driftLeft(join(dir, 'drift.json'))
      const kept = {
        schema: 'shop',
        definition: 'd',
        verdict: { kind: 'left-out', why: '"quoted"\n' } as const,
        rows: []
      }
      const keepsake: DriftLeft['keepsake'] = {
        ...{ format: 1, id: 'a', since: 1, savedAt: 2, of: '["x"]' },
        done: ['one', 'two'].map((table) => ({ ...kept, table, comparedRows: 3 })),
        open: []
      }
      const stopped = { server: 'new-db', statement: 'START REPLICA' }
      for (const whole of [
        { keepsake, stopped: null },
        { keepsake: null, stopped },
        { keepsake, stopped }
      ]) {
        await left.write(whole)
        expect(await left.read()).toEqual(whole)
      }
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
})
