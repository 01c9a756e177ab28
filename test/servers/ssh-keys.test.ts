import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ssh2, { type ParsedKey } from 'ssh2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OfferedKey } from '../../src/main/ssh/offered-key'
import type { Hop, HopSettings } from '../../src/shared/move'
import { type OwnAgent, startOwnAgent } from './own/agent'
import { failureFrom } from './own/failure-of'
import { startSshBench } from './own/ssh-bench'
import { makeKey, type OwnSshd, startOwnSshd } from './own/sshd'

const bench = startSshBench()
const { user, fileNamed, nameOf, open, knowing } = bench
const names = ['one', 'two', 'three', 'four', 'right'] as const

let agent: OwnAgent
let strict: OwnSshd
let logged = 0

const pub = (name: string) => readFileSync(`${fileNamed(name)}.pub`, 'utf8')
const printOf = (name: string) =>
  execFileSync('ssh-keygen', ['-lf', `${fileNamed(name)}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? ''

/** The keys that sshd saw since the last look, by their names, in order. */
const offered = (): string[] => {
  const lines = strict.log().slice(logged)
  logged = strict.log().length
  const prints = new Map(names.map((name) => [printOf(name), name]))
  const seen = [...lines.matchAll(/(?:Failed|Accepted key|Accepted) (?:publickey for .*?)?[A-Z0-9]+ (SHA256:\S+)/g)]
  return seen.flatMap((match) => prints.get(match[1] ?? '') ?? [])
}

const auto = (settings: HopSettings, auth: Hop['auth'] = { kind: 'auto' }): Hop => ({
  host: '127.0.0.1',
  port: strict.port,
  user,
  auth,
  settings
})
const through = () => ({ agentSocket: agent.socket })

describe('the order of keys', () => {
  beforeAll(async () => {
    strict = await startOwnSshd({ lines: ['MaxAuthTries 3', 'LogLevel DEBUG1'] })
    agent = await startOwnAgent()
    for (const name of names) {
      makeKey(fileNamed(name))
      agent.add(fileNamed(name))
    }
    makeKey(fileNamed('locked'), { passphrase: 'open sesame' })
    makeKey(fileNamed('file-only'))
    knowing(`${nameOf(strict)} ${strict.hostKey('ed25519')}`)
    writeFileSync(strict.authorizedKeys, `${pub('right')}${pub('locked')}${pub('file-only')}`)
  })
  afterAll(async () => {
    agent?.stop()
    await strict?.stop()
  })

  it('explains a server that hung up after too many keys of the agent', async () => {
    const failure = await failureFrom(open([auto({ identityFiles: [] })], through()))
    expect(failure.kind).toBe('auth')
    expect(failure.what).toBe(`${user}@127.0.0.1:${strict.port} hung up after too many attempts to sign in.`)
    expect(failure.why).toMatch(/^Offered were the agent’s key test, /)
    expect(failure.try.join(' ')).toContain('IdentitiesOnly yes')
  })

  it('begins with those keys of the agent that a file names, even when only the public file is there', async () => {
    const named = fileNamed('named-right')
    copyFileSync(`${fileNamed('right')}.pub`, `${named}.pub`)
    offered()
    const host = await open([auto({ identityFiles: [named] })], through())
    expect(host.open).toBe(true)
    expect(offered()[0]).toBe('right')
  })

  it('offers nothing but the named keys when only they are wanted', async () => {
    const failure = await failureFrom(
      open([auto({ identityFiles: [fileNamed('two')], identitiesOnly: true })], through())
    )
    expect(failure.what).toBe(
      `${user}@127.0.0.1:${strict.port} let ${user} in by none of the ways that OpenSSH would try.`
    )
    expect(failure.why).toBe('Offered were the agent’s key test. It takes: publickey.')
  })

  it('goes on to files that the agent does not hold, and asks for a passphrase only when the key is wanted', async () => {
    const asked: string[] = []
    const secret = async (ref: string) => {
      asked.push(ref)
      return 'open sesame'
    }
    const files = { identityFiles: [fileNamed('missing'), fileNamed('file-only'), fileNamed('locked')] }
    expect((await open([auto(files)], { secret })).open).toBe(true)
    expect(asked).toEqual(['ssh/db1/0/password'])
    const locked = { identityFiles: [fileNamed('locked')] }
    expect((await open([auto(locked)], { secret })).open).toBe(true)
    expect(asked).toEqual(['ssh/db1/0/password', 'ssh/db1/0/password', 'ssh/db1/0/passphrase'])
    const wrong = await failureFrom(open([auto(locked)], { secret: async () => 'wrong' }))
    expect(wrong.why).toContain(`The passphrase does not open the key ${fileNamed('locked')}.`)
    expect(JSON.stringify(wrong)).not.toContain('"wrong"')
  })

  it('lets the agent sign for a key file it holds, so that no passphrase is needed', async () => {
    const copy = fileNamed('held')
    copyFileSync(fileNamed('right'), copy)
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'unknown here', '-f', copy])
    const host = await open([auto({}, { kind: 'key', path: copy, passphrase: false })], through())
    expect(host.open).toBe(true)
  })

  it('asks the agent of the hop’s own IdentityAgent, and none when there is to be none', async () => {
    const own = { identityAgent: agent.socket, identityFiles: [fileNamed('right')], identitiesOnly: true }
    expect((await open([auto(own, { kind: 'agent' })])).open).toBe(true)
    const none = await failureFrom(open([auto({ identityAgent: 'none' }, { kind: 'agent' })], through()))
    expect(none.what).toBe('The SSH agent cannot be reached.')
    expect(none.why).toBe('SSH_AUTH_SOCK is not set for this program.')
    const gone = await failureFrom(open([auto({ identityAgent: fileNamed('nowhere'), identityFiles: [] })], through()))
    expect(gone.why).toContain(`There is no agent at ${fileNamed('nowhere')}.`)
  })

  it('says what the agent answered when it does not sign: a key to be confirmed, with nobody to confirm it', async () => {
    const careful = await startOwnAgent()
    try {
      execFileSync('ssh-add', ['-q', '-c', fileNamed('right')], {
        env: { ...process.env, SSH_AUTH_SOCK: careful.socket },
        stdio: 'ignore'
      })
      const failure = await failureFrom(open([auto({}, { kind: 'agent' })], { agentSocket: careful.socket }))
      expect(failure.kind).toBe('auth')
      expect(failure.why).toContain('test: the SSH agent did not sign. A key that wants to be confirmed')
    } finally {
      careful.stop()
    }
  })

  it('says what else works when a key of the agent is restricted to hosts', async () => {
    const narrow = await startOwnAgent()
    try {
      execFileSync('ssh-add', ['-q', '-H', fileNamed('known_hosts'), '-h', nameOf(strict), fileNamed('right')], {
        env: { ...process.env, SSH_AUTH_SOCK: narrow.socket },
        stdio: 'ignore'
      })
      const failure = await failureFrom(open([auto({}, { kind: 'agent' })], { agentSocket: narrow.socket }))
      expect(failure.why).toContain('one restricted to hosts (ssh-add -h) works through the system’s own ssh only')
    } finally {
      narrow.stop()
    }
  })

  it('proves itself with two keys where the server wants two', async () => {
    const twice = await startOwnSshd({ lines: ['AuthenticationMethods publickey,publickey'] })
    try {
      writeFileSync(twice.authorizedKeys, `${pub('one')}${pub('two')}`)
      knowing(`${nameOf(twice)} ${twice.hostKey('ed25519')}`)
      const both = { identityFiles: [fileNamed('one'), fileNamed('two')], identitiesOnly: true }
      expect((await open([{ ...auto(both), port: twice.port }])).open).toBe(true)
      expect((await open([{ ...auto(both), port: twice.port }], through())).open).toBe(true)
      const alone = { identityFiles: [fileNamed('one')], identitiesOnly: true }
      const failure = await failureFrom(open([{ ...auto(alone), port: twice.port }]))
      expect(failure.what).toBe(
        `${user}@127.0.0.1:${twice.port} accepted one proof of identity of ${user} and wants another one.`
      )
    } finally {
      await twice.stop()
      knowing(`${nameOf(strict)} ${strict.hostKey('ed25519')}`)
    }
  })

  it('signs with SHA-2 and never with SHA-1, also where the server takes nothing else', async () => {
    makeKey(fileNamed('rsa'), { type: 'rsa', bits: 2048 })
    const old = await startOwnSshd({ lines: ['PubkeyAcceptedAlgorithms ssh-rsa'] })
    try {
      for (const sshd of [old, strict]) writeFileSync(sshd.authorizedKeys, pub('rsa'), { flag: 'a' })
      knowing(...[old, strict].map((sshd) => `${nameOf(sshd)} ${sshd.hostKey('ed25519')}`))
      const key: Hop['auth'] = { kind: 'key', path: fileNamed('rsa'), passphrase: false }
      expect((await failureFrom(open([{ ...auto({}, key), port: old.port }]))).kind).toBe('auth')
      expect(old.log()).toContain('signature algorithm rsa-sha2-256 not in PubkeyAcceptedAlgorithms')
      expect(old.log()).not.toContain('Accepted publickey')
      expect((await open([auto({}, key)])).open).toBe(true)
    } finally {
      await old.stop()
    }
    const answered = new Promise<Error | null | undefined>((resolve) => {
      const publicKey = ssh2.utils.parseKey(pub('rsa')) as ParsedKey
      const identity = { name: 'rsa', from: 'file' as const, publicKey, sign: async () => Buffer.from('signed') }
      new OfferedKey(identity, (waiting) => waiting).sign(publicKey, Buffer.from('x'), { hash: 'sha1' }, resolve)
    })
    expect((await answered)?.message).toContain('takes RSA signatures with SHA-1 only, which are no longer safe')
  })

  it.each(['ecdsa-v3-enc', 'ed25519-v3-argon2i', 'rsa-v2-enc'])(
    'takes a PuTTY key with its passphrase: %s',
    async (name) => {
      const from = (ending: string) => fileURLToPath(new URL(`../unit/putty-keys/${name}.${ending}`, import.meta.url))
      const path = fileNamed(`${name}.ppk`)
      copyFileSync(from('ppk'), path)
      writeFileSync(strict.authorizedKeys, readFileSync(from('pub')), { flag: 'a' })
      const key: Hop['auth'] = { kind: 'key', path, passphrase: true }
      expect((await open([auto({}, key)], { secret: async () => 'open sesame' })).open).toBe(true)
      const wrong = await failureFrom(open([auto({}, key)], { secret: async () => 'closed' }))
      expect(wrong.what).toBe(`The passphrase does not open the key ${path}.`)
      rmSync(path)
    }
  )
})
