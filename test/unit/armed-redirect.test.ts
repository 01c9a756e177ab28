import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stageCommand, switchCommand } from '../../src/main/redirect/file-commands'
import {
  type ArmedRedirect,
  armCommand,
  armedStateCommand,
  armInput,
  disarmCommand,
  forgetCommand,
  watchScript
} from '../../src/main/runbooks/cutover/armed-redirect'

const secret = 'only-by-stdin-"quoted"\\'

describe('the armed redirect of a host', () => {
  let home: string
  let file: string
  let armed: ArmedRedirect
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'siteswap-armed-'))
    file = join(home, 'shop.conf')
    writeFileSync(file, 'port=1\n')
    mkdirSync(join(home, 'bin'))
    // A client that says what the test says, and notes how it was called.
    writeFileSync(
      join(home, 'bin', 'mariadb'),
      `#!/bin/sh\necho "$@" >>${home}/calls\n[ -s "${home}/options" ] || cat "\${1#--defaults-file=}" >${home}/options\ncat ${home}/answer\n`
    )
    chmodSync(join(home, 'bin', 'mariadb'), 0o755)
    const tag = `t${Math.random().toString(36).slice(2, 13)}`
    armed = {
      serverId: 'web1',
      tag,
      path: file,
      reload: `echo reloaded >>${home}/reloads`,
      address: { host: '127.0.0.1', port: 1 },
      question: "SELECT IF(@@server_uuid = 'u', @@global.read_only, 'another server')",
      seconds: 20
    }
    run(stageCommand(file, tag), 'port=2\n')
  })
  afterEach(() => {
    run(disarmCommand(armed))
    rmSync(home, { recursive: true, force: true })
  })
  const run = (command: string, input = '') =>
    spawnSync('sh', ['-c', command], {
      input,
      encoding: 'utf8',
      env: { ...process.env, HOME: home, PATH: `${home}/bin:${process.env.PATH}` }
    })
  const answer = (text: string) => writeFileSync(join(home, 'answer'), text)
  const arm = () =>
    run(
      armCommand(armed),
      armInput(armed).replace(/‹secret:[^›]+›/, () => secret)
    )
  const state = () => run(armedStateCommand(armed)).stdout.trim()
  const reloads = () => (existsSync(join(home, 'reloads')) ? readFileSync(join(home, 'reloads'), 'utf8') : '')
  const folders = () => readdirSync(home).filter((name) => name.startsWith('.siteswap-'))

  it('waits while the database is closed, switches once it takes writes, and leaves nothing', async () => {
    answer('1\n')
    expect(arm()).toMatchObject({ status: 0, stdout: 'mariadb\n' })
    expect(state()).toBe('armed')
    const folder = join(home, folders()[0] ?? '')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder).filter((name) => statSync(join(folder, name)).mode & 0o77)).toEqual([])
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['options', 'secret', 'watch.sh']))
    await expect.poll(() => readFileSync(join(home, 'calls'), 'utf8').split('\n').length).toBeGreaterThan(4)
    expect(readFileSync(file, 'utf8')).toBe('port=1\n')
    answer('0\n')
    await expect.poll(state, { timeout: 5000 }).toBe('gone')
    expect([readFileSync(file, 'utf8'), reloads(), folders()]).toEqual(['port=2\n', 'reloaded\n', []])
  })
  it('holds the password in its option file only, as a client reads it', () => {
    answer('1\n')
    expect(arm().status).toBe(0)
    expect(readFileSync(join(home, 'options'), 'utf8')).toContain('password="only-by-stdin-\\"quoted\\"\\\\"')
    expect(readFileSync(join(home, 'calls'), 'utf8')).not.toContain('only-by-stdin')
    expect(watchScript(armed) + armCommand(armed)).not.toContain('only-by-stdin')
    expect(execFileSync('ps', ['axeww'], { encoding: 'utf8' })).not.toContain('only-by-stdin')
  })
  it.each([
    ['the database takes writes already', '0\n', 73],
    ['another server answers', 'another server\n', 74],
    ['nothing answers', '', 74]
  ])('is refused when %s', (_, text, code) => {
    answer(text)
    expect(arm().status).toBe(code)
    expect([state(), folders()]).toEqual(['gone', []])
  })
  it('does nothing when it is disarmed, and when its time is over', async () => {
    answer('1\n')
    arm()
    expect(run(disarmCommand(armed)).status).toBe(0)
    expect([state(), folders()]).toEqual(['gone', []])
    armed = { ...armed, seconds: 1 }
    arm()
    await expect.poll(state, { timeout: 5000 }).toBe('gone')
    expect([readFileSync(file, 'utf8'), reloads(), folders()]).toEqual(['port=1\n', '', []])
  })
  it('ends when its folder is taken away', async () => {
    answer('1\n')
    arm()
    run(forgetCommand(armed))
    answer('0\n')
    await expect.poll(state, { timeout: 5000 }).toBe('gone')
    expect(reloads()).toBe('')
  })
  it('and an app that is alive may switch at the same moment: one renames, and both succeed', () => {
    for (let round = 0; round < 20; round++) {
      writeFileSync(file, 'port=1\n')
      run(stageCommand(file, armed.tag), 'port=2\n')
      const both = switchCommand(file, armed.tag, armed.reload)
      const seen = run(`( ${both}\n) & one=$!\n( ${both}\n) & wait $! && wait $one`)
      expect([seen.status, seen.stderr, readFileSync(file, 'utf8')]).toEqual([0, '', 'port=2\n'])
    }
    expect(reloads()).toBe('reloaded\n'.repeat(40))
  })
  it('of an earlier run ends when the next one is armed', async () => {
    answer('1\n')
    arm()
    const earlier = armed
    armed = { ...armed, tag: `u${armed.tag.slice(1)}` }
    expect(arm().status).toBe(0)
    await expect.poll(() => run(armedStateCommand(earlier)).stdout.trim(), { timeout: 5000 }).toBe('gone')
    expect([state(), folders().length]).toEqual(['armed', 1])
  })
})
