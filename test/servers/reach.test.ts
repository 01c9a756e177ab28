import { existsSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import type { ReachDeps } from '../../src/main/reach/reach-deps'
import type { ServerEntry } from '../../src/shared/move'
import { until } from '../lab/processes'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'
import { standStill } from './own/stand-still'
import { databaseEntry, moveWith, startTwoHops, type TwoHops } from './own/two-hops'

const password = 'reach-test-password'
let hops: TwoHops
let database: OwnDatabase
const reaches: Reach[] = []

const secrets: Record<string, string> = {
  'db/db1': password,
  'db/direct': password,
  'db/wrong': 'not-the-password',
  canary: password
}

const reachTo = (servers: ServerEntry[], more: Partial<ReachDeps> = {}): Reach => {
  const reach = makeReach({
    move: moveWith(...servers),
    secrets: { get: async (ref) => secrets[ref] ?? null },
    askHostKey: null,
    knownHosts: hops.knownHosts,
    ...more
  })
  reaches.push(reach)
  return reach
}
const db1 = () => databaseEntry('db1', hops.hops, { port: database.port })

const accounts = [`CREATE USER app@'%' IDENTIFIED BY '${password}'`, "GRANT ALL ON *.* TO app@'%' WITH GRANT OPTION"]

beforeAll(async () => {
  ;[hops, database] = await Promise.all([startTwoHops(), startOwnDatabase('m1011')])
  await database.asRoot(...accounts)
})
afterEach(async () => {
  for (const reach of reaches.splice(0)) await reach.close()
})
afterAll(async () => {
  await Promise.all([hops?.stop(), database?.stop()])
})

const connections = async (): Promise<number> => {
  const root = await database.root()
  try {
    const [rows] = await root.query("SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE USER = 'app'")
    return Number((rows as { n: number }[])[0]?.n)
  } finally {
    await root.end()
  }
}

describe('the reach of a move', () => {
  it('opens a session through two hops and keeps it under its name', async () => {
    const reach = reachTo([db1()])
    const [first, second] = await Promise.all([reach.session('db1', 'observe'), reach.session('db1', 'observe')])
    expect(first).toBe(second)
    expect(await first.query('SELECT CONNECTION_ID() AS id')).toEqual([{ id: String(first.connectionId) }])
    const other = await reach.session('db1', 'hold', { packets: true })
    expect(other.connectionId).not.toBe(first.connectionId)
    expect(await other.packet(['SELECT 1 AS a', 'SELECT 2 AS b'])).toEqual([[{ a: '1' }], [{ b: '2' }]])
    expect(reach.openSessions()).toBe(2)
  })

  it('signs in to a host once, however many ask at the same time', async () => {
    const reach = reachTo([db1()])
    const before = hops.host.log().split('Accepted publickey').length
    const hosts = await Promise.all([reach.ssh('db1'), reach.ssh('db1'), reach.ssh('db1')])
    expect(new Set(hosts).size).toBe(1)
    await reach.session('db1', 'observe')
    expect(hops.host.log().split('Accepted publickey').length - before).toBe(1)
  })

  it('opens a named session again after the server dropped it', async () => {
    const reach = reachTo([db1()])
    const first = await reach.session('db1', 'observe')
    const gone = new Promise((resolve) => first.onClose(resolve))
    await database.asRoot(`KILL ${first.connectionId}`)
    await gone
    const second = await reach.session('db1', 'observe')
    expect(second.connectionId).not.toBe(first.connectionId)
    expect(await second.query('SELECT 1 AS a')).toEqual([{ a: '1' }])
  })

  it('signs in again after the line was cut', async () => {
    const reach = reachTo([db1()])
    const host = await reach.ssh('db1')
    const session = await reach.session('db1', 'observe')
    const lost = new Promise((resolve) => session.onClose(resolve))
    const pid = (await host.exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim()
    process.kill(Number(pid), 'SIGKILL')
    await lost
    expect(host.open).toBe(false)
    const again = await reach.session('db1', 'observe')
    expect(await again.query('SELECT 1 AS a')).toEqual([{ a: '1' }])
    expect(await reach.ssh('db1')).not.toBe(host)
  })

  const quick = { intervalMs: 250, countMax: 2 }
  const atOnce = { paces: { calm: { intervalMs: 60_000, countMax: 3 }, run: quick } }

  it('keeps, when the computer wakes, what still answers', async () => {
    const reach = reachTo([db1(), databaseEntry('direct', [], { port: database.port, via: 'direct' })])
    const host = await reach.ssh('db1')
    const session = await reach.session('direct', 'observe')
    reach.woke()
    await host.exec('true', { deadlineMs: 30_000 })
    expect(await session.query('SELECT 1 AS a')).toEqual([{ a: '1' }])
    expect([host.open, session.open]).toEqual([true, true])
  })

  it('looks at once, when the computer wakes, whether its lines are still there', async () => {
    const reach = reachTo([db1()], atOnce)
    const host = await reach.ssh('db1')
    const pid = Number((await host.exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim())
    const lost = new Promise((resolve) => host.onClose(resolve))
    await standStill(pid)
    reach.woke()
    expect(await lost).toMatch(/is lost: no answer for/)
    process.kill(pid, 'SIGKILL')
    expect((await reach.ssh('db1')).open).toBe(true)
  })

  it('looks at once, when the computer wakes, whether its idle database sessions are still there', async () => {
    const reach = reachTo([databaseEntry('direct', [], { port: database.port, via: 'direct' })], atOnce)
    const [idle, busy] = await Promise.all(['idle', 'busy'].map((name) => reach.session('direct', name)))
    const lost = new Promise((resolve) => idle?.onClose(resolve))
    await standStill(database.pid)
    try {
      const late = busy?.query('SELECT 2 AS a')
      reach.woke()
      expect(await lost).toBe(`app@127.0.0.1:${database.port} did not answer within 500 ms.`)
      process.kill(database.pid, 'SIGCONT')
      expect(await late).toEqual([{ a: '2' }])
    } finally {
      process.kill(database.pid, 'SIGCONT')
    }
    expect(await (await reach.session('direct', 'idle')).query('SELECT 3 AS a')).toEqual([{ a: '3' }])
  })

  it.runIf(existsSync('/proc/net/tcp'))('has the system ask for a sign of life on a silent direct line', async () => {
    const reach = reachTo([databaseEntry('direct', [], { port: database.port, via: 'direct' })])
    await reach.session('direct', 'observe')
    const remote = `:${database.port.toString(16).toUpperCase().padStart(4, '0')}`
    const ours = () => {
      const lines = readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
      return lines.find(([, , to, state, , timer]) => to?.endsWith(remote) && state === '01' && timer?.startsWith('02'))
    }
    // 02 is the timer of keepalive; what is left of it is told in hundredths of a second.
    const timer = await until(() => ours()?.[5] ?? null, 60_000, 'no timer runs')
    const left = Number.parseInt(timer.slice(3), 16) / 100
    expect(left).toBeGreaterThan(25)
    expect(left).toBeLessThanOrEqual(36)
  })

  it('forgets a failed attempt, so that the next one can succeed', async () => {
    let answer: string | null = null
    const reach = reachTo([db1()], { secrets: { get: async () => answer } })
    const failure = await failureFrom(reach.session('db1', 'observe'))
    expect(failure.kind).toBe('secret-missing')
    expect(failure.what).toBe('The password db/db1 is not known.')
    answer = password
    expect((await reach.session('db1', 'observe')).open).toBe(true)
  })

  it('probes capabilities once per server', async () => {
    const reach = reachTo([db1()])
    const first = await reach.capabilities('db1')
    expect(first.flavour).toBe('mariadb')
    expect(first.identity.port).toBe(database.port)
    expect(await reach.capabilities('db1')).toBe(first)
  })

  it('reaches a database directly when it is set so', async () => {
    const reach = reachTo([databaseEntry('direct', [], { port: database.port, via: 'direct' })])
    expect(await (await reach.session('direct', 'observe')).query('SELECT 1 AS a')).toEqual([{ a: '1' }])
  })

  it('reaches a database through an application host, as another account', async () => {
    await database.asRoot("CREATE USER IF NOT EXISTS shop@'%' IDENTIFIED BY 'reach-test-password'")
    const reach = reachTo([db1()])
    const session = await reach.sessionThrough(
      'db1',
      { host: '127.0.0.1', port: database.port },
      { user: 'shop', secret: 'canary' },
      'canary'
    )
    expect(await session.query('SELECT CURRENT_USER() AS who')).toEqual([{ who: 'shop@%' }])
    await session.close()
    expect(reach.openSessions()).toBe(0)
  })

  it('says which password is wrong without telling it', async () => {
    const reach = reachTo([databaseEntry('wrong', hops.hops, { port: database.port })])
    const failure = await failureFrom(reach.session('wrong', 'observe'))
    expect(failure).toMatchObject({ kind: 'auth', code: 1045 })
    expect(failure.what).toMatch(/^app@127\.0\.0\.1:\d+ through .+ refused the sign-in of app\.$/)
    expect(JSON.stringify(failure)).not.toContain('not-the-password')
  })

  it('names servers and databases that a move does not have', async () => {
    const web = { ...db1(), id: 'web', database: undefined }
    const reach = reachTo([web])
    expect((await failureFrom(reach.session('web', 'observe'))).what).toBe('db1 has no database set up.')
    expect((await failureFrom(reach.session('nowhere', 'observe'))).what).toBe('The move has no server nowhere.')
  })

  it('refuses to go on when the same address leads to another server', async () => {
    const first = await startOwnDatabase('m1011', { serverId: 21 })
    await first.asRoot(...accounts)
    const reach = reachTo([databaseEntry('direct', [], { port: first.port, via: 'direct' })])
    await reach.session('direct', 'observe')
    await first.stop()
    const second = await startOwnDatabase('m1011', { serverId: 22, port: first.port })
    await second.asRoot(...accounts)
    try {
      const failure = await failureFrom(reach.session('direct', 'observe'))
      expect(failure.kind).toBe('identity')
      expect(failure.what).toBe(`127.0.0.1:${first.port} now leads to another server than before.`)
      expect((await failureFrom(reach.openSession('direct', 'fresh'))).kind).toBe('identity')
    } finally {
      await second.stop()
    }
  })

  it('leaves nothing open when it is closed, and opens nothing afterwards', async () => {
    const reach = reachTo([db1()])
    await Promise.all([reach.session('db1', 'a'), reach.session('db1', 'b'), reach.openSession('db1', 'c')])
    const host = await reach.ssh('db1')
    await reach.close()
    expect(reach.openSessions()).toBe(0)
    expect(host.open).toBe(false)
    await until(async () => (await connections()) === 0, 60_000, 'sessions are left on the server')
    expect((await failureFrom(reach.session('db1', 'a'))).what).toBe('The move was closed.')
    expect((await failureFrom(reach.ssh('db1'))).kind).toBe('cancelled')
  })

  it('gives up what it is opening when it is closed', async () => {
    const reach = reachTo([db1()])
    const opening = failureFrom(reach.session('db1', 'a'))
    await reach.close()
    expect((await opening).kind).toBe('cancelled')
    await until(async () => (await connections()) === 0, 60_000, 'sessions are left on the server')
  })
})
