import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import type { Pace, PaceName } from '../../src/main/ssh/pulse'
import { type ServerEntry, serverEntrySchema } from '../../src/shared/move'
import { until } from '../lab/processes'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'
import { makeKey, type OwnSshd, startOwnSshd } from './own/sshd'
import { moveWith } from './own/two-hops'
import { linkPossible, startWideAreaLink, type WideAreaLink } from './own/wide-area-link'

const run: Pace = { intervalMs: 400, countMax: 3 }
const paces: Record<PaceName, Pace> = { calm: { intervalMs: 1_000, countMax: 3 }, run }

describe.runIf(linkPossible())('a line on which packets vanish', () => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-half-open-'))
  const known = join(dir, 'known_hosts')
  let line: WideAreaLink
  let sshd: OwnSshd
  let database: OwnDatabase
  const reaches: Reach[] = []

  beforeAll(async () => {
    const key = makeKey(join(dir, 'key'))
    ;[line, database] = await Promise.all([startWideAreaLink(), startOwnDatabase('m1011')])
    sshd = await startOwnSshd({ at: line })
    writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
    await database.asRoot("CREATE USER app@'localhost' IDENTIFIED BY 'line-test-password'")
  })
  afterAll(async () => {
    for (const reach of reaches) await reach.close()
    await Promise.all([sshd?.stop(), database?.stop()])
    await line?.end()
    rmSync(dir, { recursive: true, force: true })
  })

  const entry = (more: Partial<ServerEntry> = {}): ServerEntry =>
    serverEntrySchema.parse({
      id: 'db1',
      name: 'db1',
      kind: 'database',
      ssh: [
        {
          host: line.address,
          port: sshd.port,
          user: userInfo().username,
          auth: { kind: 'key', path: join(dir, 'key'), passphrase: false },
          settings: { connectTimeoutS: 1 }
        }
      ],
      database: { host: '127.0.0.1', port: 1, via: 'ssh', user: 'app', socketPath: database.socket },
      ...more
    })
  const reachIt = (more: Partial<ServerEntry> = {}): Reach => {
    writeFileSync(known, `[${line.address}]:${sshd.port} ${sshd.hostKey('ed25519')}\n`)
    const reach = makeReach({
      move: moveWith(entry(more)),
      secrets: { get: async () => 'line-test-password' },
      askHostKey: null,
      knownHosts: { read: [], write: known },
      paces
    })
    reaches.push(reach)
    return reach
  }
  const answers = async (reach: Reach) => (await reach.session('db1', 'observe')).query('SELECT 1 AS one')

  it('is given up after the keepalives of its pace, fails the sessions above it, and comes back with the same host', async () => {
    const reach = reachIt()
    expect(await answers(reach)).toEqual([{ one: '1' }])
    const host = await reach.ssh('db1')
    const session = await reach.session('db1', 'observe')
    const ended = new Promise<string>((resolve) => host.onClose(resolve))
    reach.pace('run')
    await line.cut()
    const query = failureFrom(session.query('SELECT SLEEP(60)', [], { deadlineMs: 60_000 }))
    expect(await ended).toContain('is lost: Keepalive timeout: no answer for 1 s')
    expect(await query).toMatchObject({ kind: 'unreachable' })
    expect(session.open).toBe(false)

    const away = await failureFrom(reach.ssh('db1'))
    expect(away).toMatchObject({ kind: 'timeout', what: `${line.address}:${sshd.port} did not answer within 1 s.` })
    expect(await failureFrom(reach.ssh('db1'))).toBe(away)
    await line.heal()
    const again = await until(() => reach.ssh('db1').catch(() => null), 60_000, 'it did not come back')
    expect(again).not.toBe(host)
    expect(await answers(reach)).toEqual([{ one: '1' }])
  })

  it('is given up the same way by the system’s ssh', async () => {
    const before = process.env.SITESWAP_SSH_CONFIG
    process.env.SITESWAP_SSH_CONFIG = join(dir, 'config')
    writeFileSync(join(dir, 'config'), '')
    try {
      const reach = reachIt({ transport: 'system' })
      const host = await reach.ssh('db1')
      const ended = new Promise<string>((resolve) => host.onClose(resolve))
      reach.pace('run')
      await line.cut()
      expect(await ended).toMatch(/is lost: (Keepalive timeout: )?no answer for \d s/)
      expect(host.open).toBe(false)
      await line.heal()
      const again = await until(() => reach.ssh('db1').catch(() => null), 60_000, 'it did not come back')
      expect((await again.exec('echo back', { deadlineMs: 30_000 })).stdout).toBe('back\n')
    } finally {
      if (before === undefined) delete process.env.SITESWAP_SSH_CONFIG
      else process.env.SITESWAP_SSH_CONFIG = before
    }
  })

  it('comes back to no other machine', async () => {
    const reach = reachIt()
    const host = await reach.ssh('db1')
    reach.pace('run')
    await line.cut()
    await until(() => !host.open, 60_000, 'the loss was not noticed')
    const { port } = sshd
    const allowed = readFileSync(sshd.authorizedKeys)
    await sshd.stop()
    sshd = await startOwnSshd({ at: line, port })
    writeFileSync(sshd.authorizedKeys, allowed)
    await line.heal()
    const failure = await until(
      async () => {
        const seen = await failureFrom(reach.ssh('db1'))
        return seen.kind === 'timeout' ? null : seen
      },
      60_000,
      'it did not come back'
    )
    expect(failure.kind).toBe('host-key-changed')
  })
})
