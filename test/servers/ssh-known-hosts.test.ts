import { execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import pLimit from 'p-limit'
import { describe, expect, it } from 'vitest'
import { resolveTyped } from '../../src/main/ssh/resolve-typed'
import type { Failure } from '../../src/shared/failure'
import { failureFrom } from './own/failure-of'
import { opensshVerdict } from './own/openssh'
import { startSshBench } from './own/ssh-bench'
import { certifyHost, makeKey, startOwnSshd } from './own/sshd'

const bench = startSshBench()
const { user, fileNamed, knownFile, nameOf, hop, open, knowing } = bench

const verdictOf = (failure: Failure): string => {
  if (failure.kind === 'host-key-unknown') return 'unknown'
  if (failure.kind !== 'host-key-changed') throw new Error(JSON.stringify(failure))
  return failure.what.includes('revoked') ? 'revoked' : 'changed'
}

interface Case {
  known: string
  second?: string
  machine?: string
  alias?: string
  verdict: 'known' | 'unknown' | 'changed' | 'revoked'
}

/** What the host is asked by, and its keys. `~` stands for `[127.0.0.1]:port`, `ED` … for a key of the host, `XED` … for a stranger's. */
const cases: Record<string, Case> = {
  'no line at all': { known: '', verdict: 'unknown' },
  'the host with its port': { known: '~ ED', verdict: 'known' },
  'the host among others': { known: 'a.example,~,b.example ED', verdict: 'known' },
  'the bare host for another port': { known: '127.0.0.1 ED', verdict: 'known' },
  'another key under the bare host': { known: '127.0.0.1 XED', verdict: 'unknown' },
  'a wildcard with port': { known: '[127.*]:* ED', verdict: 'known' },
  'a question mark': { known: '[127.0.0.?]:* ED', verdict: 'known' },
  'a wildcard that does not fit': { known: '[10.*]:* ED', verdict: 'unknown' },
  'a negated host': { known: '!~,[*]:* ED', verdict: 'unknown' },
  'a negated host after a match': { known: '[*]:*,!~ ED', verdict: 'unknown' },
  'a negated host that its bare name escapes': { known: '!~,* ED', verdict: 'known' },
  'another negated host': { known: '!10.0.0.1,* ED', verdict: 'known' },
  'the stranger’s key': { known: '~ XED', verdict: 'changed' },
  'the stranger’s key and then its own': { known: '~ XED\n~ ED', verdict: 'known' },
  'a key of another type': { known: '~ RSA', verdict: 'known' },
  'a stranger’s key of another type': { known: '~ XRSA', verdict: 'changed' },
  'all keys of the host': { known: '~ ED\n~ RSA\n~ EC', verdict: 'known' },
  'one of two types changed': { known: '~ XED\n~ RSA', verdict: 'changed' },
  'a revoked key': { known: '@revoked * ED\n~ ED', verdict: 'revoked' },
  'a revoked key, the mark after its line': { known: '~ ED\n@revoked ~ ED', verdict: 'revoked' },
  'a revoked key of another host': { known: '@revoked 10.0.0.1 ED\n~ ED', verdict: 'known' },
  'a stranger’s key revoked': { known: '@revoked * XED\n~ ED', verdict: 'known' },
  'revoked by the machine': { known: '~ ED', machine: '@revoked * ED', verdict: 'revoked' },
  'known by the machine': { known: '', machine: '~ ED', verdict: 'known' },
  'known by the second file': { known: '10.0.0.1 XED', second: '~ ED', verdict: 'known' },
  'changed in the first file, known in the second': { known: '~ XED', second: '~ ED', verdict: 'known' },
  'an alias': { known: 'db.alias ED', alias: 'db.alias', verdict: 'known' },
  'an alias and not the host': { known: '~ ED', alias: 'db.alias', verdict: 'unknown' },
  'an alias of another key': { known: 'db.alias XED\n~ ED', alias: 'db.alias', verdict: 'changed' },
  'comments and blanks': { known: '# ~ XED\n\n   # no\n  ~ ED  a comment # with a hash', verdict: 'known' },
  'an unknown mark': { known: '@trusted ~ ED', verdict: 'unknown' },
  'a damaged key': { known: '~ ssh-ed25519 AAAA!!!', verdict: 'unknown' },
  'a type that is not the key’s': { known: '~ MIX', verdict: 'unknown' },
  'a line without a key': { known: '~', verdict: 'unknown' },
  'no line end': { known: 'x XRSA\n~ ED\0', verdict: 'known' }
}

describe('known_hosts', () => {
  const fill = (text: string): string => {
    const own = (type: string) => bench.inner.hostKey(type)
    const words: Record<string, string> = {
      '~': nameOf(bench.inner),
      ED: own('ed25519'),
      EC: own('ecdsa'),
      RSA: own('rsa'),
      XED: bench.gateway.hostKey('ed25519'),
      XRSA: readFileSync(fileNamed('stranger.pub'), 'utf8').split(' ').slice(0, 2).join(' '),
      MIX: `ssh-rsa ${own('ed25519').split(' ')[1]}`
    }
    const filled = text.replace(/~|\b(XED|XRSA|ED|EC|RSA|MIX)\b/g, (word) => words[word] ?? word)
    return filled.endsWith('\0') ? filled.slice(0, -1) : `${filled}\n`
  }

  it('is read as OpenSSH’s own client reads it', async () => {
    makeKey(fileNamed('stranger'), { type: 'rsa', bits: 2048 })
    const ours: Record<string, string> = {}
    const theirs: Record<string, string> = {}
    const judge = async (title: string, index: number, { known, second, machine, alias }: Case) => {
      const write = (name: string, text: string) => {
        const path = fileNamed(`${name}-${index}`)
        writeFileSync(path, fill(text))
        return path
      }
      const userFiles = [write('first', known), write('second', second ?? '')]
      const globalFiles = [write('machine', machine ?? '')]
      const target = {
        ...resolveTyped(hop(bench.inner), 0),
        hostKeyAlias: alias ?? null,
        userKnownHostsFiles: userFiles,
        globalKnownHostsFiles: globalFiles
      }
      const [mine, real] = await Promise.all([
        open([target], { deadlineMs: 20_000 }).then(
          () => 'known',
          async (error) => verdictOf(await failureFrom(Promise.reject(error)))
        ),
        opensshVerdict({
          port: bench.inner.port,
          user,
          key: bench.key,
          userFiles,
          globalFiles,
          options: alias ? [`HostKeyAlias=${alias}`] : []
        })
      ])
      ours[title] = mine
      theirs[title] = real
    }
    const few = pLimit(4)
    await Promise.all(Object.entries(cases).map(([title, each], index) => few(() => judge(title, index, each))))
    const expected = Object.fromEntries(Object.entries(cases).map(([title, { verdict }]) => [title, verdict]))
    expect(theirs).toEqual(expected)
    expect(ours).toEqual(expected)
  }, 60_000)

  it('refuses a host that only a certificate authority vouches for, and says what does verify it', async () => {
    const certified = await startOwnSshd()
    try {
      const ca = certifyHost(certified, fileNamed('authority'), '127.0.0.1')
      writeFileSync(certified.authorizedKeys, readFileSync(`${bench.key}.pub`))
      knowing(`@cert-authority ${nameOf(certified)} ${ca}`)
      const failure = await failureFrom(open([hop(certified)], { askHostKey: async () => true }))
      expect(failure.kind).toBe('host-key-unknown')
      expect(failure.what).toBe(
        `${user}@127.0.0.1:${certified.port} is known by a certificate, which Siteswap’s own SSH cannot verify.`
      )
      expect(failure.where).toBe(`${knownFile()}:1`)
      expect(failure.try[0]).toContain('system’s own ssh')
      knowing(`@cert-authority ${nameOf(certified)} ${ca}`, `${nameOf(certified)} ${certified.hostKey('ed25519')}`)
      expect((await open([hop(certified)])).open).toBe(true)
    } finally {
      await certified.stop()
    }
  })

  it('gets an accepted key under its alias, hashed where names are hashed, behind its link and with its mode', async () => {
    const before = '# mine\nweb.example ssh-rsa AAAAB3NzaC1yc2E=\n'
    writeFileSync(fileNamed('real'), before)
    chmodSync(fileNamed('real'), 0o640)
    symlinkSync(fileNamed('real'), fileNamed('link'))
    const settings = { hostKeyAlias: 'DB.alias', userKnownHostsFiles: [fileNamed('link'), fileNamed('none-yet')] }
    const asked: unknown[] = []
    const askHostKey = async (question: unknown) => {
      asked.push(question)
      return true
    }
    await open([{ ...hop(bench.inner), settings }], { askHostKey })
    expect(asked).toMatchObject([{ knownAs: 'db.alias', lookedUpIn: [fileNamed('link'), fileNamed('none-yet')] }])
    expect(readFileSync(fileNamed('real'), 'utf8')).toBe(`${before}db.alias ${bench.inner.hostKey('ed25519')}\n`)
    expect(lstatSync(fileNamed('link')).isSymbolicLink()).toBe(true)
    expect(statSync(fileNamed('real')).mode & 0o777).toBe(0o640)

    writeFileSync(fileNamed('hashed'), `${nameOf(bench.gateway)} ${bench.gateway.hostKey('ed25519')}\n`)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', fileNamed('hashed')], { stdio: 'ignore' })
    await open([{ ...hop(bench.inner), settings: { userKnownHostsFiles: [fileNamed('hashed')] } }], { askHostKey })
    expect(readFileSync(fileNamed('hashed'), 'utf8')).not.toContain('127.0.0.1')
    const found = execFileSync('ssh-keygen', ['-F', nameOf(bench.inner), '-f', fileNamed('hashed')], {
      encoding: 'utf8'
    })
    expect(found).toContain(bench.inner.hostKey('ed25519').split(' ')[1])
  })

  it('keeps an accepted key for as long as the program runs when there is no file to write to', async () => {
    let asked = 0
    const askHostKey = async () => {
      asked++
      return true
    }
    for (const files of [['/dev/null'], []]) {
      const target = { ...resolveTyped(hop(bench.inner), 0), userKnownHostsFiles: files }
      await open([target], { askHostKey })
      await open([target], { askHostKey })
    }
    expect(asked).toBe(1)
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('learns no key that a host announces by itself, and stops when the host then shows another one', async () => {
    const rotating = await startOwnSshd({ keyTypes: ['ed25519', 'ecdsa'] })
    writeFileSync(rotating.authorizedKeys, readFileSync(`${bench.key}.pub`))
    const line = `${nameOf(rotating)} ${rotating.hostKey('ed25519')}`
    knowing(line)
    const host = await open([hop(rotating)])
    // the announcement comes before the answer to this
    await host.exec('true', { deadlineMs: 30_000 })
    host.close()
    expect(readFileSync(knownFile(), 'utf8')).toBe(`${line}\n`)
    const { port } = rotating
    await rotating.stop()
    const renewed = await startOwnSshd({ port, keyTypes: ['ed25519', 'ecdsa'] })
    try {
      const failure = await failureFrom(open([hop(renewed)], { askHostKey: async () => true }))
      expect(failure.kind).toBe('host-key-changed')
      expect(readFileSync(knownFile(), 'utf8')).toBe(`${line}\n`)
    } finally {
      await renewed.stop()
    }
  })

  it('refuses an unknown key without a question where the host is to be checked strictly', async () => {
    knowing('')
    let asked = 0
    const target = { ...resolveTyped(hop(bench.inner), 0), hostKeyCheck: 'strict' as const }
    const askHostKey = async () => {
      asked++
      return true
    }
    expect((await failureFrom(open([target], { askHostKey }))).kind).toBe('host-key-unknown')
    expect(asked).toBe(0)
  })
})
