import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openHost } from '../../src/main/reach/open-host'
import { runDoctor } from '../../src/main/sites/doctor'
import { openSystemSsh } from '../../src/main/ssh/open-system-ssh'
import type { SshHost } from '../../src/main/ssh/ssh-host'
import { type SshEntry, serverEntrySchema } from '../../src/shared/move'
import { until } from '../lab/processes'
import { failureFrom } from './own/failure-of'
import { freePort } from './own/free-port'
import { startSshBench } from './own/ssh-bench'
import { certifyHost, makeKey, startOwnSshd } from './own/sshd'
import { standStill } from './own/stand-still'

const bench = startSshBench()
const { user, fileNamed, knownFile, nameOf, knowAll, knowing } = bench

const opened: SshHost[] = []
const config = () => fileNamed('config')
const alias = (name: string): SshEntry => ({ from: 'ssh-config', alias: name })
const reach = async (entries: SshEntry[], more: { deadlineMs?: number; program?: string } = {}): Promise<SshHost> => {
  const host = await openSystemSsh(entries, {
    configFile: config(),
    knownHostsFile: knownFile(),
    agentSocket: undefined,
    deadlineMs: 10_000,
    ...more
  })
  opened.push(host)
  return host
}
const hostLines = (name: string, port: number, ...lines: string[]) =>
  [`Host ${name}`, 'HostName 127.0.0.1', `Port ${port}`, `User ${user}`, `IdentityFile ${bench.key}`, ...lines].join(
    '\n '
  )
const ownFolders = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('siteswap-ssh-') && existsSync(`${tmpdir()}/${name}/c`))

describe('a host reached by the system’s ssh', () => {
  beforeAll(() => {
    const lines = [
      hostLines('inner', bench.inner.port),
      hostLines('gate', bench.gateway.port),
      hostLines('behind', bench.inner.port, 'ProxyJump gate'),
      hostLines('piped', bench.inner.port, `ProxyCommand ssh -F ${config()} -W %h:%p gate`),
      `Host *\n UserKnownHostsFile ${knownFile()}\n`
    ]
    writeFileSync(config(), lines.join('\n'))
  })
  afterEach(() => {
    for (const host of opened.splice(0)) host.close()
  })

  it('runs commands with input, both outputs and exit codes', async () => {
    knowAll()
    const host = await reach([alias('inner')])
    const print = execFileSync('ssh-keygen', ['-lf', `${bench.inner.dir}/host_ed25519.pub`], { encoding: 'utf8' })
    expect(print).toContain(host.hostKeyFingerprint)
    const pieces: string[] = []
    const result = await host.exec('cat; echo "größe €" >&2; exit 7', {
      input: 'from this side\n',
      deadlineMs: 30_000,
      onStdout: (text) => pieces.push(text)
    })
    expect(result).toEqual({ code: 7, signal: null, stdout: 'from this side\n', stderr: 'größe €\n' })
    expect(pieces.join('')).toBe('from this side\n')
    expect((await host.exec('exit 255', { deadlineMs: 30_000 })).code).toBe(255)
    expect((await host.exec('echo "agent:$SSH_AUTH_SOCK"', { deadlineMs: 30_000 })).stdout).toBe('agent:\n')
    const late = await failureFrom(host.exec('sleep 30', { deadlineMs: 300 }))
    expect(late.kind).toBe('timeout')
    expect((await host.exec('echo alive', { deadlineMs: 30_000 })).stdout).toBe('alive\n')
  })

  it('forwards to ports and unix sockets, and says what nothing answers', async () => {
    knowAll()
    const host = await reach([alias('behind')])
    const greeting = createServer((socket) => {
      socket.write('hello ')
      socket.on('data', (chunk) => socket.end(chunk))
    })
    const path = fileNamed('far.sock')
    await new Promise<void>((resolve) => greeting.listen(path, resolve))
    const near = createServer((socket) => socket.on('data', (chunk) => socket.end(chunk)))
    const port = await freePort()
    await new Promise<void>((resolve) => near.listen(port, '127.0.0.1', resolve))
    try {
      // a service that waits for the client to speak first, and one that speaks first
      for (const stream of [await host.forward('127.0.0.1', port, 30_000), await host.forwardSocket(path, 30_000)]) {
        let text = ''
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
        stream.write('ping')
        await until(() => text.endsWith('ping'), 60_000, 'no echo')
        stream.destroy()
      }
    } finally {
      greeting.close()
      near.close()
    }
    const failure = await failureFrom(host.forward('127.0.0.1', await freePort(), 5_000))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toMatch(
      /^Seen from behind \(ssh config\) by the system’s ssh, nothing answers at 127\.0\.0\.1:/
    )
  })

  it('goes where only it can: over a ProxyCommand, over jumps, and with keys a typed hop names', async () => {
    knowAll()
    const typed: SshEntry = {
      host: '127.0.0.1',
      port: bench.inner.port,
      user,
      auth: { kind: 'key', path: bench.key, passphrase: false }
    }
    for (const entries of [[alias('piped')], [alias('gate'), typed]]) {
      const host = await reach(entries)
      expect((await host.exec('echo there', { deadlineMs: 30_000 })).stdout).toBe('there\n')
    }
  })

  it('says when its connection is gone, and leaves nothing behind', async () => {
    knowAll()
    const before = ownFolders()
    const host = await reach([alias('inner')])
    // Other test files have folders of this kind, too.
    const own = ownFolders().filter((folder) => !before.includes(folder))
    expect(own).not.toEqual([])
    const whys: string[] = []
    host.onClose((why) => whys.push(why))
    const running = failureFrom(host.exec('sleep 30', { deadlineMs: 20_000 }))
    const parent = Number((await host.exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim())
    process.kill(parent, 'SIGKILL')
    expect((await running).kind).toBe('unreachable')
    await until(() => !host.open, 60_000, 'still open')
    expect(whys).toEqual(['The system’s ssh ended the connection.'])
    expect((await failureFrom(host.exec('true', { deadlineMs: 1_000 }))).kind).toBe('unreachable')
    await until(() => !own.some((folder) => ownFolders().includes(folder)), 60_000, 'the folder is still there')
  })

  it('notices a line that went silent when something ran into its deadline', async () => {
    knowAll()
    const host = await reach([alias('inner')])
    const gone = new Promise<string>((resolve) => host.onClose(resolve))
    const parent = Number((await host.exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim())
    await standStill(parent)
    try {
      expect((await failureFrom(host.exec('true', { deadlineMs: 300 }))).kind).toBe('timeout')
      expect(await gone).toContain('is lost: no answer for 5 s.')
    } finally {
      process.kill(parent, 'SIGKILL')
    }
  }, 15_000)

  it('refuses unknown and changed host keys without a question', async () => {
    knowing('')
    const unknown = await failureFrom(reach([alias('inner')]))
    expect(unknown.kind).toBe('host-key-unknown')
    expect(unknown.what).toBe('The system’s ssh does not know the host key of inner, or of a jump before it.')
    expect(readFileSync(knownFile(), 'utf8')).toBe('\n')
    expect((await failureFrom(reach([alias('behind')]))).kind).toBe('host-key-unknown')
    knowing(`${nameOf(bench.inner)} ${bench.gateway.hostKey('ed25519')}`)
    expect((await failureFrom(reach([alias('inner')]))).kind).toBe('host-key-changed')
    knowing(`@revoked * ${bench.inner.hostKey('ed25519')}`)
    expect((await failureFrom(reach([alias('inner')]))).kind).toBe('host-key-changed')
  })

  it('verifies a host certificate', async () => {
    const first = await startOwnSshd()
    const { port, dir } = first
    const ca = certifyHost(first, fileNamed('authority'), '127.0.0.1')
    const certificate = readFileSync(`${dir}/host_ed25519-cert.pub`)
    const key = readFileSync(`${dir}/host_ed25519`)
    await first.stop()
    writeFileSync(fileNamed('certified'), key, { mode: 0o600 })
    writeFileSync(fileNamed('certified-cert.pub'), certificate)
    const certified = await startOwnSshd({
      port,
      lines: [`HostKey ${fileNamed('certified')}`, `HostCertificate ${fileNamed('certified-cert.pub')}`]
    })
    try {
      writeFileSync(certified.authorizedKeys, readFileSync(`${bench.key}.pub`))
      knowing(`@cert-authority ${nameOf(certified)} ${ca}`)
      const target: SshEntry = {
        host: '127.0.0.1',
        port,
        user,
        auth: { kind: 'key', path: bench.key, passphrase: false }
      }
      expect((await reach([target])).open).toBe(true)
    } finally {
      await certified.stop()
    }
  })

  it('says in the usual words why it could not connect', async () => {
    knowAll()
    const stranger = makeKey(fileNamed('stranger'))
    const port = await freePort()
    const at = (more: Partial<Extract<SshEntry, { host: string }>>): SshEntry => ({
      host: '127.0.0.1',
      port: bench.inner.port,
      user,
      auth: { kind: 'key', path: stranger, passphrase: false },
      ...more
    })
    const denied = await failureFrom(reach([at({})]))
    expect(denied).toMatchObject({ kind: 'auth', why: 'It takes: publickey.' })
    expect(await failureFrom(reach([at({ port })]))).toMatchObject({ kind: 'refused' })
    expect((await failureFrom(reach([at({ host: 'no-such-host.invalid' })]))).what).toBe(
      'The name no-such-host.invalid does not resolve to an address.'
    )
    expect((await failureFrom(reach([at({})], { program: fileNamed('no-ssh') }))).what).toBe(
      `The program ${fileNamed('no-ssh')} cannot be started on this computer.`
    )
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve))
    expect((await failureFrom(reach([at({ port })], { deadlineMs: 400 }))).kind).toBe('timeout')
    silent.close()
    writeFileSync(fileNamed('config-bad'), 'Host x\n Nonsense yes\n')
    const bad = await failureFrom(
      openSystemSsh([at({})], { configFile: fileNamed('config-bad'), agentSocket: undefined, deadlineMs: 30_000 })
    )
    expect(bad.what).toBe('The system’s ssh does not accept its configuration.')
  })

  it('has the deadline of every step on every hop together', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const hop = { host: '127.0.0.1', port, user, auth: { kind: 'auto' as const } }
    const entry = serverEntrySchema.parse({ id: 'db1', name: 'db1', kind: 'web', transport: 'system', ssh: [hop] })
    const deps = { secret: async () => null, askHostKey: null, knownHosts: { read: [], write: knownFile() } }
    const failure = await failureFrom(openHost(entry, { ...deps, agentSocket: undefined, deadlineMs: 200 }))
    silent.close()
    expect(failure.what).toBe('The system’s ssh did not sign in to 127.0.0.1 within 800 ms.')
  })

  it('is chosen by the server’s entry, in the app and in its doctor', async () => {
    knowAll()
    const before = process.env.SITESWAP_SSH_CONFIG
    process.env.SITESWAP_SSH_CONFIG = config()
    try {
      const entry = serverEntrySchema.parse({
        id: 'db1',
        name: 'db1',
        kind: 'web',
        transport: 'system',
        ssh: [{ from: 'ssh-config', alias: 'behind' }]
      })
      const reachDeps = {
        secrets: { get: async () => null },
        askHostKey: null,
        knownHosts: { read: [knownFile()], write: knownFile() }
      }
      const done = await runDoctor({ entry, reach: reachDeps })
      if (done.kind !== 'done') throw new Error(done.kind)
      expect(done.summary).toBe('Every layer answers.')
      expect(done.rows.map((row) => `${row.layer} ${row.state}`)).toEqual([
        'name skipped',
        'tcp skipped',
        'ssh skipped',
        'host-key ok',
        'ssh-auth ok',
        'command ok'
      ])
      const host = await openHost(entry, { ...reachDeps, secret: async () => null, agentSocket: undefined })
      opened.push(host)
      expect(host.label).toBe('behind (ssh config) by the system’s ssh')
      const own = { ...entry, transport: undefined, ssh: [{ from: 'ssh-config' as const, alias: 'piped' }] }
      const refused = await failureFrom(
        openHost(own, { ...reachDeps, secret: async () => null, agentSocket: undefined })
      )
      expect(refused.try[0]).toContain('Let the system’s ssh connect to this server')
    } finally {
      if (before === undefined) delete process.env.SITESWAP_SSH_CONFIG
      else process.env.SITESWAP_SSH_CONFIG = before
    }
  })
})
