import type { TableDrift, TableVerdict } from '../../src/shared/drift'
import type { CheckInfo, Finding, PreflightResult } from '../../src/shared/finding'
import { at, minutes } from './report-fixture-time'

const check = (id: string, group: CheckInfo['group'], title: string): CheckInfo => ({ id, group, title, why: '' })
const finding = (id: string, verdict: Finding['verdict'], title: string, more: Partial<Finding> = {}): Finding => ({
  check: id,
  server: null,
  side: null,
  verdict,
  title,
  consequence: '',
  evidence: [],
  remedies: [],
  waivable: false,
  waiver: null,
  ...more
})

const quiet: [string, CheckInfo['group'], string][] = [
  ['A01', 'identity', 'The two sides are different servers'],
  ['A04', 'identity', 'Both versions are known and replicate into each other'],
  ['A10', 'identity', 'server_id differs'],
  ['B09', 'bypass', 'No open account without a password'],
  ['C05', 'replication', 'The applier stops at errors instead of skipping them'],
  ['C07', 'replication', 'No replication filter'],
  ['D01', 'binlog', 'The binary log is on, on both sides'],
  ['D02', 'binlog', 'Row format with full row images'],
  ['D05', 'binlog', 'Logs are kept for longer than the move takes'],
  ['E01', 'blockers', 'No transaction is older than 5 s'],
  ['E03', 'blockers', 'No DDL is running'],
  ['F01', 'schema', 'Every table has a primary key'],
  ['F03', 'schema', 'All tables are InnoDB'],
  ['G03', 'variables', 'sql_mode is the same'],
  ['G08', 'variables', 'Character sets and collations are the same'],
  ['H01', 'network', 'The bridge is up in both directions'],
  ['H09', 'network', 'The TTL of shop.example.com is 60 s']
]

/** Twenty checks, one waived. */
export const preflight: PreflightResult = {
  at: at(-minutes(21)),
  tookMs: 4180,
  checks: [
    ...quiet.map(([id, group, title]) => check(id, group, title)),
    check('B01', 'bypass', 'No account can write past the seal'),
    check('E10', 'blockers', 'No backup is running'),
    check('G16', 'variables', 'Time zones agree')
  ],
  findings: [
    ...quiet.map(([id, , title]) => finding(id, 'ok', title)),
    finding('B01', 'stop', 'backup@localhost can write past the seal', {
      server: 'fra-db1',
      side: 'old',
      waivable: true,
      consequence:
        'An account with SUPER can still write to the old server after it is sealed. Such a write would exist on the old side only.',
      evidence: [
        {
          server: 'fra-db1',
          statement: "SELECT user, host, Super_priv FROM mysql.user WHERE Super_priv = 'Y'",
          columns: ['user', 'host', 'Super_priv'],
          answer: [
            ['backup', 'localhost', 'Y'],
            ['root', 'localhost', 'Y']
          ],
          at: at(-minutes(21))
        }
      ],
      waiver: {
        check: 'B01',
        server: 'fra-db1',
        reason: 'The backup timer is stopped for the window; root is used by nobody tonight.',
        by: 'm.keller',
        at: at(-minutes(325))
      }
    }),
    finding('E10', 'warn', 'A long read is expected at 03:30', {
      server: 'fra-db1',
      side: 'old',
      consequence: 'A dump that starts during the hold makes the hold wait.',
      evidence: [
        {
          server: 'fra-db1',
          statement:
            "SELECT EVENT_NAME, STARTS, INTERVAL_VALUE, INTERVAL_FIELD FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'",
          columns: ['EVENT_NAME', 'STARTS', 'INTERVAL_VALUE', 'INTERVAL_FIELD'],
          answer: [['nightly_totals', '2024-01-01 03:30:00', '1', 'DAY']],
          at: at(-minutes(21))
        }
      ]
    }),
    finding('G16', 'unknown', 'The time zone of cron on fra-batch1 could not be read', {
      server: 'fra-batch1',
      side: 'old',
      consequence: 'The account has no shell there. A job may run during the cutover.'
    })
  ]
}

const table = (name: string, rows: number, bytes: number, verdict: TableVerdict): TableDrift => ({
  schema: 'shop',
  table: name,
  estimatedRows: rows,
  bytes,
  verdict
})
const same = (age: number, rechecked = 0): TableVerdict => ({
  kind: 'same',
  at: at(-minutes(age)),
  position: '0-101-48109171',
  rechecked
})
/** Ten tables with their verdicts. */
export const tables: TableDrift[] = [
  table('orders', 48_211_902, 31e9, same(31, 14)),
  table('order_items', 161_004_377, 58e9, same(29, 9)),
  table('payments', 46_870_115, 14e9, same(34)),
  table('coupons', 1_204_990, 0.3e9, same(12)),
  table('stock', 412_380, 0.1e9, same(14, 212)),
  table('carts', 9_401_228, 6e9, {
    kind: 'inconclusive',
    at: at(-minutes(18)),
    why: 'row 880917: it changed at every look, or is too large to be read'
  }),
  table('customers', 11_871_006, 9e9, same(15)),
  table('addresses', 19_210_443, 7e9, same(16)),
  table('import_staging', 2_118_874, 4e9, {
    kind: 'left-out',
    why: 'rows cannot be matched one by one: it has neither a primary key nor a unique key without NULLs'
  }),
  table('prices', 2_410_870, 0.6e9, same(19, 3))
]
