import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import { usualPaces } from '../../src/main/ssh/pulse'
import { moveSchema, moveVersion } from '../../src/shared/move'
import { until } from '../lab/processes'
import { failureFrom } from './own/failure-of'
import { startSshBench } from './own/ssh-bench'
import { type OwnSshd, startOwnSshd } from './own/sshd'
import { standStill } from './own/stand-still'

const bench = startSshBench()
const { knownFile, nameOf, hop, knowing } = bench

const reachTo = (...hosts: OwnSshd[]): Reach => {
  const move = moveSchema.parse({
    format: 'siteswap.move',
    version: moveVersion,
    id: 'again',
    name: 'again',
    createdAt: 0,
    old: {
      name: 'Old',
      servers: [{ id: 'web1', name: 'web1', kind: 'web', ssh: hosts.map((sshd) => hop(sshd)), addresses: ['10.0.0.1'] }]
    },
    new: { name: 'New' }
  })
  const reach = makeReach({
    move,
    secrets: { get: async () => null },
    askHostKey: null,
    knownHosts: { read: [knownFile()], write: knownFile() },
    paces: { calm: usualPaces.calm, run: { intervalMs: 400, countMax: 3 } }
  })
  onTestFinished(() => reach.close())
  return reach
}
const ownSshd = async (port?: number): Promise<OwnSshd> => {
  const sshd = await startOwnSshd(port === undefined ? {} : { port })
  writeFileSync(sshd.authorizedKeys, readFileSync(`${bench.key}.pub`))
  return sshd
}
const parentOf = async (reach: Reach) =>
  Number((await (await reach.ssh('web1')).exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim())

describe('a lost SSH connection', () => {
  it('is made again at the next use, through all its hops', async () => {
    knowing(...[bench.gateway, bench.inner].map((sshd) => `${nameOf(sshd)} ${sshd.hostKey('ed25519')}`))
    const reach = reachTo(bench.gateway, bench.inner)
    const first = await reach.ssh('web1')
    process.kill(await parentOf(reach), 'SIGKILL')
    await until(() => !first.open, 60_000, 'the loss was not noticed')
    const second = await reach.ssh('web1')
    expect(second).not.toBe(first)
    expect((await second.exec('echo back', { deadlineMs: 30_000 })).stdout).toBe('back\n')
  })

  it('is tried less often while the host is away, comes back with it, and never to another machine', async () => {
    const sshd = await ownSshd()
    const { port } = sshd
    const line = `${nameOf(sshd)} ${sshd.hostKey('ed25519')}`
    const hostKey = readFileSync(`${sshd.dir}/host_ed25519`)
    knowing(line)
    const reach = reachTo(sshd)
    const first = await reach.ssh('web1')
    const parent = await parentOf(reach)
    await sshd.stop()
    process.kill(parent, 'SIGKILL')
    await until(() => !first.open, 60_000, 'the loss was not noticed')
    const away = await failureFrom(reach.ssh('web1'))
    expect(away.kind).toBe('refused')
    for (let call = 0; call < 200; call++) expect(await failureFrom(reach.ssh('web1'))).toBe(away)

    const stranger = await ownSshd(port)
    reach.retry('web1')
    expect((await failureFrom(reach.ssh('web1'))).kind).toBe('host-key-changed')
    await stranger.stop()

    const again = await startOwnSshd({ port, keyTypes: [], lines: [`HostKey ${writeKey(hostKey)}`] })
    onTestFinished(() => again.stop())
    writeFileSync(again.authorizedKeys, readFileSync(`${bench.key}.pub`))
    expect((await failureFrom(reach.ssh('web1'))).kind).toBe('host-key-changed')
    reach.retry('web1')
    expect((await reach.ssh('web1')).open).toBe(true)
  })

  it('is watched closely during a run, also when it is opened in the middle of one', async () => {
    knowing(`${nameOf(bench.inner)} ${bench.inner.hostKey('ed25519')}`)
    const reach = reachTo(bench.inner)
    reach.pace('run')
    const host = await reach.ssh('web1')
    const parent = await parentOf(reach)
    await standStill(parent)
    onTestFinished(() => {
      process.kill(parent, 'SIGKILL')
    })
    const why = await new Promise<string>((resolve) => host.onClose(resolve))
    expect(why).toContain('Keepalive timeout: no answer for 1 s')
  })
})

const writeKey = (key: Buffer): string => {
  const path = bench.fileNamed('kept-host-key')
  writeFileSync(path, key, { mode: 0o600 })
  return path
}
