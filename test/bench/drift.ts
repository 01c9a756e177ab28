/**
 * npm run bench:drift -- [--rows N] [--wide N] [--rounds N] [--no-peer] [--case NAME…]
 * A comparison beside its floor (one full-scan CRC per server at the same moment) and beside its peer (pt-table-checksum
 * and pt-table-sync), in alternation in one run, medians. Full size: --rows 5000000 --wide 1000000.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Connection } from 'mysql2/promise'
import { startDrift } from '../../src/main/drift/run-drift'
import { makeReach } from '../../src/main/reach/make-reach'
import type { DriftWish } from '../../src/shared/drift-wish'
import { runCommand } from '../lab/run-command'
import { type DriftPair, driftPassword, moveOf, startDriftPair } from '../servers/own/drift-pair'
import { delayRelays } from './delay-relays'
import { steadyLoad, type Times } from './drift-load'
import { ensureToolkit, type PeerPair, peerChecksum, peerSync } from './drift-peer'
import { type BenchTable, fillTable, floorOf, narrow, wide } from './drift-tables'

const flag = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const rows = flag('rows', 200_000)
const wideRows = flag('wide', Math.ceil(rows / 5))
const rounds = flag('rounds', 5)
const withPeer = !process.argv.includes('--no-peer')
const from = process.argv.indexOf('--case')
const only = from < 0 ? [] : process.argv.slice(from + 1).filter((word) => !word.startsWith('--'))
const wanted = (name: string): boolean => only.length === 0 || only.includes(name)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576)
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

interface Ours {
  ms: number
  found: number
}

interface Bench {
  pair: DriftPair
  roots: Connection[]
  toolkit: string | null
  /** The highest memory seen and the delays of the event loop while comparisons ran. */
  most: { rss: number; heap: number }
  /** Resident before the first comparison: Node, its loader and this program. */
  before: number
  delay: ReturnType<typeof monitorEventLoopDelay>
}

const ours = async (
  bench: Bench,
  table: string,
  wish: DriftWish = {},
  ports?: { old: number; new: number }
): Promise<Ours> => {
  const move = ports ? moveOf(ports, ['bench']) : bench.pair.move
  const reach = ports
    ? makeReach({ move, secrets: { get: async () => driftPassword }, askHostKey: null })
    : bench.pair.reach
  const memory = setInterval(() => {
    const { rss, heapUsed, external } = process.memoryUsage()
    bench.most.rss = Math.max(bench.most.rss, rss)
    bench.most.heap = Math.max(bench.most.heap, heapUsed + external)
  }, 50)
  bench.delay.enable()
  const began = performance.now()
  const state = await startDrift({
    reach,
    move,
    oldServer: 'old-db',
    newServer: 'new-db',
    previous: { kind: 'never' },
    signal: AbortSignal.timeout(3_600_000),
    onChange: () => {},
    wish: { only: [`bench.${table}`], ...wish }
  }).done
  const ms = performance.now() - began
  bench.delay.disable()
  clearInterval(memory)
  if (ports) await reach.close()
  if (state.kind !== 'done') throw new Error(JSON.stringify(state))
  const verdict = state.tables.find((one) => one.table === table)?.verdict
  if (verdict?.kind !== 'same' && verdict?.kind !== 'differs') throw new Error(JSON.stringify(verdict))
  return { ms, found: verdict.kind === 'same' ? 0 : verdict.rows }
}

const peerOf = (table: string, ports: { old: number; new: number }, replicas: string): PeerPair => ({
  user: 'reader',
  password: driftPassword,
  oldPort: ports.old,
  newPort: ports.new,
  table,
  replicas
})

/** Tells the peer where the replica is: it reads that from a table. */
const nameReplica = (pair: DriftPair, table: string, port: number): Promise<unknown> =>
  pair.old.asRoot(
    `CREATE TABLE percona.${table} (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id INT, dsn VARCHAR(255) NOT NULL)`,
    `INSERT INTO percona.${table} (dsn) VALUES ('h=127.0.0.1,P=${port},u=reader,p=${driftPassword}')`
  )

const oneCase = async (
  bench: Bench,
  name: string,
  table: BenchTable,
  options: { expected: number; sync: boolean; limits: string }
): Promise<void> => {
  const times: Record<'floor' | 'ours' | 'peer', number[]> = { floor: [], ours: [], peer: [] }
  let peerFound = 'not asked'
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(await floorOf(bench.roots, table))
    const told = await ours(bench, table.name)
    if (told.found !== options.expected) throw new Error(`${name}: told ${told.found} of ${options.expected} rows`)
    times.ours.push(told.ms)
    if (!bench.toolkit) continue
    const { old, new: fresh } = bench.pair
    const pair = peerOf(table.name, { old: old.port, new: fresh.port }, 'dsns')
    const checksum = await peerChecksum(bench.toolkit, pair)
    const sync = options.sync ? await peerSync(bench.toolkit, pair) : null
    times.peer.push(checksum.ms + (sync?.ms ?? 0))
    peerFound = sync ? `${sync.found} rows` : `${checksum.found} chunks`
  }
  const [floor, own, peer] = [median(times.floor), median(times.ours), median(times.peer)]
  console.log(
    `${name.padEnd(34)} ${seconds(own).padStart(9)}  ÷ floor ${(own / floor).toFixed(2).padStart(6)}  ÷ peer ${(own / peer).toFixed(2).padStart(5)}   (${options.limits}; floor ÷ peer ${(floor / peer).toFixed(2)}; exact: ${options.expected} rows, peer: ${peerFound})`
  )
}

const far = async (bench: Bench): Promise<void> => {
  const relay = await delayRelays(bench.pair, 40)
  try {
    const times: Record<'near' | 'far' | 'peer', number[]> = { near: [], far: [], peer: [] }
    await nameReplica(bench.pair, 'dsns_far', relay.ports.new)
    for (let round = 0; round < rounds; round += 1) {
      times.near.push((await ours(bench, 'narrow')).ms)
      times.far.push((await ours(bench, 'narrow', {}, relay.ports)).ms)
      if (!bench.toolkit) continue
      times.peer.push((await peerChecksum(bench.toolkit, peerOf('narrow', relay.ports, 'dsns_far'))).ms)
    }
    const [near, away, peer] = [median(times.near), median(times.far), median(times.peer)]
    console.log(
      `${'clean at 80 ms round trip'.padEnd(34)} ${seconds(away).padStart(9)}  ÷ 0 ms ${(away / near).toFixed(2).padStart(7)}  ÷ peer ${(away / peer).toFixed(2).padStart(5)}   (≤ 3, ≤ 0.4)`
    )
  } finally {
    relay.stop()
  }
}

const underLoad = async (bench: Bench): Promise<void> => {
  for (const side of ['old', 'new'] as const)
    await bench.pair[side].asRoot(
      'SET SESSION sql_log_bin = 0',
      'USE bench',
      'CREATE OR REPLACE TABLE bench.served (id INT PRIMARY KEY, hits INT NOT NULL)',
      'INSERT INTO bench.served SELECT seq, 0 FROM seq_1_to_1000'
    )
  const load = await steadyLoad(bench.pair.old, 200, rows)
  // In use the passive server has a computer of its own: here it gets what the source and its customers leave.
  const schedule = (policy: string) =>
    runCommand(['chrt', '--all-tasks', policy, '--pid', '0', String(bench.pair.new.pid)], { deadlineMs: 10_000 })
  await schedule('--idle')
  try {
    const times: Record<'alone' | 'gentle' | 'full', Times[]> = { alone: [], gentle: [], full: [] }
    for (let round = 0; round < rounds; round += 1) {
      await load.times()
      const { ms } = await ours(bench, 'narrow', { pace: 'gentle' })
      times.gentle.push(await load.times())
      // As long, because what the disk does now and then is in a long stretch and not in a short one.
      await new Promise((resolve) => setTimeout(resolve, ms))
      times.alone.push(await load.times())
      await ours(bench, 'narrow', { pace: 'full' })
      times.full.push(await load.times())
    }
    const of = (pace: keyof typeof times, kind: keyof Times): number => median(times[pace].map((one) => one[kind]))
    const more = (pace: keyof typeof times): string =>
      (['median', 'mean', 'p99'] as const)
        .map((kind) => `${((of(pace, kind) / of('alone', kind) - 1) * 100).toFixed(0)} % (${kind})`)
        .join(', ')
    console.log(
      `customers’ statements (200/s)       ${of('alone', 'median').toFixed(2)} ms alone (mean ${of('alone', 'mean').toFixed(2)}, p99 ${of('alone', 'p99').toFixed(2)}), slower by ${more('gentle')} in gentle mode (< 10 %), by ${more('full')} with the throttle off`
    )
  } finally {
    await load.stop()
    await schedule('--other')
  }
}

const growth = async (bench: Bench): Promise<void> => {
  console.log('\nrows against time (clean, narrow)')
  const points: { rows: number; ms: number }[] = []
  for (let size = 10_000; size <= rows; size *= 10) {
    for (const side of ['old', 'new'] as const) await fillTable(bench.pair[side], narrow, size)
    const times: number[] = []
    for (let round = 0; round < 3; round += 1) times.push((await ours(bench, 'narrow')).ms)
    points.push({ rows: size, ms: median(times) })
  }
  const most = Math.max(...points.map((point) => point.ms))
  for (const point of points)
    console.log(
      `${String(point.rows).padStart(9)}  ${seconds(point.ms).padStart(9)}  ${'█'.repeat(Math.max(1, Math.round((point.ms / most) * 60)))}  ${((point.ms / point.rows) * 1000).toFixed(2)} µs/row`
    )
}

const main = async (): Promise<void> => {
  const buffer = Math.max(256, Math.ceil((rows * 260 + wideRows * 420) / 1_000_000) + 200)
  const pair = await startDriftPair('m1011', ['bench'], [`innodb-buffer-pool-size=${buffer}M`, 'max-connections=300'])
  const bench: Bench = {
    pair,
    roots: [],
    toolkit: null,
    most: { rss: 0, heap: 0 },
    before: 0,
    delay: monitorEventLoopDelay({ resolution: 5 })
  }
  try {
    console.log(
      `${rows} narrow rows, ${wideRows} wide rows, median of ${rounds}, both servers and the engine on this computer\n`
    )
    await pair.follow('new')
    await pair.old.asRoot('CREATE DATABASE percona')
    await nameReplica(pair, 'dsns', pair.new.port)
    for (const side of ['old', 'new'] as const) {
      await fillTable(pair[side], narrow, rows)
      if (wanted('wide')) await fillTable(pair[side], wide, wideRows)
      bench.roots.push(await pair[side].root())
    }
    if (withPeer) bench.toolkit = await ensureToolkit(console.log)
    bench.before = process.memoryUsage().rss
    const drifted = async (
      table: BenchTable,
      count: number,
      random: boolean,
      work: (found: number) => Promise<void>
    ): Promise<void> => {
      const fresh = await pair.new.root()
      try {
        await fresh.query('SET SESSION sql_log_bin = 0')
        const [answer] = await fresh.query(table.drift(count, rows, random))
        await work((answer as { affectedRows: number }).affectedRows)
        await fresh.query(table.heal)
      } finally {
        await fresh.end()
      }
    }
    if (wanted('clean'))
      await oneCase(bench, 'clean, narrow rows', narrow, { expected: 0, sync: false, limits: '≤ 1.5, ≤ 0.5' })
    if (wanted('wide'))
      await oneCase(bench, 'clean, wide rows', wide, { expected: 0, sync: false, limits: '≤ 1.6, ≤ 0.5' })
    if (wanted('hundred'))
      await drifted(narrow, 100, false, (found) =>
        oneCase(bench, '100 differing rows', narrow, { expected: found, sync: true, limits: '≤ 2.2, ≤ 0.1' })
      )
    if (wanted('random'))
      await drifted(narrow, Math.min(10_000, Math.ceil(rows / 50)), true, (found) =>
        oneCase(bench, `${found} rows at random places`, narrow, {
          expected: found,
          sync: true,
          limits: '≤ 4.0, ≤ 0.12'
        })
      )
    if (wanted('far')) await far(bench)
    if (wanted('load')) await underLoad(bench)
    if (wanted('growth')) await growth(bench)
    console.log(
      `\nmemory of this process: ${megabytes(bench.most.rss)} MB resident at most, ${megabytes(bench.before)} MB before the first comparison: the engine took ${megabytes(bench.most.rss - bench.before)} MB, ${megabytes(bench.most.heap)} MB used (≤ 150); event loop delayed p99 ${(bench.delay.percentile(99) / 1e6).toFixed(1)} ms (< 20)`
    )
  } finally {
    for (const root of bench.roots) await root.end().catch(() => {})
    await pair.stop()
  }
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
