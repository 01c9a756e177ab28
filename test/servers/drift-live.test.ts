import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pairTables } from '../../src/main/drift/compare-schema'
import { edgesOf, splitRange } from '../../src/main/drift/edges'
import { openLanes } from '../../src/main/drift/lanes'
import { readSchema } from '../../src/main/drift/read-schema'
import type { DriftRun } from '../../src/main/drift/run-drift'
import { planTable } from '../../src/main/drift/table-plan'
import { statementsFor } from '../../src/main/mysql/statements'
import { type DriftState, driftVerdict } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'
import { makeShop, startWriters, type Writers } from './own/drift-writers'

describe.each(['m1011', 'my97'] as const)('a comparison on %s while customers order', (flavour) => {
  let pair: DriftPair
  let writers: Writers

  const begin = (
    signal: AbortSignal = AbortSignal.timeout(110_000),
    previous: DriftState = { kind: 'never' }
  ): DriftRun => pair.compare({ previous, signal })
  const verdicts = (state: DriftState): Record<string, string> => {
    if (state.kind === 'never' || state.kind === 'failed') throw new Error(JSON.stringify(state))
    return Object.fromEntries(state.tables.map((table) => [table.table, table.verdict.kind]))
  }
  /** Why tables are inconclusive, for whoever reads a failure. */
  const whys = (state: DriftState): string =>
    'tables' in state
      ? state.tables.flatMap(({ table, verdict }) => ('why' in verdict ? [`${table}: ${verdict.why}`] : [])).join('; ')
      : ''
  const allSame = { orders: 'same', order_items: 'same', stock: 'same', carts: 'same', digits: 'same' }
  const onPassive = (...statements: string[]): Promise<void> =>
    pair.new.asRoot('SET SESSION sql_log_bin = 0', ...statements)

  beforeAll(async () => {
    pair = await startDriftPair(flavour)
    await pair.follow('new')
    await makeShop(pair.old, 40_000)
    await pair.new.asRoot('SET GLOBAL read_only = 1')
    writers = await startWriters(pair.old, 3, 25)
  })
  afterAll(async () => {
    await writers?.stop()
    await pair?.stop()
  })

  it('cuts a table whose key has two columns into small ranges, each time anew', async () => {
    const signal = AbortSignal.timeout(30_000)
    const lanes = await openLanes({ reach: pair.reach, oldServer: 'old-db', newServer: 'new-db', signal })
    try {
      const sessions = lanes.first()
      const [old, fresh] = await Promise.all([readSchema(sessions.old, ['shop']), readSchema(sessions.new, ['shop'])])
      const items = pairTables(old, fresh).find((one) => one.old?.name === 'order_items')
      if (!items?.old || !items.new) throw new Error('the table was not found')
      const planned = planTable(items.old, items.new)
      if (planned.kind !== 'plan') throw new Error(planned.kind)
      for (let round = 0; round < 3; round += 1) {
        const parts = await splitRange(sessions.old, planned.plan, 'old', { after: null, upTo: null }, 1000)
        expect(parts.length).toBeGreaterThan(70)
        const edges = await edgesOf(sessions, planned.plan, null, 1000)
        expect((await edges.next(5, sessions)).every((range) => range.upTo !== null)).toBe(true)
      }
    } finally {
      await lanes.close()
    }
  })

  it('finds no difference that is not there, five times in a row', async () => {
    let rechecked = 0
    const before = writers.statements()
    for (let round = 0; round < 5; round += 1) {
      const state = await begin().done
      expect(verdicts(state), whys(state)).toEqual(allSame)
      expect(driftVerdict(state)).toBe('equal')
      if (state.kind === 'done')
        for (const { verdict } of state.tables) if (verdict.kind === 'same') rechecked += verdict.rechecked
    }
    expect(writers.statements() - before).toBeGreaterThan(100)
    expect(rechecked).toBeGreaterThan(0)
  })

  it('finds exactly the rows that drifted', async () => {
    await onPassive(
      "UPDATE shop.orders SET note = 'drifted', changed_at = changed_at WHERE id = 20001",
      'DELETE FROM shop.orders WHERE id = 30000',
      "INSERT INTO shop.orders (id, status, total) VALUES (99000000, 'ghost', 1)",
      'UPDATE shop.order_items SET quantity = 99 WHERE order_id = 25000 AND line_no = 1',
      'UPDATE shop.digits SET n = 5000 WHERE n = 999'
    )
    const run = begin()
    const state = await run.done
    expect(verdicts(state), whys(state)).toEqual({
      ...allSame,
      orders: 'differs',
      order_items: 'differs',
      digits: 'differs'
    })
    expect(driftVerdict(state)).toBe('differs')
    const told = (table: string): string[] =>
      run.rowsOf('shop', table).map((row) => `${row.kind} ${Object.values(row.key).join(',')} ${row.columns.join(',')}`)
    expect(told('orders').sort()).toEqual(['changed 20001 note', 'extra 99000000 ', 'missing 30000 '])
    expect(told('order_items')).toEqual(['changed 25000,1 quantity'])
    expect(told('digits').sort()).toEqual(['extra 5000 ', 'missing 999 '])
  })

  it('says same again once a full row event has healed the row', async () => {
    await onPassive(
      'DELETE FROM shop.orders WHERE id = 99000000',
      'UPDATE shop.order_items SET quantity = (SELECT 1 + 999 % 5) WHERE order_id = 25000 AND line_no = 1',
      'UPDATE shop.digits SET n = 999 WHERE n = 5000',
      "INSERT INTO shop.orders (id, status, total, note) VALUES (30000, 'x', 1, NULL)"
    )
    await pair.old.asRoot("UPDATE shop.orders SET status = 'touched' WHERE id IN (20001, 30000)")
    const state = await begin().done
    expect(verdicts(state), whys(state)).toEqual(allSame)
  })

  it('calls what changes meanwhile inconclusive, never different, when the passive side does not apply', async () => {
    const statements = statementsFor(await pair.reach.capabilities('new-db'))
    const session = await pair.reach.openSession('new-db', 'link')
    for (const statement of statements.stopLink('')) await session.query(statement)
    try {
      const state = await begin().done
      const kinds = verdicts(state)
      expect(kinds.digits).toBe('same')
      expect(kinds.orders).toBe('inconclusive')
      expect(Object.values(kinds)).not.toContain('differs')
      expect(driftVerdict(state)).toBe('inconclusive')
      if (state.kind === 'done') {
        const orders = state.tables.find((table) => table.table === 'orders')
        expect(orders?.verdict).toMatchObject({ why: expect.stringContaining('replication to new-db does not run') })
      }
    } finally {
      for (const statement of statements.startLink('')) await session.query(statement)
      await session.close()
    }
  })

  it('takes no lag for drift when the replica stops and starts again in the middle', async () => {
    const statements = statementsFor(await pair.reach.capabilities('new-db'))
    const session = await pair.reach.openSession('new-db', 'link')
    const say = async (texts: readonly string[]): Promise<void> => {
      for (const text of texts) await session.query(text)
    }
    try {
      let stopping: Promise<void> | null = null
      const run = pair.compare({
        onChange: (state) => {
          if (stopping || state.kind !== 'running' || state.progress.doneRows === 0) return
          stopping = say(statements.stopLink('')).then(async () => {
            await new Promise((resolve) => setTimeout(resolve, 800))
            await say(statements.startLink(''))
          })
        }
      })
      const state = await run.done
      expect(stopping).not.toBeNull()
      await stopping
      expect(Object.values(verdicts(state)), whys(state)).not.toContain('differs')
      expect(verdicts(state).digits).toBe('same')
    } finally {
      await say(statements.startLink('')).catch(() => {})
      await session.close()
    }
    const again = await begin().done
    expect(verdicts(again), whys(again)).toEqual(allSame)
  })

  it('certifies both sides at one position while customers order, and leaves the applier running', async () => {
    const lock = { certify: 'brief-lock' as const }
    const first = pair.compare({ wish: { ...lock, pace: 'auto' } })
    const equal = await first.done
    expect(verdicts(equal), JSON.stringify([whys(equal), first.rowsOf('shop', 'carts')])).toEqual(allSame)
    expect(equal).toMatchObject({ kind: 'done', certificate: { position: expect.stringMatching(/:\d+$/) } })
    if (equal.kind === 'done')
      for (const { verdict } of equal.tables)
        if (verdict.kind !== 'left-out')
          expect(verdict).toMatchObject({ kind: 'same', position: equal.certificate?.position, rechecked: 0 })
    await onPassive('UPDATE shop.digits SET n = 7000 WHERE n = 7', 'DELETE FROM shop.orders WHERE id = 777')
    const run = pair.compare({ wish: lock })
    const differs = await run.done
    expect(verdicts(differs)).toEqual({ ...allSame, digits: 'differs', orders: 'differs' })
    expect(run.rowsOf('shop', 'orders').map((row) => [row.kind, row.key.id])).toEqual([['missing', '777']])
    await onPassive(
      'UPDATE shop.digits SET n = 7 WHERE n = 7000',
      "INSERT INTO shop.orders (id, status, total) VALUES (777, 'x', 1)"
    )
    await pair.old.asRoot("UPDATE shop.orders SET status = 'touched' WHERE id = 777")
    expect(verdicts(await begin().done)).toEqual(allSame)
  })

  it('ends at once when it is stopped, and leaves no session behind', async () => {
    const before = pair.reach.openSessions()
    const stop = new AbortController()
    const run = pair.compare({
      signal: stop.signal,
      onChange: (state) => {
        if (state.kind === 'running' && state.progress.doneRows > 0) stop.abort()
      }
    })
    const state = await run.done
    expect(state).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } })
    expect(pair.reach.openSessions()).toBe(before)
  })

  it('refuses to compare a server with itself', async () => {
    const state = await pair.compare({ newServer: 'old-db', signal: AbortSignal.timeout(20_000) }).done
    expect(state).toMatchObject({ kind: 'failed', failure: { kind: 'identity' } })
  })
})
