import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSsh, type SshDeps } from '../../src/main/ssh/open-ssh'
import type { SshHost } from '../../src/main/ssh/ssh-host'
import type { HostKeyQuestion } from '../../src/shared/doctor'
import type { Hop, SshAuth } from '../../src/shared/move'
import { until } from '../lab/processes'
import { type OwnAgent, startOwnAgent } from './own/agent'
import { failureFrom } from './own/failure-of'
import { freePort } from './own/free-port'
import { makeKey, type OwnSshd, startOwnSshd } from './own/sshd'

const user = userInfo().username
const isRoot = process.getuid?.() === 0
let dir: string
let inner: OwnSshd
let gateway: OwnSshd
let key: string
const opened: SshHost[] = []

const fileNamed = (name: string) => join(dir, name)
const knownFile = () => fileNamed('known_hosts')
const nameOf = (sshd: OwnSshd) => `[127.0.0.1]:${sshd.port}`

const hop = (sshd: OwnSshd, auth: SshAuth = { kind: 'key', path: key, passphrase: false }): Hop => ({
  host: '127.0.0.1',
  port: sshd.port,
  user,
  auth
})

const deps = (more: Partial<SshDeps> = {}): SshDeps => ({
  secret: async () => null,
  askHostKey: null,
  knownHosts: { read: [fileNamed('global')], write: knownFile() },
  agentSocket: undefined,
  deadlineMs: 5_000,
  ...more
})

const open = async (hops: Hop[], more: Partial<SshDeps> = {}): Promise<SshHost> => {
  const host = await openSsh('db1', hops, deps(more))
  opened.push(host)
  return host
}

const knowing = (...lines: string[]) => writeFileSync(knownFile(), `${lines.join('\n')}\n`)
const knowAll = () =>
  knowing(`${nameOf(inner)} ${inner.hostKey('ed25519')}`, `${nameOf(gateway)} ${gateway.hostKey('ed25519')}`)

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'siteswap-ssh-'))
  key = makeKey(fileNamed('key'))
  ;[inner, gateway] = await Promise.all([startOwnSshd({ keyTypes: ['ed25519', 'ecdsa', 'rsa'] }), startOwnSshd()])
  for (const sshd of [inner, gateway]) writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
})
afterEach(() => {
  for (const host of opened.splice(0)) host.close()
})
afterAll(async () => {
  await Promise.all([inner?.stop(), gateway?.stop()])
  rmSync(dir, { recursive: true, force: true })
})

describe('signing in', () => {
  it('goes through a chain of jump hosts, each verified under its own name', async () => {
    knowAll()
    const stages: string[] = []
    const host = await open([hop(gateway), hop(inner)], {
      watch: ({ hop: index, layer, state }) => stages.push(`${index} ${layer} ${state}`)
    })
    expect(host.label).toBe(`${user}@127.0.0.1:${inner.port} through ${user}@127.0.0.1:${gateway.port}`)
    const result = await host.exec('echo $SSH_CONNECTION', { deadlineMs: 5_000 })
    expect(result.stdout.trim().split(' ').at(-1)).toBe(String(inner.port))
    expect(stages).toEqual([
      '0 name running',
      '0 name ok',
      '0 tcp running',
      '0 tcp ok',
      '0 host-key running',
      '0 host-key ok',
      '0 ssh-auth running',
      '0 ssh-auth ok',
      '1 name skipped',
      '1 tcp running',
      '1 tcp ok',
      '1 host-key running',
      '1 host-key ok',
      '1 ssh-auth running',
      '1 ssh-auth ok'
    ])
  })

  it('works with the agent and never forwards it', async () => {
    knowAll()
    const agent: OwnAgent = await startOwnAgent()
    try {
      agent.add(key)
      const host = await open([hop(inner, { kind: 'agent' })], { agentSocket: agent.socket })
      const result = await host.exec('echo "agent:$SSH_AUTH_SOCK"', { deadlineMs: 5_000 })
      expect(result.stdout).toBe('agent:\n')
    } finally {
      agent.stop()
    }
  })

  it('says when the agent is missing, empty or holds no key the host takes', async () => {
    knowAll()
    const without = await failureFrom(open([hop(inner, { kind: 'agent' })]))
    expect(without.kind).toBe('auth')
    expect(without.what).toBe('The SSH agent cannot be reached.')
    expect(without.why).toBe('SSH_AUTH_SOCK is not set for this program.')
    const gone = await failureFrom(open([hop(inner, { kind: 'agent' })], { agentSocket: fileNamed('nowhere') }))
    expect(gone.why).toBe(`There is no agent at ${fileNamed('nowhere')}.`)
    const agent = await startOwnAgent()
    try {
      const empty = await failureFrom(open([hop(inner, { kind: 'agent' })], { agentSocket: agent.socket }))
      expect(empty.what).toBe(`${user}@127.0.0.1:${inner.port} accepted none of the SSH agent’s keys for ${user}.`)
      agent.add(makeKey(fileNamed('stranger')))
      const refused = await failureFrom(open([hop(inner, { kind: 'agent' })], { agentSocket: agent.socket }))
      expect(refused.kind).toBe('auth')
      expect(refused.why).toBe('It takes: publickey.')
    } finally {
      agent.stop()
    }
  })

  it.each([
    ['an OpenSSH Ed25519 key with passphrase', { type: 'ed25519', passphrase: 'open sesame' }, 'openssh-enc'],
    ['an RSA key in PEM', { type: 'rsa', bits: 2048, format: 'PEM' }, 'rsa-pem'],
    [
      'an RSA key in PEM with passphrase',
      { type: 'rsa', bits: 2048, format: 'PEM', passphrase: 'p:q r s' },
      'rsa-pem-enc'
    ],
    [
      'an RSA key in PKCS#8 with passphrase',
      { type: 'rsa', bits: 2048, format: 'PKCS8', passphrase: 'pässphrase' },
      'rsa-p8'
    ],
    ['an ECDSA key in PKCS#8', { type: 'ecdsa', format: 'PKCS8' }, 'ec-p8'],
    ['an ECDSA key', { type: 'ecdsa' }, 'ec']
  ])('works with %s', async (_title, options, file) => {
    knowAll()
    const path = makeKey(fileNamed(file), options)
    writeFileSync(inner.authorizedKeys, readFileSync(`${path}.pub`), { flag: 'a' })
    const asked: string[] = []
    const host = await open([hop(inner, { kind: 'key', path, passphrase: options.passphrase !== undefined })], {
      secret: async (ref) => {
        asked.push(ref)
        return options.passphrase ?? null
      }
    })
    expect((await host.exec('true', { deadlineMs: 5_000 })).code).toBe(0)
    expect(asked).toEqual(options.passphrase === undefined ? [] : ['ssh/db1/0/passphrase'])
  })

  it('works with an Ed25519 key in PKCS#8', async () => {
    knowAll()
    const path = fileNamed('ed-p8')
    writeFileSync(path, execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519']), { mode: 0o600 })
    const { createPrivateKey, createPublicKey } = await import('node:crypto')
    const { opensshEd25519 } = await import('../../src/main/ssh/openssh-ed25519')
    const made = createPrivateKey(readFileSync(path))
    expect(createPublicKey(made).asymmetricKeyType).toBe('ed25519')
    writeFileSync(fileNamed('ed-openssh'), opensshEd25519(made), { mode: 0o600 })
    writeFileSync(inner.authorizedKeys, execFileSync('ssh-keygen', ['-y', '-f', fileNamed('ed-openssh')]), {
      flag: 'a'
    })
    const host = await open([hop(inner, { kind: 'key', path, passphrase: false })])
    expect(host.open).toBe(true)
  })

  it('names what is wrong with a key file before anything is offered', async () => {
    knowAll()
    makeKey(fileNamed('locked'), { passphrase: 'right' })
    writeFileSync(fileNamed('empty'), '')
    writeFileSync(fileNamed('nonsense'), 'hello')
    writeFileSync(fileNamed('ppk3'), 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n')
    const attempt = (path: string, passphrase: string | null = null) =>
      failureFrom(
        open([hop(inner, { kind: 'key', path, passphrase: passphrase !== null })], { secret: async () => passphrase })
      )
    expect((await attempt(fileNamed('missing'))).what).toBe(`There is no key file ${fileNamed('missing')}.`)
    expect((await attempt(dir)).what).toBe(`${dir} is a folder, not a key file.`)
    expect((await attempt('/dev/zero')).what).toBe('/dev/zero is not a regular file.')
    expect((await attempt(fileNamed('empty'))).what).toBe(`The key file ${fileNamed('empty')} is empty.`)
    expect((await attempt(`${key}.pub`)).why).toBe('It is a public key.')
    expect((await attempt(fileNamed('ppk3'))).why).toBe('It is a PuTTY key of version 3.')
    expect((await attempt(fileNamed('nonsense'))).what).toBe(`The key file ${fileNamed('nonsense')} cannot be used.`)
    const locked = await attempt(fileNamed('locked'))
    expect(locked.kind).toBe('secret-missing')
    expect(locked.what).toBe(`The key ${fileNamed('locked')} is encrypted and no passphrase is known for it.`)
    const wrong = await attempt(fileNamed('locked'), 'wrong-phrase')
    expect(wrong.what).toBe(`The passphrase does not open the key ${fileNamed('locked')}.`)
    expect(JSON.stringify(wrong)).not.toContain('wrong-phrase')
  })

  it('says that a key is refused and what the host takes', async () => {
    knowAll()
    const path = makeKey(fileNamed('unknown-key'))
    const failure = await failureFrom(open([hop(inner, { kind: 'key', path, passphrase: false })]))
    expect(failure.kind).toBe('auth')
    expect(failure.what).toBe(`${user}@127.0.0.1:${inner.port} does not accept this key for ${user}.`)
    expect(failure.why).toBe('It takes: publickey.')
  })

  it('does not send a password to a host that takes none', async () => {
    knowAll()
    const failure = await failureFrom(open([hop(inner, { kind: 'password' })], { secret: async () => 'a-password' }))
    expect(failure.what).toBe(`${user}@127.0.0.1:${inner.port} does not take passwords.`)
    expect(inner.log()).not.toContain('Failed password')
  })

  it('says when no password is known', async () => {
    knowAll()
    const failure = await failureFrom(open([hop(inner, { kind: 'password' })]))
    expect(failure.kind).toBe('secret-missing')
    expect(failure.what).toBe(`No SSH password is known for ${user}@127.0.0.1:${inner.port}.`)
  })

  it.skipIf(!isRoot)('works with a password, and says when it is wrong (needs root to make an account)', async () => {
    const name = `sw${process.pid}`
    const sshd = await startOwnSshd({ lines: ['PasswordAuthentication yes'] })
    try {
      execFileSync('useradd', ['--no-create-home', '--home-dir', '/tmp', '--shell', '/bin/sh', name])
      execFileSync('chpasswd', [], { input: `${name}:correct horse\n` })
      knowing(`${nameOf(sshd)} ${sshd.hostKey('ed25519')}`)
      const target: Hop = { ...hop(sshd, { kind: 'password' }), user: name }
      const host = await open([target], {
        secret: async (ref) => (ref === 'ssh/db1/0/password' ? 'correct horse' : null)
      })
      expect((await host.exec('id -un', { deadlineMs: 5_000 })).stdout.trim()).toBe(name)
      const wrong = await failureFrom(open([target], { secret: async () => 'battery staple' }))
      expect(wrong.kind).toBe('auth')
      expect(wrong.what).toBe(`${name}@127.0.0.1:${sshd.port} does not accept this password for ${name}.`)
    } finally {
      await sshd.stop()
      // its SSH session may take a moment to end, and until then the account is in use
      await until(
        () => spawnSync('userdel', ['--force', name]).status === 0,
        5_000,
        'the test account is still in use',
        100
      )
    }
  })
})

describe('host keys', () => {
  it('asks once about an unknown key, writes the answer down and keeps the rest of the file', async () => {
    const before = '# my hosts\nother.example ssh-rsa AAAAB3NzaC1yc2E='
    writeFileSync(knownFile(), before)
    chmodSync(knownFile(), 0o600)
    const questions: HostKeyQuestion[] = []
    const askHostKey = async (question: HostKeyQuestion) => {
      questions.push(question)
      return true
    }
    const hosts = await Promise.all([open([hop(inner)], { askHostKey }), open([hop(inner)], { askHostKey })])
    const print = execFileSync('ssh-keygen', ['-lf', join(inner.dir, 'host_ed25519.pub')], { encoding: 'utf8' })
    expect(questions).toHaveLength(1)
    expect(questions[0]).toMatchObject({ host: '127.0.0.1', port: inner.port, through: [], keyType: 'ssh-ed25519' })
    expect(questions[0]?.lookedUpIn).toEqual([fileNamed('global'), knownFile()])
    expect(print).toContain(questions[0]?.fingerprint)
    expect(hosts.map((host) => host.hostKeyFingerprint)).toEqual([questions[0]?.fingerprint, questions[0]?.fingerprint])
    expect(readFileSync(knownFile(), 'utf8')).toBe(`${before}\n${nameOf(inner)} ${inner.hostKey('ed25519')}\n`)
    // OpenSSH's own program finds what was written
    expect(execFileSync('ssh-keygen', ['-F', nameOf(inner), '-f', knownFile()], { encoding: 'utf8' })).toContain(
      'ssh-ed25519'
    )
  })

  it('refuses an unknown key when nobody can be asked, and reads no secret', async () => {
    knowing('')
    const asked: string[] = []
    const failure = await failureFrom(
      open([hop(inner, { kind: 'password' })], {
        secret: async (ref) => {
          asked.push(ref)
          return 'secret'
        }
      })
    )
    expect(failure.kind).toBe('host-key-unknown')
    expect(failure.what).toBe(`The host key of ${user}@127.0.0.1:${inner.port} is not known yet.`)
    expect(failure.why).toMatch(/^It showed ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}\.$/)
    expect(failure.try.join(' ')).toContain(`ssh -p ${inner.port}`)
    expect(asked).toEqual([])
  })

  it('stops when the person does not accept, and writes nothing', async () => {
    knowing('# empty')
    const failure = await failureFrom(open([hop(inner)], { askHostKey: async () => false }))
    expect(failure.kind).toBe('host-key-unknown')
    expect(failure.what).toBe(`The host key of ${user}@127.0.0.1:${inner.port} was not accepted.`)
    expect(readFileSync(knownFile(), 'utf8')).toBe('# empty\n')
  })

  it('stops hard at a changed key, without a question', async () => {
    knowing(`${nameOf(inner)} ${gateway.hostKey('ed25519')}`)
    const asked: unknown[] = []
    const failure = await failureFrom(
      open([hop(inner)], {
        askHostKey: async (question) => {
          asked.push(question)
          return true
        }
      })
    )
    expect(failure.kind).toBe('host-key-changed')
    expect(failure.what).toBe(
      `The host key of ${user}@127.0.0.1:${inner.port} has changed: it may be another machine that answers.`
    )
    expect(failure.why).toContain(`${knownFile()}:1 (ssh-ed25519 SHA256:`)
    expect(failure.try[1]).toContain(`ssh-keygen -R '[127.0.0.1]:${inner.port}'`)
    expect(asked).toEqual([])
  })

  it('stops hard at a revoked key even when another file knows it', async () => {
    writeFileSync(fileNamed('global'), `@revoked * ${inner.hostKey('ed25519')}\n`)
    knowAll()
    try {
      const failure = await failureFrom(open([hop(inner)], { askHostKey: async () => true }))
      expect(failure.kind).toBe('host-key-changed')
      expect(failure.what).toBe(`The host key of ${user}@127.0.0.1:${inner.port} is marked as revoked.`)
    } finally {
      rmSync(fileNamed('global'))
    }
  })

  it('finds hashed names, as ssh-keygen -H makes them', async () => {
    knowAll()
    execFileSync('ssh-keygen', ['-H', '-f', knownFile()], { stdio: 'ignore' })
    expect(readFileSync(knownFile(), 'utf8')).not.toContain('127.0.0.1')
    expect((await open([hop(inner)])).open).toBe(true)
  })

  it.each([
    ['ecdsa', 'ecdsa-sha2-nistp256'],
    ['rsa', 'ssh-rsa']
  ])('asks the host for the key it is known by: %s', async (type, name) => {
    knowing(`${nameOf(inner)} ${inner.hostKey(type)}`)
    expect(inner.hostKey(type)).toContain(name)
    expect((await open([hop(inner)])).open).toBe(true)
  })

  it('does not take the key of one port for another', async () => {
    knowing(`127.0.0.1 ${inner.hostKey('ed25519')}`)
    expect((await failureFrom(open([hop(inner)]))).kind).toBe('host-key-unknown')
  })

  it('refuses a server that offers weak algorithms only', async () => {
    const weak = await startOwnSshd({ lines: ['Ciphers chacha20-poly1305@openssh.com,aes256-cbc'] })
    try {
      knowing(`${nameOf(weak)} ${weak.hostKey('ed25519')}`)
      const failure = await failureFrom(open([hop(weak)]))
      expect(failure.kind).toBe('refused')
      expect(failure.what).toBe(`${user}@127.0.0.1:${weak.port} and Siteswap share no safe SSH algorithm.`)
    } finally {
      await weak.stop()
    }
  })
})

describe('bad addresses', () => {
  it('says that nothing answers at a wrong port', async () => {
    const port = await freePort()
    const failure = await failureFrom(open([{ ...hop(inner), port }]))
    expect(failure).toMatchObject({ kind: 'refused', code: 'ECONNREFUSED' })
    expect(failure.what).toBe(`Nothing answers at 127.0.0.1:${port}: the connection was refused.`)
  })

  it('says that nothing answers at a wrong port behind a jump host', async () => {
    knowAll()
    const port = await freePort()
    const failure = await failureFrom(open([hop(gateway), { ...hop(inner), port }]))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(`Seen from ${user}@127.0.0.1:${gateway.port}, nothing answers at 127.0.0.1:${port}.`)
  })

  it('names a host that does not resolve', async () => {
    const failure = await failureFrom(open([{ ...hop(inner), host: 'no-such-host.invalid' }]))
    expect(failure.kind).toBe('not-found')
    expect(failure.what).toBe('The name no-such-host.invalid does not resolve to an address.')
  })

  it('gives up on a host that accepts and says nothing', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const failure = await failureFrom(open([{ ...hop(inner), port }], { deadlineMs: 400 }))
    expect(failure.kind).toBe('timeout')
    expect(failure.what).toBe(`Signing in to ${user}@127.0.0.1:${port} took longer than 400 ms.`)
    silent.close()
  })

  it('says that a port does not speak SSH', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const address = web.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const failure = await failureFrom(open([{ ...hop(inner), port }]))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(`What answers at ${user}@127.0.0.1:${port} does not speak SSH, or it hung up at once.`)
    web.close()
  })
})

describe('a signed-in host', () => {
  it('runs commands with input, both outputs, exit codes and text that comes as it is written', async () => {
    knowAll()
    const host = await open([hop(inner)])
    const pieces: string[] = []
    const result = await host.exec('cat; echo "größe €" >&2; exit 7', {
      input: 'from this side\n',
      deadlineMs: 5_000,
      onStdout: (text) => pieces.push(text)
    })
    expect(result).toEqual({ code: 7, signal: null, stdout: 'from this side\n', stderr: 'größe €\n' })
    expect(pieces.join('')).toBe('from this side\n')
    expect((await host.exec('kill -9 $$', { deadlineMs: 5_000 })).signal).toBe('SIGKILL')
  })

  it('caps what it keeps of a long output and says so', async () => {
    knowAll()
    const host = await open([hop(inner)])
    let heard = 0
    const result = await host.exec('head -c 3000000 /dev/zero | tr "\\0" x', {
      deadlineMs: 20_000,
      onStdout: (text) => {
        heard += text.length
      }
    })
    expect(result.stdout).toHaveLength(1024 * 1024)
    expect(result.truncated).toBe(true)
    expect(heard).toBe(3_000_000)
  })

  it('ends a command at its deadline or when the caller gives up, and goes on working', async () => {
    knowAll()
    const host = await open([hop(inner)])
    const late = await failureFrom(host.exec('sleep 30', { deadlineMs: 300 }))
    expect(late.kind).toBe('timeout')
    expect(late.what).toBe(`A command on ${host.label} did not end within 300 ms.`)
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    expect((await failureFrom(host.exec('sleep 30', { deadlineMs: 5_000, signal: abort.signal }))).kind).toBe(
      'cancelled'
    )
    expect((await host.exec('echo alive', { deadlineMs: 5_000 })).stdout).toBe('alive\n')
  })

  it('forwards to TCP addresses and unix sockets, and says what nothing answers', async () => {
    knowAll()
    const host = await open([hop(gateway), hop(inner)])
    const path = fileNamed('echo.sock')
    const echo = createServer((socket) => socket.pipe(socket))
    await new Promise<void>((resolve) => echo.listen(path, resolve))
    const stream = await host.forwardSocket(path, 5_000)
    const answer = new Promise<string>((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString())))
    stream.write('ping')
    expect(await answer).toBe('ping')
    stream.destroy()
    echo.close()
    const port = await freePort()
    const failure = await failureFrom(host.forward('127.0.0.1', port, 5_000))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(`Seen from ${host.label}, nothing answers at 127.0.0.1:${port}.`)
  })

  it('says when the host forbids forwarding', async () => {
    const strict = await startOwnSshd({ lines: ['AllowTcpForwarding no'] })
    try {
      writeFileSync(strict.authorizedKeys, readFileSync(`${key}.pub`))
      knowing(`${nameOf(strict)} ${strict.hostKey('ed25519')}`)
      const host = await open([hop(strict)])
      const failure = await failureFrom(host.forward('127.0.0.1', 3306, 5_000))
      expect(failure.kind).toBe('denied')
      expect(failure.what).toBe(`${host.label} does not allow forwarding to 127.0.0.1:3306.`)
    } finally {
      await strict.stop()
    }
  })

  it('notices a killed transport, tells everybody once and fails what was under way', async () => {
    knowAll()
    const host = await open([hop(gateway), hop(inner)])
    const whys: string[] = []
    host.onClose((why) => whys.push(why))
    const running = failureFrom(host.exec('sleep 30', { deadlineMs: 20_000 }))
    const parent = (await host.exec('echo $PPID', { deadlineMs: 5_000 })).stdout.trim()
    process.kill(Number(parent), 'SIGKILL')
    const failure = await running
    expect(failure.kind).toBe('unreachable')
    expect(host.open).toBe(false)
    expect(whys).toHaveLength(1)
    expect((await failureFrom(host.exec('true', { deadlineMs: 1_000 }))).kind).toBe('unreachable')
  })

  it('opens no listening port on this computer', async () => {
    knowAll()
    const listening = () =>
      execFileSync('sh', ['-c', `ls -l /proc/${process.pid}/fd | grep -c socket || true`], { encoding: 'utf8' }) &&
      readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .filter((line) => line.split(/\s+/)[4] === '0A')
        .map((line) => line.split(/\s+/)[10])
    const ownSockets = () =>
      execFileSync('sh', ['-c', `ls -l /proc/${process.pid}/fd`], { encoding: 'utf8' }).match(/socket:\[(\d+)\]/g) ?? []
    const host = await open([hop(gateway), hop(inner)])
    const stream = await host.forward('127.0.0.1', inner.port, 5_000)
    const inodes = new Set(ownSockets().map((text) => /\d+/.exec(text)?.[0]))
    expect((listening() || []).filter((inode) => inodes.has(inode))).toEqual([])
    stream.destroy()
  })
})
