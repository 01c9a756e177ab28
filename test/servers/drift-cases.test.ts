import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DriftRun } from '../../src/main/drift/run-drift'
import { type DriftState, driftVerdict, type RowDifference, type TableDrift } from '../../src/shared/drift'
import { driftCases } from './own/drift-cases'
import { type DriftPair, startDriftPair } from './own/drift-pair'

/** A row without a key is told by all it holds, once for each copy; long texts are left away. */
const told = (row: RowDifference): string[] => {
  if (row.copies === undefined) return [`${row.kind} ${Object.values(row.key).join(',')} ${row.columns.join(',')}`]
  const values = Object.values(row.old ?? row.new ?? {}).map((value) =>
    value === null ? '∅' : value.length > 100 ? '' : value
  )
  const text = values.join(',').replace(/^,+/, '…,')
  return Array.from({ length: row.copies }, () => `${row.kind} ${text}`)
}

describe.each(['m1011', 'my97'] as const)('two servers compared on %s', (flavour) => {
  const cases = driftCases
    .filter((one) => !one.only || one.only.includes(flavour))
    .map((one, index) => ({ ...one, table: `case_${index}` }))
  let pair: DriftPair
  let run: DriftRun
  let state: DriftState
  const states: DriftState[] = []

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['shop'])
    for (const side of ['old', 'new'] as const) {
      const root = await pair[side].root()
      try {
        await root.query('CREATE DATABASE shop DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci')
        await root.query('USE shop')
        for (const one of cases) {
          const create = (side === 'new' && one.createNew) || one.create
          for (const statement of [create, ...(one.both ?? []), ...(one[side] ?? [])])
            await root.query(statement.replace(/\bT\b/, one.table))
          await root.query("SET SESSION sql_mode=DEFAULT, time_zone='+00:00'")
        }
      } finally {
        await root.end()
      }
    }
    run = pair.compare({ signal: AbortSignal.timeout(150_000), onChange: (next) => states.push(next) })
    state = await run.done
  })
  afterAll(async () => {
    await pair?.stop()
  })

  const tableOf = (name: string): TableDrift => {
    if (state.kind === 'never') throw new Error('nothing was compared')
    if (state.kind === 'failed') throw new Error(JSON.stringify(state.failure))
    const table = state.tables.find((one) => one.table === name)
    if (!table) throw new Error(`${name} is not in the result`)
    return table
  }

  it.each(cases)('$name', (one) => {
    const { verdict } = tableOf(one.table)
    if (one.expect === null) {
      expect(['inconclusive', 'left-out']).toContain(verdict.kind)
      return
    }
    if (one.expect.length === 0) {
      expect(verdict).toMatchObject({ kind: 'same' })
      return
    }
    expect(verdict).toMatchObject({ kind: 'differs', rows: one.expect.length })
    const rows = run.rowsOf('shop', one.table)
    const wanted = [...one.expect].sort()
    const had = rows.flatMap(told).sort()
    if (wanted.length <= 1000) expect(had).toEqual(wanted)
    else {
      expect(had).toHaveLength(1000)
      expect(wanted).toEqual(expect.arrayContaining(had))
    }
  })

  it('shows both rows of a difference as the servers render them', () => {
    const beyond = cases.find((one) => one.name === 'keys beyond 2^53')
    const changed = run.rowsOf('shop', beyond?.table ?? '').find((row) => row.kind === 'changed')
    expect(changed).toEqual({
      kind: 'changed',
      key: { id: '9007199254740993' },
      old: { id: '9007199254740993', a: '1' },
      new: { id: '9007199254740993', a: '2' },
      columns: ['a']
    })
  })

  it('tells its progress in whole snapshots and ends done', () => {
    expect(state.kind).toBe('done')
    expect(states.at(-1)).toEqual(state)
    expect(states.some((one) => one.kind === 'running' && one.progress.doneTables > 0)).toBe(true)
    expect(driftVerdict(state)).toBe('differs')
    if (state.kind !== 'done') return
    expect(state.progress.doneTables).toBe(state.progress.totalTables)
    expect(state.tables.every((table) => table.schema === 'shop')).toBe(true)
  })
})
