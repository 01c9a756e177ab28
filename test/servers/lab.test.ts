import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveSchema } from '../../src/shared/move'
import { remainsOf } from '../lab/down'
import { type Lab, upLab } from '../lab/lab'
import { isRunning, until } from '../lab/processes'
import { hostNamed, registeredLabs } from '../lab/state'
import { labDirs, nothing } from './own/lab-dir'

const dirs = labDirs()
afterAll(() => dirs.remove())

/** Milliseconds of an SSH greeting fetched from the operator's host, the quickest of five: two trips for TCP, one more for the text. */
async function greetingMs(lab: Lab): Promise<number> {
  const host = hostNamed(lab.state, 'new-bastion')
  const script = `const greeting = () => new Promise((done, fail) => {
      const began = performance.now()
      const socket = require('node:net').connect(${host.sshPort}, '${host.fromOperator}')
      socket.once('data', () => { done(performance.now() - began); socket.destroy() })
      socket.once('error', fail)
      socket.setTimeout(5000, () => fail(new Error('silence')))
    })
    const all = async () => {
      const times = []
      while (times.length < 5) times.push(await greeting())
      console.log(Math.min(...times))
    }
    all().catch(() => process.exit(2))`
  return Number(await lab.runAsOperator([process.execPath, '-e', script]))
}

async function signIn(lab: Lab, name: string, command: string, deadlineMs = 10_000): Promise<string> {
  const { ssh } = lab.state
  const host = hostNamed(lab.state, name)
  const options = [
    '-F',
    'none',
    '-i',
    ssh.keyFile,
    '-p',
    String(host.sshPort),
    '-o',
    `UserKnownHostsFile=${ssh.knownHosts}`
  ]
  const strict = [
    '-o',
    'StrictHostKeyChecking=yes',
    '-o',
    'BatchMode=yes',
    '-o',
    'IdentitiesOnly=yes',
    '-o',
    'ConnectTimeout=3'
  ]
  return await lab.runAsOperator(['ssh', ...options, ...strict, `${ssh.user}@${host.fromOperator}`, command], {
    deadlineMs
  })
}

describe('the lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await upLab({ dir: dirs.fresh() })
  }, 120_000)
  afterAll(async () => {
    await lab?.down()
  })

  it('holds a shop of more than 200 000 rows on the old site and an empty server on the new one', async () => {
    const old = await lab.sql('old', 'shop')
    const fresh = await lab.sql('new')
    try {
      let rows = 0
      for (const table of ['customers', 'products', 'orders', 'order_items', 'payments', 'stock']) {
        const [answer] = await old.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM ??', [table])
        rows += Number(answer[0]?.n)
      }
      expect(rows).toBeGreaterThan(200_000)
      const [schemas] = await fresh.query<RowDataPacket[]>(
        "SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'shop'"
      )
      expect(schemas).toHaveLength(0)
      const [identity] = await fresh.query<RowDataPacket[]>('SELECT @@gtid_binlog_pos AS own, @@server_id AS id')
      expect(identity[0]).toEqual({ own: '', id: 2 })
    } finally {
      await Promise.all([old.end(), fresh.end()])
    }
  })

  it('writes a move file that the app accepts', () => {
    const move = moveSchema.parse(JSON.parse(readFileSync(lab.movePath, 'utf8')))
    expect(move.pairs[0]).toEqual({ old: 'old-db', new: 'new-db' })
    expect(move.bridge?.authorizedKeysPath).toBe(join(lab.dir, 'hosts/old-db/home/.ssh/authorized_keys'))
  })

  it('lets the operator sign in to a host and find the flavour’s own dump program first', async () => {
    const answer = await signIn(lab, 'old-db', 'command -v mariadb-dump; echo $HOME')
    expect(answer.trim().split('\n')).toEqual([
      join(lab.dir, 'hosts/old-db/bin/mariadb-dump'),
      join(lab.dir, 'hosts/old-db/home')
    ])
  })

  it('lets customers order, and every acknowledged order stands exactly once on the old server', async () => {
    await lab.customers.start(10)
    await until(() => Number(lab.customers.status()?.acknowledged) >= 30, 60_000, 'thirty orders are not acknowledged')
    await lab.customers.stop()
    const { faults, ledger, orders } = await lab.judge({ on: ['old'] })
    expect(faults).toEqual([])
    expect(ledger.acknowledged).toBeGreaterThanOrEqual(30)
    expect(ledger.unknown).toBe(0)
    expect(orders.found.old).toBe(ledger.acknowledged)
  }, 60_000)

  it('keeps retrying through a restart of the database and still has every order once', async () => {
    await lab.customers.start(10)
    await until(() => Number(lab.customers.status()?.acknowledged) >= 10, 60_000, 'no orders')
    await lab.stopServer('old', 'crash')
    await until(
      () => Number(lab.customers.status()?.failedAttempts) >= 3,
      60_000,
      'no order fails while the server is down'
    )
    await lab.startServer('old')
    const before = Number(lab.customers.status()?.acknowledged)
    await until(() => Number(lab.customers.status()?.acknowledged) > before + 10, 60_000, 'orders do not resume')
    await lab.customers.stop()
    const { faults, ledger } = await lab.judge({ on: ['old'] })
    expect(faults).toEqual([])
    expect(ledger.failures['503']).toBeGreaterThan(0)
    expect(ledger.unknown).toBe(0)
  }, 90_000)

  it('processes new orders on the old site', async () => {
    const session = await lab.sql('old', 'shop')
    try {
      const left = async (): Promise<number> => {
        const [rows] = await session.query<RowDataPacket[]>("SELECT COUNT(*) AS n FROM orders WHERE status = 'new'")
        return Number(rows[0]?.n)
      }
      await until(async () => (await left()) === 0, 60_000, 'new orders stay unprocessed')
      const [rows] = await session.query<RowDataPacket[]>("SELECT COUNT(*) AS n FROM orders WHERE status = 'processed'")
      expect(Number(rows[0]?.n)).toBeGreaterThanOrEqual(30)
    } finally {
      await session.end()
    }
  })

  it('delays every link by the chosen one-way time', async () => {
    const near = await greetingMs(lab)
    await lab.latency(40)
    const far = await greetingMs(lab)
    await lab.latency(0)
    const again = await greetingMs(lab)
    // connecting is a round trip, then the greeting follows the third packet; a loopback relay cannot delay the handshake
    const trips = lab.mode === 'netns' ? 4 : 2
    expect(far - near).toBeGreaterThan(trips * 40 - 20)
    expect(far - near).toBeLessThan(2 * trips * 40 + 40)
    expect(far - again).toBeGreaterThan(trips * 40 - 20)
  }, 30_000)

  it('cuts a link silently and heals it', async () => {
    await lab.cut('cb')
    await expect(signIn(lab, 'new-bastion', 'true', 5000)).rejects.toThrow(/ended/)
    expect(await signIn(lab, 'old-bastion', 'echo here')).toBe('here\n')
    expect(lab.state.cutLinks).toEqual(['cb'])
    await lab.heal('cb')
    expect(await signIn(lab, 'new-bastion', 'echo back')).toBe('back\n')
  }, 30_000)

  it('sees with its prober that two unconnected servers both take writes', async () => {
    await lab.prober.start()
    await until(
      () => readFileSync(lab.state.proberPath, 'utf8').split('"readOnly"').length > 5,
      60_000,
      'the prober polls'
    )
    await lab.prober.stop()
    const { probes, faults } = await lab.judge({ on: ['old'] })
    expect(probes?.acks.old).toBeGreaterThan(5)
    expect(probes?.bothWritable).toBeGreaterThan(2)
    expect(faults).toContainEqual(expect.stringContaining('both servers were seen writable'))
  }, 30_000)

  it('leaves nothing behind when it goes down', async () => {
    const { id, dir, processes } = lab.state
    await lab.down()
    expect(await remainsOf(id, dir)).toEqual(nothing)
    expect(processes.filter(isRunning)).toEqual([])
    expect(registeredLabs().map((entry) => entry.id)).not.toContain(id)
  }, 30_000)
})
