import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HostKeyQuestion } from '../../src/shared/doctor'
import { failureFrom } from './own/failure-of'
import { freePort } from './own/free-port'
import { startSshBench } from './own/ssh-bench'
import { startOwnSshd } from './own/sshd'

const bench = startSshBench()
const { user, fileNamed, knownFile, nameOf, hop, open, knowing, knowAll } = bench

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
    const hosts = await Promise.all([
      open([hop(bench.inner)], { askHostKey }),
      open([hop(bench.inner)], { askHostKey })
    ])
    const print = execFileSync('ssh-keygen', ['-lf', join(bench.inner.dir, 'host_ed25519.pub')], { encoding: 'utf8' })
    expect(questions).toHaveLength(1)
    expect(questions[0]).toMatchObject({
      host: '127.0.0.1',
      port: bench.inner.port,
      through: [],
      keyType: 'ssh-ed25519'
    })
    expect(questions[0]?.lookedUpIn).toEqual([fileNamed('global'), knownFile()])
    expect(print).toContain(questions[0]?.fingerprint)
    expect(hosts.map((host) => host.hostKeyFingerprint)).toEqual([questions[0]?.fingerprint, questions[0]?.fingerprint])
    expect(readFileSync(knownFile(), 'utf8')).toBe(
      `${before}\n${nameOf(bench.inner)} ${bench.inner.hostKey('ed25519')}\n`
    )
    // OpenSSH's own program finds what was written
    expect(execFileSync('ssh-keygen', ['-F', nameOf(bench.inner), '-f', knownFile()], { encoding: 'utf8' })).toContain(
      'ssh-ed25519'
    )
  })

  it('refuses an unknown key when nobody can be asked, and reads no secret', async () => {
    knowing('')
    const asked: string[] = []
    const failure = await failureFrom(
      open([hop(bench.inner, { kind: 'password' })], {
        secret: async (ref) => {
          asked.push(ref)
          return 'secret'
        }
      })
    )
    expect(failure.kind).toBe('host-key-unknown')
    expect(failure.what).toBe(`The host key of ${user}@127.0.0.1:${bench.inner.port} is not known yet.`)
    expect(failure.why).toMatch(/^It showed ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}\.$/)
    expect(failure.try.join(' ')).toContain(`ssh -p ${bench.inner.port}`)
    expect(asked).toEqual([])
  })

  it('stops when the person does not accept, and writes nothing', async () => {
    knowing('# empty')
    const failure = await failureFrom(open([hop(bench.inner)], { askHostKey: async () => false }))
    expect(failure.kind).toBe('host-key-unknown')
    expect(failure.what).toBe(`The host key of ${user}@127.0.0.1:${bench.inner.port} was not accepted.`)
    expect(readFileSync(knownFile(), 'utf8')).toBe('# empty\n')
  })

  it('stops hard at a changed key, without a question', async () => {
    knowing(`${nameOf(bench.inner)} ${bench.gateway.hostKey('ed25519')}`)
    const asked: unknown[] = []
    const failure = await failureFrom(
      open([hop(bench.inner)], {
        askHostKey: async (question) => {
          asked.push(question)
          return true
        }
      })
    )
    expect(failure.kind).toBe('host-key-changed')
    expect(failure.what).toBe(
      `The host key of ${user}@127.0.0.1:${bench.inner.port} has changed: it may be another machine that answers.`
    )
    expect(failure.why).toContain(`${knownFile()}:1 (ssh-ed25519 SHA256:`)
    expect(failure.try[1]).toContain(`ssh-keygen -R '[127.0.0.1]:${bench.inner.port}'`)
    expect(asked).toEqual([])
  })

  it('stops hard at a revoked key even when another file knows it', async () => {
    writeFileSync(fileNamed('global'), `@revoked * ${bench.inner.hostKey('ed25519')}\n`)
    knowAll()
    try {
      const failure = await failureFrom(open([hop(bench.inner)], { askHostKey: async () => true }))
      expect(failure.kind).toBe('host-key-changed')
      expect(failure.what).toBe(`The host key of ${user}@127.0.0.1:${bench.inner.port} is marked as revoked.`)
    } finally {
      rmSync(fileNamed('global'))
    }
  })

  it('finds hashed names, as ssh-keygen -H makes them', async () => {
    knowAll()
    execFileSync('ssh-keygen', ['-H', '-f', knownFile()], { stdio: 'ignore' })
    expect(readFileSync(knownFile(), 'utf8')).not.toContain('127.0.0.1')
    expect((await open([hop(bench.inner)])).open).toBe(true)
  })

  it.each([
    ['ecdsa', 'ecdsa-sha2-nistp256'],
    ['rsa', 'ssh-rsa']
  ])('asks the host for the key it is known by: %s', async (type, name) => {
    knowing(`${nameOf(bench.inner)} ${bench.inner.hostKey(type)}`)
    expect(bench.inner.hostKey(type)).toContain(name)
    expect((await open([hop(bench.inner)])).open).toBe(true)
  })

  it('takes a key known by the bare name for another port, and asks when the bare name has another key', async () => {
    knowing(`127.0.0.1 ${bench.inner.hostKey('ed25519')}`)
    expect((await open([hop(bench.inner)])).open).toBe(true)
    knowing(`127.0.0.1 ${bench.gateway.hostKey('ed25519')}`)
    expect((await failureFrom(open([hop(bench.inner)]))).kind).toBe('host-key-unknown')
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
    const failure = await failureFrom(open([{ ...hop(bench.inner), port }]))
    expect(failure).toMatchObject({ kind: 'refused', code: 'ECONNREFUSED' })
    expect(failure.what).toBe(`Nothing answers at 127.0.0.1:${port}: the connection was refused.`)
  })

  it('says that nothing answers at a wrong port behind a jump host', async () => {
    knowAll()
    const port = await freePort()
    const failure = await failureFrom(open([hop(bench.gateway), { ...hop(bench.inner), port }]))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(
      `Seen from ${user}@127.0.0.1:${bench.gateway.port}, nothing answers at 127.0.0.1:${port}.`
    )
  })

  it('names a host that does not resolve', async () => {
    const failure = await failureFrom(open([{ ...hop(bench.inner), host: 'no-such-host.invalid' }]))
    expect(failure.kind).toBe('not-found')
    expect(failure.what).toBe('The name no-such-host.invalid does not resolve to an address.')
  })

  it('gives up on a host that accepts and says nothing', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const failure = await failureFrom(open([{ ...hop(bench.inner), port }], { deadlineMs: 400 }))
    expect(failure.kind).toBe('timeout')
    expect(failure.what).toBe(`Signing in to ${user}@127.0.0.1:${port} took longer than 400 ms.`)
    silent.close()
  })

  it('says that a port does not speak SSH', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const address = web.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const failure = await failureFrom(open([{ ...hop(bench.inner), port }]))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(
      `A web server answers at ${user}@127.0.0.1:${port}, not an SSH server: it does not speak SSH.`
    )
    web.close()
  })
})
