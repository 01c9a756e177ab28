/** The measurements of bench:connections, on the host where this program was started. Arguments: folder of the lab, one-way delay in ms. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import { type Move, moveSchema } from '../../src/shared/move'
import type { SecretRef } from '../../src/shared/secret'
import { attachLab } from '../lab/lab'
import { hostNamed } from '../lab/state'
import { readAll, type Tunnel, tcpSource, tunnelBySsh } from './openssh-tunnel'

const rounds = 5
const streamMegabytes = 48
const [dir = '', delay = '0'] = process.argv.slice(2)
const lab = attachLab(dir)
const { state } = lab
const near = delay === '0'
const work = mkdtempSync(join(tmpdir(), 'siteswap-bench-in-'))

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await act()
  return performance.now() - from
}

const secrets = JSON.parse(readFileSync(state.secretsPath, 'utf8')) as Record<SecretRef, string>
const known = { read: [state.ssh.knownHosts], write: join(work, 'known_hosts') }
const whole = moveSchema.parse(JSON.parse(readFileSync(lab.movePath, 'utf8')))

/** The lab's move with the old database behind one hop or two. */
const moveOver = (hops: 1 | 2): Move => {
  const move = structuredClone(whole)
  const server = move.old.servers.find((entry) => entry.id === 'old-db')
  if (!server) throw new Error('the lab has no old-db')
  server.ssh = server.ssh.slice(0, hops)
  return move
}
const reachOver = (hops: 1 | 2): Reach =>
  makeReach({
    move: moveOver(hops),
    secrets: { get: async (ref) => secrets[ref] ?? null },
    askHostKey: null,
    knownHosts: known
  })
const tunnelOver = (hops: 1 | 2, port: number): Promise<Tunnel> => tunnelBySsh(lab, work, hops, port)

const client = (port: number): Promise<void> =>
  new Promise((done, reject) => {
    const { user, password } = state.accounts.admin
    const args = ['--no-defaults', '-h127.0.0.1', `-P${port}`, `-u${user}`, '--skip-ssl', '-N', '-e', 'SELECT 1']
    const child = spawn('mariadb', args, { stdio: 'ignore', env: { ...process.env, MYSQL_PWD: password } })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? done() : reject(new Error(`mariadb ended with ${code}`))))
  })

const firstRow = async (hops: 1 | 2): Promise<void> => {
  const own: number[] = []
  const peer: number[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(
      await timed(async () => {
        const reach = reachOver(hops)
        await (await reach.session('old-db', 'bench')).query('SELECT 1')
        void reach.close()
      })
    )
    peer.push(
      await timed(async () => {
        const tunnel = await tunnelOver(hops, state.addresses.databasePort)
        await client(tunnel.port)
        tunnel.end()
      })
    )
  }
  const ratio = median(own) / median(peer)
  console.log(
    `first row, ${hops} hop${hops > 1 ? 's' : ' '}   ${median(own).toFixed(0).padStart(6)} ms   ${median(peer).toFixed(0).padStart(6)} ms   ${ratio.toFixed(2)}`
  )
}

const throughput = async (streams: number): Promise<void> => {
  const size = (streamMegabytes / (near ? 1 : 2)) * 1024 * 1024
  const source = await tcpSource(lab, 'old-db', size)
  const own: number[] = []
  const peer: number[] = []
  const delays: number[] = []
  const megabytesASecond = (ms: number) => (streams * size) / 1024 / 1024 / (ms / 1000)
  const reach = reachOver(2)
  const host = await reach.ssh('old-db')
  const tunnel = await tunnelOver(2, source.port)
  try {
    for (let round = 0; round < rounds; round++) {
      const loop = monitorEventLoopDelay({ resolution: 1 })
      loop.enable()
      const open = () => host.forward(hostNamed(state, 'old-db').address, source.port, 10_000)
      own.push(
        megabytesASecond(
          await timed(() => Promise.all(Array.from({ length: streams }, async () => readAll(await open(), size))))
        )
      )
      loop.disable()
      delays.push(loop.percentile(99) / 1e6)
      // The peer's own work is in another process; what reads here is the same.
      peer.push(
        megabytesASecond(await timed(() => Promise.all(Array.from({ length: streams }, () => tunnel.read(size)))))
      )
    }
  } finally {
    tunnel.end()
    await reach.close()
    source.end()
  }
  const ratio = median(own) / median(peer)
  console.log(
    `${streams} stream${streams > 1 ? 's' : ' '}, 2 hops   ${median(own).toFixed(0).padStart(6)} MB/s ${median(peer).toFixed(0).padStart(6)} MB/s ${ratio.toFixed(2)}   event loop p99 ${median(delays).toFixed(1)} ms`
  )
}

const manySessions = async (): Promise<void> => {
  const reach = reachOver(2)
  await (await reach.session('old-db', 'first')).query('SELECT 1')
  global.gc?.()
  const before = process.memoryUsage().rss
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: 50 }, async (_, n) =>
        (await reach.openSession('old-db', `many-${n}`, { deadlineMs: 30_000 })).query('SELECT 1')
      )
    )
  )
  const kilobytes = (process.memoryUsage().rss - before) / 50 / 1024
  console.log(`50 sessions in parallel  ${ms.toFixed(0)} ms, ${kilobytes.toFixed(0)} KB of resident memory each`)
  await reach.close()
}

const main = async (): Promise<void> => {
  console.log(`\n${delay} ms one way          siteswap     ssh -L     ratio (medians of ${rounds})`)
  await firstRow(1)
  await firstRow(2)
  await throughput(1)
  await throughput(4)
  await manySessions()
}

main()
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
  .finally(() => {
    rmSync(work, { recursive: true, force: true })
    void once(process.stdout, 'drain').catch(() => undefined)
    process.exit()
  })
