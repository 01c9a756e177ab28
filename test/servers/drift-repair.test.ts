import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatherRepair } from '../../src/main/drift/gather-repair'
import { type FoldedRun, foldEntry } from '../../src/main/runbook/fold'
import { type RunDeps, startRun } from '../../src/main/runbook/run'
import type { Seen } from '../../src/main/runbook/step'
import { makeReaching } from '../../src/main/runbooks/hands'
import { makeRepairRunbook, repairFactsOf } from '../../src/main/runbooks/repair/make-repair-runbook'
import type { JournalEntry } from '../../src/shared/journal'
import { type DriftPair, startDriftPair } from './own/drift-pair'

const values =
  "CHAR_LENGTH('it''s'), 'it''s \\\\ 😀', X'00FF27', 0.1, 16777217, '2024-03-31 02:30:00.125', 'b', b'101', '{\"a\": [1, \"ß\"]}', 12345678901234.5678"

describe.each(['m1011', 'my97'] as const)('a repair on %s', (flavour) => {
  let pair: DriftPair

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['shop'])
    await pair.follow('new')
    await pair.old.asRoot(
      'CREATE DATABASE shop DEFAULT CHARACTER SET utf8mb4',
      "CREATE TABLE shop.orders (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, a INT, b VARCHAR(40), c VARBINARY(10), d DOUBLE, e FLOAT, f DATETIME(3), g ENUM('a','b'), h BIT(3), i JSON, j DECIMAL(20,4), t TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, s INT AS (a * 2) STORED) DEFAULT CHARSET utf8mb4",
      ...Array.from(
        { length: 6 },
        (_, id) => `INSERT INTO shop.orders (id, a, b, c, d, e, f, g, h, i, j) VALUES (${id}, ${values})`
      ),
      'CREATE TABLE shop.watched (id INT PRIMARY KEY, a INT)',
      'CREATE TRIGGER shop.watching BEFORE UPDATE ON shop.watched FOR EACH ROW SET NEW.a = 1',
      'CREATE TABLE shop.last (id INT PRIMARY KEY)'
    )
    expect(await verdictOf('last')).toMatchObject({ kind: 'same' })
    await pair.new.asRoot(
      'SET SESSION sql_log_bin = 0',
      "UPDATE shop.orders SET b = 'it', c = NULL, d = 0.1000000001, i = NULL WHERE id = 1",
      'DELETE FROM shop.orders WHERE id IN (2, 3)',
      "INSERT INTO shop.orders (id, b) VALUES (18446744073709551615, 'ghost')",
      flavour === 'my97' ? 'SET GLOBAL super_read_only = 1' : 'SET GLOBAL read_only = 1'
    )
  })
  afterAll(async () => {
    await pair?.stop()
  })

  const verdictOf = async (table: string) => {
    for (;;) {
      const state = await pair.compare().done
      if (state.kind !== 'done') throw new Error(JSON.stringify(state))
      const found = state.tables.find((one) => one.table === table)
      if (found && found.verdict.kind !== 'left-out') return found.verdict
    }
  }
  const gather = (table: string) =>
    gatherRepair({ reach: pair.reach, move: pair.move, table, signal: AbortSignal.timeout(60_000) })
  const entries: JournalEntry[] = []
  const deps = (): RunDeps => ({
    write: async (body) => {
      const entry = { at: Date.now(), number: entries.length, body } as unknown as JournalEntry
      entries.push(entry)
      return entry
    },
    reaching: makeReaching(pair.reach),
    now: () => performance.now(),
    onRun: () => {}
  })
  const verify = async (): Promise<Seen> => {
    const verdict = await verdictOf('orders')
    return verdict.kind === 'same' ? { done: true, evidence: 'same' } : { done: false, why: verdict.kind }
  }
  const start = { runId: 'repair-1', operator: 'me', epoch: 1, identities: {} }
  const drifted = { kind: 'differs', rows: 4, kinds: { changed: 1, missing: 2, extra: 1 } }

  it('makes the passive rows like the active ones, byte for byte, without the binary log, and takes it back', async () => {
    expect(await verdictOf('orders')).toMatchObject(drifted)
    const facts = await gather('shop.orders')
    expect(facts).toMatchObject({ server: 'new-db', differing: 4, blockers: [] })
    expect(facts.chunks.flat()).toHaveLength(4)
    const book = makeRepairRunbook(facts, verify)
    const run = await startRun(book, deps(), start).ended
    expect(run.state).toEqual({ kind: 'done' })
    expect(await verdictOf('orders')).toMatchObject({ kind: 'same' })
    const root = await pair.new.root()
    const [roles] = await root.query(
      `SELECT @@global.read_only + 0 AS closed${flavour === 'my97' ? ', @@global.super_read_only + 0 AS sealed' : ''}`
    )
    await root.end()
    expect(roles).toEqual([flavour === 'my97' ? { closed: 1, sealed: 1 } : { closed: 1 }])
    const folded = new Map<string, FoldedRun>()
    for (const entry of entries) foldEntry(folded, entry)
    const resume = folded.get('repair-1')
    if (!resume) throw new Error('the journal holds no run')
    // As after a restart: what was sent is read from the journal, not made anew.
    const kept = repairFactsOf({ ...resume.run, facts: { subject: 'shop.orders' } })
    expect(kept.chunks).toEqual(facts.chunks)
    const undone = await startRun(makeRepairRunbook(kept, verify), deps(), { ...start, epoch: 2, resume, undo: true })
      .ended
    expect(undone.state).toMatchObject({ kind: 'undone' })
    expect(await verdictOf('orders')).toMatchObject(drifted)
  })

  it('leaves a row alone that changed between the look and the repair', async () => {
    const facts = await gather('shop.orders')
    await pair.new.asRoot(
      'SET SESSION sql_log_bin = 0',
      ...(flavour === 'my97' ? ['SET GLOBAL super_read_only = 0'] : []),
      "UPDATE shop.orders SET b = 'moved' WHERE id = 1"
    )
    await startRun(
      makeRepairRunbook(facts, async () => ({ done: true, evidence: 'looked at by hand' })),
      deps(),
      {
        ...start,
        runId: 'repair-2'
      }
    ).ended
    expect(await verdictOf('orders')).toMatchObject({ kind: 'differs', rows: 1, kinds: { changed: 1 } })
  })

  it('refuses a table whose triggers would act, and one where nothing differs', async () => {
    expect((await gather('shop.watched')).blockers).toMatchObject([{ what: 'A trigger would act on the repair.' }])
    expect((await gather('shop.last')).blockers).toMatchObject([{ what: 'There is nothing to repair.' }])
    await expect(gather('shop.nowhere')).rejects.toThrow('does not exist on both sides')
  })
})
