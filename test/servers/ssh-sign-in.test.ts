import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { opensshEd25519 } from '../../src/main/ssh/openssh-key'
import type { Hop } from '../../src/shared/move'
import type { SignInQuestion } from '../../src/shared/sign-in'
import { until } from '../lab/processes'
import { type OwnAgent, startOwnAgent } from './own/agent'
import { failureFrom } from './own/failure-of'
import { startSshBench } from './own/ssh-bench'
import { type KeyOptions, makeKey, startOwnSshd } from './own/sshd'

const isRoot = process.getuid?.() === 0

const bench = startSshBench()
const { user, fileNamed, nameOf, hop, open, knowing, knowAll } = bench

describe('signing in', () => {
  it('goes through a chain of jump hosts, each verified under its own name', async () => {
    knowAll()
    const stages: string[] = []
    const host = await open([hop(bench.gateway), hop(bench.inner)], {
      watch: ({ hop: index, layer, state }) => stages.push(`${index} ${layer} ${state}`)
    })
    expect(host.label).toBe(`${user}@127.0.0.1:${bench.inner.port} through ${user}@127.0.0.1:${bench.gateway.port}`)
    const result = await host.exec('echo $SSH_CONNECTION', { deadlineMs: 30_000 })
    expect(result.stdout.trim().split(' ').at(-1)).toBe(String(bench.inner.port))
    // a layer may be told again with more about it; what counts is which came through, and in which order first
    expect([...new Set(stages.filter((stage) => !stage.endsWith(' running')))]).toEqual([
      '0 name ok',
      '0 tcp ok',
      '0 ssh ok',
      '0 host-key ok',
      '0 ssh-auth ok',
      '1 name skipped',
      '1 tcp ok',
      '1 ssh ok',
      '1 host-key ok',
      '1 ssh-auth ok'
    ])
  })

  it('works with the agent and never forwards it', async () => {
    knowAll()
    const agent: OwnAgent = await startOwnAgent()
    try {
      agent.add(bench.key)
      const host = await open([hop(bench.inner, { kind: 'agent' })], { agentSocket: agent.socket })
      const result = await host.exec('echo "agent:$SSH_AUTH_SOCK"', { deadlineMs: 30_000 })
      expect(result.stdout).toBe('agent:\n')
    } finally {
      agent.stop()
    }
  })

  it('says when the agent is missing, empty or holds no key the host takes', async () => {
    knowAll()
    const without = await failureFrom(open([hop(bench.inner, { kind: 'agent' })]))
    expect(without.kind).toBe('auth')
    expect(without.what).toBe('The SSH agent cannot be reached.')
    expect(without.why).toBe('SSH_AUTH_SOCK is not set for this program.')
    const gone = await failureFrom(open([hop(bench.inner, { kind: 'agent' })], { agentSocket: fileNamed('nowhere') }))
    expect(gone.why).toBe(`There is no agent at ${fileNamed('nowhere')}.`)
    const agent = await startOwnAgent()
    try {
      const empty = await failureFrom(open([hop(bench.inner, { kind: 'agent' })], { agentSocket: agent.socket }))
      expect(empty.what).toBe(
        `${user}@127.0.0.1:${bench.inner.port} accepted none of the SSH agent’s keys for ${user}.`
      )
      agent.add(makeKey(fileNamed('stranger')))
      const refused = await failureFrom(open([hop(bench.inner, { kind: 'agent' })], { agentSocket: agent.socket }))
      expect(refused.kind).toBe('auth')
      expect(refused.why).toBe('It takes: publickey.')
    } finally {
      agent.stop()
    }
  })

  it.each<[string, KeyOptions, string]>([
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
    writeFileSync(bench.inner.authorizedKeys, readFileSync(`${path}.pub`), { flag: 'a' })
    const asked: string[] = []
    const host = await open([hop(bench.inner, { kind: 'key', path, passphrase: options.passphrase !== undefined })], {
      secret: async (ref) => {
        asked.push(ref)
        return options.passphrase ?? null
      }
    })
    expect((await host.exec('true', { deadlineMs: 30_000 })).code).toBe(0)
    expect(asked).toEqual(options.passphrase === undefined ? [] : ['ssh/db1/0/passphrase'])
  })

  it('works with an Ed25519 key in PKCS#8', async () => {
    knowAll()
    const path = fileNamed('ed-p8')
    writeFileSync(path, execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519']), { mode: 0o600 })
    const made = createPrivateKey(readFileSync(path))
    expect(made.asymmetricKeyType).toBe('ed25519')
    writeFileSync(fileNamed('ed-openssh'), opensshEd25519(made), { mode: 0o600 })
    writeFileSync(bench.inner.authorizedKeys, execFileSync('ssh-keygen', ['-y', '-f', fileNamed('ed-openssh')]), {
      flag: 'a'
    })
    const host = await open([hop(bench.inner, { kind: 'key', path, passphrase: false })])
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
        open([hop(bench.inner, { kind: 'key', path, passphrase: passphrase !== null })], {
          secret: async () => passphrase
        })
      )
    expect((await attempt(fileNamed('missing'))).what).toBe(`There is no key file ${fileNamed('missing')}.`)
    expect((await attempt(bench.dir)).what).toBe(`${bench.dir} is a folder, not a key file.`)
    expect((await attempt('/dev/zero')).what).toBe('/dev/zero is not a regular file.')
    execFileSync('mkfifo', [fileNamed('pipe')])
    expect((await attempt(fileNamed('pipe'))).what).toBe(`${fileNamed('pipe')} is not a regular file.`)
    expect((await attempt(fileNamed('empty'))).what).toBe(`The key file ${fileNamed('empty')} is empty.`)
    expect((await attempt(`${bench.key}.pub`)).why).toBe('It is a public key.')
    expect((await attempt(fileNamed('ppk3'))).why).toBe('It is damaged.')
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
    const failure = await failureFrom(open([hop(bench.inner, { kind: 'key', path, passphrase: false })]))
    expect(failure.kind).toBe('auth')
    expect(failure.what).toBe(`${user}@127.0.0.1:${bench.inner.port} does not accept this key for ${user}.`)
    expect(failure.why).toBe('It takes: publickey.')
  })

  it('does not send a password to a host that takes none', async () => {
    knowAll()
    const failure = await failureFrom(
      open([hop(bench.inner, { kind: 'password' })], { secret: async () => 'a-password' })
    )
    expect(failure.what).toBe(`${user}@127.0.0.1:${bench.inner.port} does not take passwords.`)
    expect(bench.inner.log()).not.toContain('Failed password')
  })

  it('says when no password is known', async () => {
    knowAll()
    const failure = await failureFrom(open([hop(bench.inner, { kind: 'password' })]))
    expect(failure.kind).toBe('secret-missing')
    expect(failure.what).toBe(`No SSH password is known for ${user}@127.0.0.1:${bench.inner.port}.`)
  })

  it.skipIf(!isRoot)(
    'works with a password, and with PAM’s questions, and says when it is wrong (needs root to make an account)',
    async () => {
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
        expect((await host.exec('id -un', { deadlineMs: 30_000 })).stdout.trim()).toBe(name)
        const wrong = await failureFrom(open([target], { secret: async () => 'battery staple' }))
        expect(wrong.kind).toBe('auth')
        expect(wrong.what).toBe(`${name}@127.0.0.1:${sshd.port} does not accept this password for ${name}.`)
        await sshd.stop()
        const pam = await startOwnSshd({ lines: ['UsePAM yes', 'KbdInteractiveAuthentication yes'], port: sshd.port })
        try {
          knowing(`${nameOf(pam)} ${pam.hostKey('ed25519')}`)
          expect((await open([target], { secret: async () => 'correct horse' })).open).toBe(true)
          const asked: string[] = []
          const askQuestion = async (question: SignInQuestion) => {
            asked.push(`${question.prompts.map(({ text, echo }) => `${text}${echo}`)} again ${question.again}`)
            return [asked.length === 1 ? 'wrong' : 'correct horse']
          }
          expect((await open([target], { askQuestion, deadlineMs: 10_000 })).open).toBe(true)
          expect(asked).toEqual(['Password: false again false', 'Password: false again true'])
        } finally {
          await pam.stop()
        }
      } finally {
        await sshd.stop()
        // its SSH session may take a moment to end, and until then the account is in use
        await until(
          () => spawnSync('userdel', ['--force', name]).status === 0,
          60_000,
          'the test account is still in use',
          100
        )
      }
    }
  )
})
