import type { Report } from '../../src/shared/report'
import { cutover, linkRun, rehearsal } from './report-fixture-runs'
import { at, holdAt, minutes, openAt } from './report-fixture-time'
import { picture } from './report-fixture-topology'
import { preflight, tables } from './report-fixture-verdicts'

/** A finished move with everything a report can hold. */
export const exampleReport = (): Report => ({
  format: 'siteswap.report',
  version: 1,
  madeAt: at(minutes(18)),
  product: 'Siteswap 1.0.0',
  move: { id: 'shop', name: 'shop.example.com', old: 'Frankfurt', new: 'Lisbon', domains: ['shop.example.com'] },
  summary: {
    outcome: 'moved',
    writePauseMs: 2311,
    canaryGapMs: 2318,
    holdAt,
    openAt,
    sentence:
      'shop.example.com moved from Frankfurt to Lisbon. Writes waited 2.31 s. All 28 412 acknowledged canary orders were found exactly once.'
  },
  topologyBefore: picture(false),
  topologyAfter: picture(true),
  preflight,
  drift: {
    kind: 'done',
    id: 'drift-4',
    since: at(-minutes(41)),
    at: at(-minutes(12)),
    progress: {
      doneTables: 9,
      totalTables: 9,
      doneRows: 300_597_311,
      totalRows: 300_597_311,
      rowsPerSecond: 0,
      etaSeconds: null
    },
    tables,
    objects: [
      {
        kind: 'account',
        name: 'backup@localhost',
        what: 'exists on one side only',
        old: 'GRANT RELOAD, SELECT, SUPER ON *.* TO `backup`@`localhost`',
        new: null
      },
      {
        kind: 'index',
        name: 'shop.prices.by_sku',
        what: 'definition',
        old: 'btree (sku)',
        new: 'btree (sku, currency)'
      }
    ]
  },
  runs: [linkRun, rehearsal, cutover],
  undone: [],
  canary: {
    hosts: [
      { host: 'fra-web1', sent: 14_204, acknowledged: 14_203, foundOld: 14_203, foundNew: 14_203, longestGapMs: 2318 },
      { host: 'lis-web1', sent: 14_209, acknowledged: 14_209, foundOld: 14_209, foundNew: 14_209, longestGapMs: 2294 }
    ],
    total: {
      sent: 28_413,
      acknowledged: 28_412,
      foundOld: 28_412,
      foundNew: 28_412,
      missing: 0,
      doubled: 0,
      longestGapMs: 2318
    }
  },
  decisions: [
    {
      at: at(-minutes(325)),
      by: 'm.keller',
      what: 'Waived B01 on fra-db1: The backup timer is stopped for the window; root is used by nobody tonight.'
    },
    { at: at(-8200), by: 'm.keller', what: 'Typed “go Lisbon”: careful mode, budget 10 s.' },
    { at: at(410_000), by: 'm.keller', what: 'Ended 4 stragglers on fra-db1, all read-only.' }
  ],
  journal: {
    entries: 5306,
    headHash: '9f2c41d07be85a6630cf1e94a2b7d85361f0c9ae47d2185b6c03f7e2914ab8d5',
    intact: true,
    problem: null
  }
})
