import { describe, expect, it } from 'vitest'
import type { RepairFacts } from '../../src/main/drift/gather-repair'
import { repairStatements } from '../../src/main/drift/repair-statements'
import { repairColumn } from '../../src/main/drift/repair-values'
import { buildReport } from '../../src/main/report/build'
import { reportHtml } from '../../src/main/report/html'
import { reportJson } from '../../src/main/report/json'
import { foldRuns } from '../../src/main/runbook/fold'
import { startRun } from '../../src/main/runbook/run'
import { makeRepairRunbook } from '../../src/main/runbooks/repair/make-repair-runbook'
import { fail } from '../../src/shared/failure'
import type { JournalEntry } from '../../src/shared/journal'
import { moveSchema } from '../../src/shared/move'
import { columnOf } from './drift-facts'

const planted = 'Ada Lovelace; ` DELETE'
const key = '4711000815'

/** A table whose own name looks like a statement. */
const table = {
  into: '`shop`.`cards ``x`',
  columns: [columnOf('id', 'bigint'), columnOf('holder', 'varchar(40)')].map((facts, index) => {
    const column = repairColumn(facts)
    if (!column) throw new Error('the column has no literal')
    return { active: column, passive: column, isKey: index === 0, sameBytes: true }
  })
}
const hex = Buffer.from(planted).toString('hex').toUpperCase()
const row = [key, hex]
const facts: RepairFacts = {
  table: 'shop.cards',
  server: 'new-db',
  superReadOnly: true,
  differing: 3,
  chunks: [
    [
      { active: row, passive: null },
      { active: null, passive: row },
      { active: row, passive: [key, ''] }
    ].flatMap((one) => repairStatements(table, one) ?? [])
  ],
  blockers: [],
  warnings: []
}

/** The report after a repair that was sent (or refused with words that quote the row) and taken back. */
const reportAfter = async (refused: boolean): Promise<{ report: string[]; journal: string }> => {
  const entries: JournalEntry[] = []
  const deps = {
    write: async (body: JournalEntry['body']) => {
      const entry = { seq: entries.length + 1, at: entries.length, mono: 0, prev: '', hash: '', body }
      entries.push(entry)
      return entry
    },
    reaching: {
      sql: async (action: { statements: string[] }) => {
        if (refused && action.statements.some((one) => one.startsWith('INSERT')))
          throw fail('server', 'The server refused a statement.', {
            words: `Duplicate entry '${planted}' for key 'holder'`,
            code: 1062,
            try: []
          })
        return []
      },
      read: async () => [],
      command: async () => ({ code: 0, stdout: '', stderr: '' }),
      look: async () => ({ code: 0, stdout: '', stderr: '' })
    },
    now: () => performance.now(),
    onRun: () => {}
  }
  const book = makeRepairRunbook(facts, async () => ({ done: true, evidence: 'compared again: the same' }))
  const start = { runId: 'r1', operator: 'dba', epoch: 1, identities: {} }
  await startRun(book, deps, start).ended
  const resume = foldRuns(entries).get('r1')
  if (!refused && resume) await startRun(book, deps, { ...start, epoch: 2, resume, undo: true }).ended
  const report = buildReport({
    move: moveSchema.parse({
      format: 'siteswap.move',
      version: 2,
      id: 'shop',
      name: 'Shop',
      createdAt: 1,
      old: { name: 'Frankfurt' },
      new: { name: 'Lisbon' }
    }),
    entries,
    problem: null,
    runs: [...foldRuns(entries).values()].map((folded) => folded.run),
    madeAt: 9000,
    product: 'Siteswap'
  })
  return { report: [reportHtml(report), reportJson(report)], journal: JSON.stringify(entries) }
}

describe('the report of a repair', () => {
  it.each([
    ['that was sent and taken back', false],
    ['that the server refused', true]
  ])('%s holds tables and numbers, and no value of a row', async (_, refused) => {
    const { report, journal } = await reportAfter(refused)
    expect(journal).toContain(hex)
    for (const text of report) {
      expect(text).toContain('shop.cards')
      expect(text).toMatch(/UPDATE `shop`\.`cards ``x` … \/\* 1 row; values are not part of a report \*\//)
      expect(text).toContain('SET SESSION sql_log_bin = 0')
      for (const value of [hex, hex.toLowerCase(), planted, 'Lovelace', key]) expect(text).not.toContain(value)
    }
    expect(report[0]).toContain(refused ? 'The server refused a statement.' : 'Taken back')
  })
})
