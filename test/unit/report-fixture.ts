import type { TableDrift, TableVerdict } from '../../src/shared/drift'
import type { CheckInfo, Finding, PreflightResult } from '../../src/shared/finding'
import type { Report } from '../../src/shared/report'
import type { Action, Run, StepRun } from '../../src/shared/runbook'
import type { LinkStatus, ServerSurvey } from '../../src/shared/server'
import type { Topology, TopologyLink } from '../../src/shared/topology'

/** Sunday 22 November 2026, 03:12:04.318 UTC: the moment of the hold. */
export const holdAt = Date.UTC(2026, 10, 22, 3, 12, 4, 318)
const openAt = holdAt + 2311
const at = (ms: number): number => holdAt + ms
const minutes = (count: number): number => count * 60_000

const sql = (server: string, session: string, ...statements: string[]): Action => ({
  kind: 'sql',
  server,
  session,
  statements,
  onePacket: statements.length > 1,
  changes: true
})

interface StepSketch {
  id: string
  group: string
  title: string
  server: string
  start: number
  ms: number
  actions: Action[]
  evidence: string | null
  state?: StepRun['state']
  pointOfNoReturn?: boolean
}

export const stepOf = (sketch: StepSketch): StepRun => ({
  id: sketch.id,
  group: sketch.group,
  title: sketch.title,
  why: '',
  server: sketch.server,
  actions: sketch.actions,
  undo: { kind: 'nothing' },
  pointOfNoReturn: sketch.pointOfNoReturn ?? false,
  expectMs: null,
  state: sketch.state ?? 'done',
  startedAt: at(sketch.start),
  endedAt: at(sketch.start + sketch.ms),
  ms: sketch.ms,
  evidence: sketch.evidence,
  failure: null,
  progress: null
})

const position = '0-101-48211690,1-102-2207'
const throwStatements = [
  "SELECT IF(@@server_id = 101 AND @@hostname = 'fra-db1', 'same server', 1/0)",
  'SET GLOBAL read_only = 1',
  'UNLOCK TABLES',
  'SET SESSION gtid_domain_id = 101',
  'SET SESSION gtid_seq_no = 900000000000000001',
  "REPLACE INTO siteswap.token (id, position, at_us) VALUES (1, '101-101-900000000000000001', TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)))",
  'SELECT @@global.read_only AS read_only, NULL AS super_read_only'
]

const cutoverSteps: StepRun[] = [
  stepOf({
    id: 'claim',
    group: 'Prepare',
    title: 'Claim',
    server: 'both',
    start: -6114,
    ms: 61,
    actions: [
      sql('fra-db1', 'operate', "SELECT GET_LOCK('siteswap', 0) AS got"),
      sql('lis-db1', 'operate', "SELECT GET_LOCK('siteswap', 0) AS got")
    ],
    evidence: 'both servers are held by run 7'
  }),
  stepOf({
    id: 'reverse-link',
    group: 'Prepare',
    title: 'Reverse link',
    server: 'fra-db1',
    start: -1407,
    ms: 92,
    actions: [
      sql(
        'fra-db1',
        'operate',
        "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 13307, MASTER_USER = 'siteswap_repl', MASTER_PASSWORD = '‹secret:made/replication›', MASTER_USE_GTID = slave_pos",
        'START SLAVE'
      )
    ],
    evidence: 'fra-db1 follows lis-db1: receiver running, applier running'
  }),
  stepOf({
    id: 'arm',
    group: 'Hold',
    title: 'Arm',
    server: 'lis-db1',
    start: -128,
    ms: 12,
    actions: [
      sql(
        'lis-db1',
        'armed',
        "SET @siteswap_w = MASTER_GTID_WAIT('101-101-900000000000000001', 30)",
        'SET GLOBAL read_only = IF(@siteswap_w = 0, 0, 1)'
      )
    ],
    evidence: 'lis-db1 waits for 101-101-900000000000000001'
  }),
  stepOf({
    id: 'hold',
    group: 'Hold',
    title: 'Hold',
    server: 'fra-db1',
    start: 0,
    ms: 3,
    actions: [
      sql(
        'fra-db1',
        'hold',
        'SET SESSION wait_timeout = 3, lock_wait_timeout = 3, net_read_timeout = 3',
        'FLUSH TABLES WITH READ LOCK'
      )
    ],
    evidence: `granted in 3 ms at ${position}`
  }),
  stepOf({
    id: 'catch-up',
    group: 'Hold',
    title: 'Catch up',
    server: 'lis-db1',
    start: 3,
    ms: 1963,
    actions: [sql('lis-db1', 'operate', `SELECT MASTER_GTID_WAIT('${position}', 7) AS waited`)],
    evidence: `reached ${position}`
  }),
  stepOf({
    id: 'verify',
    group: 'Hold',
    title: 'Verify',
    server: 'both',
    start: 1966,
    ms: 298,
    actions: [
      {
        kind: 'app',
        text: 'Compare the 14 tables written in the last hour by count, greatest key and checksum of their tail.'
      }
    ],
    evidence: '14 of 14 tables equal'
  }),
  stepOf({
    id: 'throw',
    group: 'The new side opens by itself',
    title: 'Throw',
    server: 'fra-db1',
    start: 2264,
    ms: 18,
    actions: [sql('fra-db1', 'hold', ...throwStatements)],
    evidence: 'fra-db1 is sealed, the token 101-101-900000000000000001 is the last in its log',
    pointOfNoReturn: true
  }),
  stepOf({
    id: 'promoted',
    group: 'The new side opens by itself',
    title: 'Lisbon open',
    server: 'lis-db1',
    start: 2282,
    ms: 29,
    actions: [{ kind: 'app', text: 'Watch lis-db1 until it takes writes.' }],
    evidence: 'lis-db1 takes writes: read_only = 0'
  }),
  stepOf({
    id: 'redirect',
    group: 'Redirect',
    title: 'Redirect',
    server: 'fra-web1, fra-web2',
    start: 2320,
    ms: 412,
    actions: [
      {
        kind: 'command',
        server: 'fra-web1',
        command:
          "cp -p '/etc/shop/db.ini' '/etc/shop/db.ini.siteswap' && mv '/etc/shop/db.ini.next' '/etc/shop/db.ini' && systemctl reload shop",
        input: null,
        changes: true
      }
    ],
    evidence: 'fra-web1 and fra-web2 have 24 connections on lis-db1 and none on fra-db1'
  }),
  stepOf({
    id: 'dns',
    group: 'DNS',
    title: 'Change shop.example.com',
    server: 'ns1',
    start: 2900,
    ms: 214,
    actions: [
      {
        kind: 'dns',
        domain: 'shop.example.com',
        text: 'update delete shop.example.com A\nupdate add shop.example.com 60 A 203.0.113.80\nsend',
        changes: true
      }
    ],
    evidence: 'ns1 answers 203.0.113.80'
  }),
  stepOf({
    id: 'watch-dns',
    group: 'DNS',
    title: 'Watch DNS',
    server: 'resolvers',
    start: 3114,
    ms: 61_400,
    actions: [{ kind: 'app', text: 'Ask 4 resolvers until all answer the new address.' }],
    evidence: '4 of 4 resolvers answer 203.0.113.80'
  }),
  stepOf({
    id: 'stragglers',
    group: 'Clean up',
    title: 'Stragglers',
    server: 'fra-db1',
    start: 64_600,
    ms: 412_000,
    actions: [
      {
        kind: 'person',
        text: 'The report generator on fra-batch1 still held 4 connections: stop it, then press done.'
      },
      sql('fra-db1', 'operate', 'KILL CONNECTION 48113')
    ],
    evidence: 'no application is connected to fra-db1'
  })
]

const run = (id: string, kind: Run['kind'], title: string, start: number, end: number, steps: StepRun[]): Run => ({
  id,
  kind,
  title,
  epoch: 1,
  operator: 'm.keller on lumen',
  startedAt: at(start),
  endedAt: at(end),
  state: { kind: 'done' },
  steps,
  facts: {},
  decisions: [],
  pause: { holdMs: null, canaryGapMs: null, holdAt: null, openAt: null },
  notes: []
})

const linkRun = run('run-1', 'link', 'Build the bridge', -minutes(2900), -minutes(2898), [
  stepOf({
    id: 'key',
    group: 'Key',
    title: 'Make the tunnel’s key',
    server: 'lis-db1',
    start: -minutes(2900),
    ms: 640,
    actions: [
      {
        kind: 'command',
        server: 'lis-db1',
        command: "ssh-keygen -q -t ed25519 -N '' -C siteswap-bridge -f ~/.siteswap/bridge",
        input: null,
        changes: true
      }
    ],
    evidence: 'SHA256:k3Vw9p0m2s6fN1rQ4bT7yX8zLhJdCgA5eUoIiKnRtWc'
  }),
  stepOf({
    id: 'authorise',
    group: 'Key',
    title: 'Allow it on the old host',
    server: 'fra-db1',
    start: -minutes(2899),
    ms: 210,
    actions: [
      {
        kind: 'command',
        server: 'fra-db1',
        command: 'umask 077; cat >> ~/.ssh/authorized_keys',
        input:
          'restrict,port-forwarding,permitopen="127.0.0.1:3306",permitlisten="127.0.0.1:13307" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKb2 siteswap-bridge\n',
        changes: true
      }
    ],
    evidence: 'the entry stands once in authorized_keys'
  })
])
const rehearsalSteps = [
  stepOf({
    id: 'hold',
    group: 'Hold',
    title: 'Hold',
    server: 'fra-db1',
    start: -minutes(64),
    ms: 3,
    actions: [sql('fra-db1', 'hold', 'FLUSH TABLES WITH READ LOCK')],
    evidence: 'granted in 3 ms'
  }),
  stepOf({
    id: 'let-go',
    group: 'Hold',
    title: 'Let go',
    server: 'fra-db1',
    start: -minutes(64) + 146,
    ms: 2,
    actions: [sql('fra-db1', 'hold', 'UNLOCK TABLES')],
    evidence: 'writes go on after 148 ms'
  })
]
const rehearsal: Run = {
  ...run('run-6', 'rehearsal', 'Rehearsal of the cutover to Lisbon', -minutes(64), -minutes(63), rehearsalSteps),
  pause: { holdMs: 148, canaryGapMs: 171, holdAt: at(-minutes(64)), openAt: at(-minutes(64) + 148) }
}
const cutover: Run = {
  ...run('run-7', 'cutover', 'Cutover to Lisbon', -6114, 476_600, cutoverSteps),
  pause: { holdMs: 2311, canaryGapMs: 2318, holdAt, openAt },
  notes: [
    'One transaction, 0-101-48211690, changed 41 208 rows of shop.prices 0.3 s before the hold; Lisbon applied it in 1.76 s while writes waited.'
  ]
}

const status = (channel: string): LinkStatus => ({
  channel,
  sourceHost: '127.0.0.1',
  sourcePort: 13306,
  sourceServerId: 101,
  sourceUuid: null,
  receiver: 'running',
  applier: 'running',
  receiverError: null,
  applierError: null,
  secondsBehind: 0,
  usesGtid: true,
  configuredDelaySeconds: 0,
  filters: [],
  received: position,
  applied: position,
  raw: {}
})

const survey = (server: string, serverId: number, readOnly: boolean, total: number, when: number): ServerSurvey => ({
  server,
  at: when,
  tookMs: 12,
  identity: {
    flavour: 'mariadb',
    version: '10.11.14-MariaDB-log',
    versionNumbers: [10, 11, 14],
    comment: 'Debian 12',
    uuid: null,
    serverId,
    hostname: server,
    port: 3306,
    datadir: '/var/lib/mysql/',
    key: server
  },
  readOnly,
  superReadOnly: null,
  logBin: true,
  gtid: { executed: position, purged: '', binlogState: position, replicaPos: position },
  binlog: { file: 'binlog.000412', position: 88123 },
  links: [],
  dumpThreads: [],
  connections: { total, limit: 400, byAccount: [] },
  uptimeSeconds: 8_000_000,
  writesTotal: 48_211_690,
  dataBytes: 209_000_000_000,
  variables: {}
})

const link = (source: string, replica: string, lagSeconds: number | null, crossesSites = true): TopologyLink => ({
  id: `${source}-${replica}`,
  source,
  replica,
  state: 'running',
  status: status(''),
  lagSeconds,
  lagHistory: [],
  crossesSites,
  at: holdAt
})

const app = (server: string, side: 'old' | 'new', connections: Record<string, number>): Topology['apps'][number] => ({
  server,
  side,
  kind: 'web',
  reached: true,
  failure: null,
  connections,
  at: holdAt
})

const picture = (after: boolean): Topology => ({
  at: after ? at(480_000) : at(-6200),
  nodes: [
    {
      server: 'fra-db1',
      side: 'old',
      survey: survey('fra-db1', 101, after, after ? 9 : 231, holdAt),
      failure: null,
      writesPerSecond: []
    },
    {
      server: 'fra-db2',
      side: 'old',
      survey: survey('fra-db2', 103, true, 14, holdAt),
      failure: null,
      writesPerSecond: []
    },
    {
      server: 'lis-db1',
      side: 'new',
      survey: survey('lis-db1', 102, !after, after ? 218 : 6, holdAt),
      failure: null,
      writesPerSecond: []
    }
  ],
  links: [
    link('fra-db1', 'lis-db1', 0.21),
    ...(after ? [link('lis-db1', 'fra-db1', 0.2)] : []),
    link('fra-db1', 'fra-db2', 0.05, false)
  ],
  apps: after
    ? [
        app('fra-web1', 'old', { 'lis-db1': 24 }),
        app('fra-web2', 'old', { 'lis-db1': 22 }),
        app('lis-web1', 'new', { 'lis-db1': 86 }),
        app('lis-web2', 'new', { 'lis-db1': 84 })
      ]
    : [
        app('fra-web1', 'old', { 'fra-db1': 112 }),
        app('fra-web2', 'old', { 'fra-db1': 104 }),
        app('lis-web1', 'new', {}),
        app('lis-web2', 'new', {})
      ],
  bridge: { kind: 'up', since: at(-minutes(2890)), roundTripMs: 38.2, supervisor: 'systemd', detail: '', at: holdAt },
  domains: [],
  active: after ? 'lis-db1' : 'fra-db1',
  writable: [after ? 'lis-db1' : 'fra-db1'],
  roundTripMs: { 'fra-db1': 21, 'lis-db1': 44 }
})

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

const preflight: PreflightResult = {
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
const tables: TableDrift[] = [
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
