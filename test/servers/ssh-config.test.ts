import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import type { ReachDeps } from '../../src/main/reach/reach-deps'
import { runDoctor } from '../../src/main/sites/doctor'
import type { SshHost } from '../../src/main/ssh/ssh-host'
import { type ConfigHop, type ServerEntry, type SshEntry, serverEntrySchema } from '../../src/shared/move'
import { failureFrom } from './own/failure-of'
import { makeKey, type OwnSshd, startOwnSshd } from './own/sshd'
import { moveWith } from './own/two-hops'

const names = ['gate1', 'gate2', 'inner'] as const
type Name = (typeof names)[number]

let dir: string
let sshds: Record<Name, OwnSshd>
const reaches: Reach[] = []
const user = userInfo().username
const at = (file: string) => join(dir, file)

const address = (name: Name) => `[127.0.0.1]:${sshds[name].port}`
const block = (alias: string, name: Name, ...lines: string[]) =>
  [
    `Host ${alias}`,
    'HostName 127.0.0.1',
    `Port ${sshds[name].port}`,
    `User ${user}`,
    ...(lines.some((line) => line.startsWith('IdentityFile')) ? [] : [`IdentityFile ${at(`key-${name}`)}`]),
    ...lines
  ].join('\n  ')

/** The person's ssh config from now on. */
const config = (...blocks: string[]) =>
  writeFileSync(
    at('config'),
    `${blocks.join('\n')}\nHost *\n  IdentitiesOnly yes\n  UserKnownHostsFile ${at('known')}\n`
  )

const chain = () => [
  block('gate1', 'gate1'),
  block('gate2', 'gate2', 'ProxyJump gate1', 'HostKeyAlias gate2.internal', `UserKnownHostsFile ${at('known-gate2')}`),
  block('inner', 'inner', 'ProxyJump gate2')
]

const alias = (name: string, over: Partial<Omit<ConfigHop, 'from' | 'alias'>> = {}): SshEntry => ({
  from: 'ssh-config',
  alias: name,
  ...over
})
const server = (...ssh: SshEntry[]): ServerEntry =>
  serverEntrySchema.parse({ id: 'web1', name: 'web1', kind: 'web', ssh })

const deps = (over: Partial<ReachDeps> = {}): Omit<ReachDeps, 'move'> => ({
  secrets: { get: async () => null },
  askHostKey: null,
  agentSocket: '',
  knownHosts: { read: [], write: at('known-usual') },
  ...over
})
const reachTo = (ssh: SshEntry[], over: Partial<ReachDeps> = {}): Reach => {
  const reach = makeReach({ move: moveWith(server(...ssh)), ...deps(over) })
  reaches.push(reach)
  return reach
}
const open = (...ssh: SshEntry[]): Promise<SshHost> => reachTo(ssh).ssh('web1')
const serverPortOf = async (host: SshHost): Promise<number> => {
  const { stdout } = await host.exec('echo $SSH_CONNECTION', { deadlineMs: 30_000 })
  return Number(stdout.trim().split(' ')[3])
}
const know = () => {
  writeFileSync(at('known'), names.map((name) => `${address(name)} ${sshds[name].hostKey('ed25519')}\n`).join(''))
  writeFileSync(at('known-gate2'), `gate2.internal ${sshds.gate2.hostKey('ed25519')}\n`)
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'siteswap-sshconf-'))
  const started = await Promise.all(names.map(() => startOwnSshd()))
  sshds = Object.fromEntries(names.map((name, index) => [name, started[index]])) as Record<Name, OwnSshd>
  // Each host takes a key of its own and no other.
  for (const name of names) writeFileSync(sshds[name].authorizedKeys, readFileSync(`${makeKey(at(`key-${name}`))}.pub`))
  vi.stubEnv('SITESWAP_SSH_CONFIG', at('config'))
})
afterEach(async () => {
  await Promise.all(reaches.splice(0).map((reach) => reach.close()))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await Promise.all(Object.values(sshds ?? {}).map((sshd) => sshd.stop()))
  rmSync(dir, { recursive: true, force: true })
})

describe('a host of the ssh config', () => {
  it('is reached over two jump hosts, each with its own port, key and file of host keys, as the real ssh reaches it', async () => {
    config(...chain())
    know()
    const real = execFileSync('ssh', ['-F', at('config'), '-o', 'BatchMode=yes', 'inner', 'echo $SSH_CONNECTION'], {
      encoding: 'utf8'
    })
    expect(Number(real.trim().split(' ')[3])).toBe(sshds.inner.port)
    const host = await open(alias('inner'))
    expect(host.label).toBe(
      `${user}@127.0.0.1:${sshds.inner.port} through ${user}@127.0.0.1:${sshds.gate1.port}, ${user}@127.0.0.1:${sshds.gate2.port}`
    )
    expect(await serverPortOf(host)).toBe(sshds.inner.port)
  })

  it('is reached over a list of jumps, and over jumps typed before it instead of its own', async () => {
    config(
      ...chain(),
      block('listed', 'inner', 'ProxyJump gate1,gate2'),
      block('lost', 'inner', 'ProxyJump nowhere.invalid')
    )
    know()
    expect(await serverPortOf(await open(alias('listed')))).toBe(sshds.inner.port)
    expect(await serverPortOf(await open(alias('gate1'), alias('lost')))).toBe(sshds.inner.port)
    const failure = await failureFrom(open(alias('lost')))
    expect(failure.what).toBe('The name nowhere.invalid does not resolve to an address.')
  })

  it.each(names)('says which host refused when %s gets a key of another', async (wrong) => {
    const other = wrong === 'inner' ? 'gate1' : 'inner'
    const blocks = chain().map((text) => text.replace(at(`key-${wrong}`), at(`key-${other}`)))
    config(...blocks)
    know()
    const failure = await failureFrom(open(alias('inner')))
    expect(failure.kind).toBe('auth')
    expect(failure.where).toBe(`${user}@127.0.0.1:${sshds[wrong].port}`)
  })

  it('is known by its HostKeyAlias in its own file: another key there is a hard stop, an unknown one is asked for and kept under the alias', async () => {
    config(...chain())
    know()
    writeFileSync(at('known-gate2'), `gate2.internal ${sshds.inner.hostKey('ed25519')}\n`)
    const changed = await failureFrom(open(alias('inner')))
    expect(changed.kind).toBe('host-key-changed')
    expect(changed.why).toContain(`${at('known-gate2')}:1`)
    writeFileSync(at('known-gate2'), '')
    expect((await failureFrom(open(alias('inner')))).kind).toBe('host-key-unknown')
    const asked: string[] = []
    const reach = reachTo([alias('inner')], {
      askHostKey: async (question) => {
        asked.push(question.knownAs ?? question.host)
        return true
      }
    })
    expect(await serverPortOf(await reach.ssh('web1'))).toBe(sshds.inner.port)
    expect(asked).toEqual(['gate2.internal'])
    expect(readFileSync(at('known-gate2'), 'utf8')).toBe(`gate2.internal ${sshds.gate2.hostKey('ed25519')}\n`)
    expect(existsSync(at('known-usual'))).toBe(false)
  })

  it('is looked up anew at each connect', async () => {
    config(block('moving', 'gate1'))
    know()
    const reach = reachTo([alias('moving')])
    const before = await reach.ssh('web1')
    expect(await serverPortOf(before)).toBe(sshds.gate1.port)
    config(block('moving', 'inner'))
    before.close()
    expect(await serverPortOf(await reach.ssh('web1'))).toBe(sshds.inner.port)
  })

  it('takes user, port and key from the move where they are set there', async () => {
    config(block('inner', 'gate1', 'User nobody-here', 'IdentityFile /no/such/key'))
    know()
    const auth = { kind: 'key' as const, path: at('key-inner'), passphrase: false }
    const host = await open(alias('inner', { user, port: sshds.inner.port, auth }))
    expect(await serverPortOf(host)).toBe(sshds.inner.port)
  })

  it('is given up after its ConnectTimeout', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const { port } = silent.address() as { port: number }
    config(`Host silent\n  HostName 127.0.0.1\n  Port ${port}\n  User ${user}\n  ConnectTimeout 1`)
    const began = performance.now()
    const failure = await failureFrom(open(alias('silent')))
    silent.close()
    expect(failure.kind).toBe('timeout')
    expect(failure.what).toContain('1 s')
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('is never reached past a ProxyCommand, and no command of the config is ever run', async () => {
    const trap = at('trap')
    config(
      block('piped', 'inner', `ProxyCommand touch ${trap}; nc 127.0.0.1 ${sshds.inner.port}`),
      `Match exec "touch ${trap}"\n  User somebody-else`,
      `Match host inner2 exec "touch ${trap}"\n  Port 1`,
      block('inner2', 'inner', `KnownHostsCommand /usr/bin/touch ${trap}`, `LocalCommand touch ${trap}`)
    )
    know()
    const failure = await failureFrom(open(alias('piped')))
    expect(failure.what).toBe('Your ssh config reaches piped by a ProxyCommand, which Siteswap never runs.')
    expect(await serverPortOf(await open(alias('inner2')))).toBe(sshds.inner.port)
    expect(existsSync(trap)).toBe(false)
  })

  it('is refused with the option that may be why, when only the system’s ssh follows it', async () => {
    config(block('certified', 'inner', `IdentityFile ${at('key-gate1')}`, 'CertificateFile ~/.ssh/id-cert.pub'))
    know()
    const failure = await failureFrom(open(alias('certified')))
    expect(failure.kind).toBe('auth')
    expect(failure.try[0]).toBe(
      `Your ssh config sets CertificateFile (${at('config')}:6). User certificates are shown by the system’s ssh, or by an agent that holds one.`
    )
  })

  it('is walked by the connection doctor hop by hop', async () => {
    config(...chain())
    know()
    const state = await runDoctor({ entry: server(alias('inner')), reach: deps() })
    expect(state.kind === 'done' && state.summary).toBe('Every layer answers.')
    expect(state.kind === 'done' && state.hops).toEqual(
      names.map((name) => `${user}@127.0.0.1:${sshds[name].port} (${name})`)
    )
  })

  it('is named with file and line when its config cannot be used', async () => {
    config(block('bad', 'inner', 'ConnectTimeout soon'))
    const failure = await failureFrom(open(alias('bad')))
    expect(failure).toMatchObject({
      kind: 'invalid',
      what: 'Your ssh config cannot be used: ConnectTimeout is a time such as 30 or 1m30s.',
      where: `${at('config')}:6`
    })
  })
})
