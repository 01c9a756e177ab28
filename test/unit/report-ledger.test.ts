import { expect, it } from 'vitest'
import { buildReport } from '../../src/main/report/build'
import { reportHtml } from '../../src/main/report/html'
import type { JournalBody } from '../../src/shared/journal'
import { moveSchema } from '../../src/shared/move'
import type { Report } from '../../src/shared/report'
import type { Run } from '../../src/shared/runbook'
import { exampleReport } from './report-fixture'

const move = moveSchema.parse({
  ...{ format: 'siteswap.move', version: 2, id: 'shop', name: 'Shop', createdAt: 1 },
  ...{ old: { name: 'Frankfurt' }, new: { name: 'Lisbon' } }
})
const cutover = exampleReport().runs.findLast((run) => run.kind === 'cutover') as Run
const begun = (run: string): JournalBody => ({
  ...{ type: 'run-started', run, kind: 'cutover', title: 'Cutover', epoch: 1, operator: 'dba' },
  ...{ steps: [], facts: {}, identities: {} }
})
const books = (sent: number): JournalBody => {
  const total = { sent, acknowledged: sent, foundOld: sent, foundNew: sent, missing: 0, doubled: 0, longestGapMs: 90 }
  return { type: 'kept', run: null, name: 'canary', document: { hosts: [], total } }
}
const reportOf = (...bodies: JournalBody[]): Report => {
  const entries = bodies.map((body, seq) => ({ seq, at: seq, mono: seq, prev: '', hash: `${seq}`, body }))
  return buildReport({ move, entries, problem: null, runs: [cutover], madeAt: 9000, product: 'Siteswap 9.9.9' })
}

it('proves a switch by its own canary orders, not by those of a rehearsal before or after it', () => {
  const before = [begun('rehearsal-1'), books(78), begun(cutover.id)]
  const open = reportOf(...before)
  expect(open.canary).toBeNull()
  expect(open.summary.sentence).not.toContain('canary orders')
  expect(reportHtml(open)).toContain('their books are not closed yet')
  expect(reportOf(...before, books(311)).canary?.total.sent).toBe(311)
  expect(reportOf(...before, books(311), begun('rehearsal-2'), books(9)).canary?.total.sent).toBe(311)
})
