import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CliAnswer, runCli } from './own/cli-program'
import { startVersionServer, type VersionServer } from './own/version-server'

const password = 'Planted3Password'
const root = resolve(import.meta.dirname, '../..')

const moveAt = (port: number) => {
  const server = (id: string) => ({
    id,
    name: id,
    kind: 'database',
    ssh: [],
    database: { host: '127.0.0.1', port, via: 'direct', user: 'dba', tls: { mode: 'disabled' } }
  })
  return {
    format: 'siteswap.move',
    version: 1,
    id: 'bad-files',
    name: 'Bad files',
    createdAt: 1,
    old: { name: 'Porto', servers: [server('old-db')] },
    new: { name: 'Lisbon', servers: [server('new-db')] },
    pairs: [{ old: 'old-db', new: 'new-db' }]
  }
}

/** Mounting needs root; without it these disks cannot be had. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0

describe('wrong files, keychains and strangers', () => {
  let dir = ''
  let stranger: VersionServer

  const runOn = async (text: string, args: string[], env: Record<string, string> = {}, prefix: string[] = []) => {
    const path = join(dir, 'move.siteswap.json')
    writeFileSync(path, text)
    const [verb = '', ...rest] = args
    const answer: CliAnswer = await runCli([verb, path, ...rest], {
      prefix,
      env: { SITESWAP_DATA: join(dir, 'data'), HOME: dir, XDG_RUNTIME_DIR: '/nonexistent', ...env },
      deadlineMs: 30_000
    })
    expect(readFileSync(path, 'utf8') === text).toBe(true)
    return answer
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-files-'))
    stranger = await startVersionServer('5.1.73-antique')
  })
  afterAll(async () => {
    await stranger?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const good = JSON.stringify(moveAt(3306))
  const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`
  const files: Record<string, [string, RegExp]> = {
    'half a file': [good.slice(0, 200), /not complete JSON/],
    'an empty file': ['', /not complete JSON/],
    'another document': ['{"name":"shop"}', /not a Siteswap move/],
    'a list': ['[]', /not a Siteswap move/],
    'a move of a newer Siteswap': [good.replace('"version":1', '"version":9'), /saved by a newer Siteswap \(format 9/],
    'a move without a version': [good.replace('"version":1,', ''), /values that Siteswap cannot use[\s\S]*version/],
    'a port that is none': [good.replace('"port":3306', '"port":"3306; rm"'), /database\.port/],
    'a host that looks like an option': [good.replace('127.0.0.1', '-oProxyCommand=x'), /is not a host name/],
    'a path as id': [good.replace('bad-files', '../../etc'), /id: use lower-case letters/],
    'two servers with one id': [good.replaceAll('new-db', 'old-db'), /Two servers have the id/],
    'a huge file': [
      `{"format":"siteswap.move","x":"${'y'.repeat(11_000_000)}"}`,
      /12 MB|11 MB|10 MB; a move is at most/
    ],
    'a move that would change prototypes': [
      good.replace('"version":1', '"version":1,"__proto__":{"polluted":true}'),
      /values that Siteswap cannot use[\s\S]*(__proto__|nrecognized)/
    ],
    'a version that is no number': [
      good.replace('"version":1', '"version":"1"'),
      /values that Siteswap cannot use[\s\S]*version/
    ],
    'a version before the first': [
      good.replace('"version":1', '"version":0'),
      /values that Siteswap cannot use[\s\S]*version/
    ],
    'a deep file': [deep, /not a Siteswap move|not complete JSON/],
    'a deep value in a move': [
      good.replace('"createdAt":1', `"createdAt":${deep}`),
      /values that Siteswap cannot use|not complete JSON/
    ]
  }

  it.each(Object.keys(files))('%s is refused with exit 2 and nothing is kept', async (name) => {
    const [text, what] = files[name] ?? ['', /./]
    const answer = await runOn(text, ['doctor', '--json'])
    expect(answer.code).toBe(2)
    const { ok, failure } = JSON.parse(answer.stdout)
    expect([ok, failure.kind]).toEqual([false, 'invalid'])
    expect(`${failure.what} ${failure.why ?? ''}`).toMatch(what)
    expect(failure.try.length).toBeGreaterThan(0)
    expect(answer.stdout.length).toBeLessThan(3000)
    expect(readdirSync(dir)).toEqual(['move.siteswap.json'])
  })

  it.each([
    [['cutover', 'foo'], /plan, rehearse, run, resume, abort, reverse, finish/],
    [['replicate', 'everything'], /plan, link, seed, co-masters, all, resume, undo/],
    [['report', '--format', 'pdf'], /html, json/],
    [['doctor', '--server', 'nobody'], /One of: old-db, new-db/],
    [['drift', '--fast'], /unknown option '--fast'/]
  ])('%j is a usage error that names the choices', async (args, says) => {
    const answer = await runOn(good, args)
    expect(answer).toMatchObject({ code: 2, stdout: '' })
    expect(answer.stderr).toMatch(says)
  })

  it('a server of an unknown version is named and left alone', async () => {
    const env = { SITESWAP_SECRET_DB_OLD_DB: password, SITESWAP_SECRET_DB_NEW_DB: password }
    const answer = await runOn(JSON.stringify(moveAt(stranger.port)), ['topology'], env)
    expect(answer.code).toBe(3)
    expect(answer.stdout).toContain('The server says it is version "5.1.73-antique": Siteswap cannot move it.')
    expect(answer.stdout + answer.stderr).not.toContain(password)
    const run = await runOn(JSON.stringify(moveAt(stranger.port)), ['replicate', 'co-masters', '--yes', '--json'], env)
    expect(run.code).toBeGreaterThan(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false })
  })

  it.runIf(mayMount).each([
    // Node says ENOENT where it cannot make a folder on such a disk.
    ['read-only', ['-o', 'size=1m,ro'], /EROFS|ENOENT/],
    ['full', ['-o', 'size=4k'], /ENOSPC/]
  ] as const)(
    'a data folder on a %s disk: nothing is contacted, the file is as it was',
    async (_what, options, words) => {
      const data = mkdtempSync(join(dir, 'disk-'))
      execFileSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', data])
      try {
        const answer = await runOn(good, ['doctor', '--json'], { SITESWAP_DATA: data })
        expect(answer.code).toBe(3)
        const { ok, failure } = JSON.parse(answer.stdout)
        expect([ok, failure.kind, failure.words]).toEqual([false, 'storage', expect.stringMatching(words)])
        expect(failure.try.length).toBeGreaterThan(0)
      } finally {
        execFileSync('umount', [data])
        rmSync(data, { recursive: true })
      }
    }
  )

  it('a password kept in a keychain that is not there: says so and what to try', async () => {
    const names = { format: 'siteswap.secret-names', version: 1, accounts: ['bad-files/db/old-db'] }
    mkdirSync(join(dir, 'data'), { recursive: true })
    writeFileSync(join(dir, 'data/secret-names.json'), JSON.stringify(names))
    const text = JSON.stringify(moveAt(stranger.port))
    const absent = await runOn(text, ['doctor', '--server', 'old-db'])
    expect(absent.code).toBe(3)
    expect(absent.stdout).toContain('This computer offers no keychain to this program.')
    expect(absent.stdout).toContain('try:')
    // A fresh keychain of a session bus of its own holds nothing under this name: as a locked one answers.
    const keyring = ['bash', join(root, 'scripts/with-keyring.sh')]
    const locked = await runOn(text, ['doctor', '--server', 'old-db'], {}, keyring)
    expect(locked.code).toBe(3)
    expect(locked.stdout).toContain('A password that was kept in the keychain cannot be read.')
    expect(locked.stdout).toContain('Unlock the keychain and try again.')
  })
})
