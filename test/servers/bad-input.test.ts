import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorState } from '../../src/shared/doctor'
import type { FailureKind } from '../../src/shared/failure'
import { type Move, typedHops } from '../../src/shared/move'
import { type Lab, upLab } from '../lab/lab'
import { databaseOf, positions, runSpoilt, type Spoilt } from './own/bad-move'

interface Case extends Spoilt {
  layer: string
  kind: FailureKind
  what: RegExp
}

const few = { user: 'few_rights', password: 'few-rights-1' }
const secretOfOld = 'SITESWAP_SECRET_DB_OLD_DB'

describe('wrong facts about servers', () => {
  let lab: Lab
  let dir = ''
  let before: string[] = []

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-bad-'))
    lab = await upLab({ dir: join(dir, 'lab'), flavour: 'm1011', scale: 0.01 })
    const root = await lab.sql('old')
    await root.query(`CREATE USER '${few.user}'@'%' IDENTIFIED BY '${few.password}'`)
    await root.end()
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, 'stranger')])
    const [type, key] = readFileSync(join(dir, 'stranger.pub'), 'utf8').split(' ')
    const move = JSON.parse(readFileSync(lab.movePath, 'utf8')) as Move
    const [hop] = typedHops(move.old.servers[0]?.ssh ?? [])
    const name = hop?.port === 22 ? hop.host : `[${hop?.host}]:${hop?.port}`
    writeFileSync(join(dir, 'changed_hosts'), `${name} ${type} ${key}\n`)
    writeFileSync(join(dir, 'no_hosts'), '')
    before = await positions(lab)
  })
  afterAll(async () => {
    await lab?.down()
    rmSync(dir, { recursive: true, force: true })
  })

  const old = (move: Move) => databaseOf(move, 'old')
  const hop = (move: Move) => {
    const [first] = old(move).ssh
    if (!first) throw new Error('the lab’s move has no hop')
    return first
  }
  const cases: Record<string, () => Case> = {
    'a name that does not resolve': () => ({
      change: (move) => Object.assign(hop(move), { host: 'no-such-host.invalid' }),
      layer: 'name',
      kind: 'not-found',
      what: /no-such-host\.invalid does not resolve/
    }),
    'a host that does not answer': () => ({
      change: (move) => Object.assign(hop(move), { host: lab.mode === 'netns' ? '10.77.10.99' : '192.0.2.1' }),
      layer: 'tcp',
      kind: 'timeout',
      what: /did not answer within 10 s/
    }),
    'a wrong SSH port': () => ({
      change: (move) => Object.assign(hop(move), { port: 2 }),
      layer: 'tcp',
      kind: 'refused',
      what: /Nothing answers at .*:2/
    }),
    'a wrong database port': () => ({
      change: (move) => Object.assign(old(move).database, { port: 3399 }),
      layer: 'forward',
      kind: 'refused',
      what: /nothing answers at .*:3399/
    }),
    'a refused key': () => ({
      change: (move) =>
        Object.assign(hop(move), { auth: { kind: 'key', path: join(dir, 'stranger'), passphrase: false } }),
      layer: 'ssh-auth',
      kind: 'auth',
      what: /does not accept this key/
    }),
    'a key file that is not there': () => ({
      change: (move) => Object.assign(hop(move), { auth: { kind: 'key', path: '/nowhere/key', passphrase: false } }),
      layer: 'ssh-auth',
      kind: 'not-found',
      what: /key/
    }),
    'a host key that has changed': () => ({
      env: { SITESWAP_KNOWN_HOSTS: join(dir, 'changed_hosts') },
      layer: 'host-key',
      kind: 'host-key-changed',
      what: /changed|another key/i
    }),
    'a host key that nobody has seen': () => ({
      env: { SITESWAP_KNOWN_HOSTS: join(dir, 'no_hosts') },
      layer: 'host-key',
      kind: 'host-key-unknown',
      what: /not known|unknown/i
    }),
    'a wrong password': () => ({
      env: { [secretOfOld]: 'not-this-one' },
      layer: 'login',
      kind: 'auth',
      what: /password|refused/i
    }),
    'an account without grants': () => ({
      change: (move) => Object.assign(old(move).database, { user: few.user }),
      env: { [secretOfOld]: few.password },
      layer: 'grants',
      kind: 'denied',
      what: /cannot see enough: it lacks/
    }),
    'no password and no keychain': () => ({
      env: { [secretOfOld]: undefined },
      layer: 'login',
      kind: 'secret-missing',
      what: /No database password is known for old-db/
    })
  }

  it.each(Object.keys(cases))('%s: one sentence at its layer, in time, and nothing changed', async (name) => {
    const wanted = cases[name]?.()
    if (!wanted) throw new Error(name)
    const answer = await runSpoilt(lab, dir, wanted, ['doctor', '--server', 'old-db', '--json'])
    const [state] = JSON.parse(answer.stdout) as { doctor: Extract<DoctorState, { kind: 'done' }> }[]
    const failed = state?.doctor.rows.filter((row) => row.state === 'failed') ?? []
    expect(failed.map((row) => [row.layer, row.failure?.kind])).toEqual([[wanted.layer, wanted.kind]])
    expect(failed[0]?.failure?.what).toMatch(wanted.what)
    expect(failed[0]?.failure?.what).not.toContain('\n')
    expect(failed[0]?.failure?.try.length).toBeGreaterThan(0)
    expect(answer).toMatchObject({ code: 3, untouched: true })
    expect(answer.ms).toBeLessThan(30_000)
    expect(await positions(lab)).toEqual(before)
  })

  it('a run on a host that refuses starts nothing', async () => {
    const spoilt: Spoilt = { change: (move) => Object.assign(hop(move), { port: 2 }) }
    const answer = await runSpoilt(lab, dir, spoilt, ['replicate', 'all', '--yes', '--json'])
    expect(answer).toMatchObject({ code: 3, untouched: true })
    const { ok, failure } = JSON.parse(answer.stdout)
    expect([ok, failure.kind]).toEqual([false, 'refused'])
    expect(await positions(lab)).toEqual(before)
  })

  it('both sites the same server: preflight stops, and no runbook starts', async () => {
    const spoilt: Spoilt = {
      change: (move) => {
        const { ssh, database } = old(move)
        Object.assign(databaseOf(move, 'new'), { ssh, database })
      },
      env: {
        SITESWAP_SECRET_DB_NEW_DB: lab.state.accounts.admin.password,
        SITESWAP_SECRET_MADE_REPLICATION: 'Some5Replication',
        SITESWAP_SECRET_MADE_CANARY: 'Some5CanaryWord'
      }
    }
    const preflight = await runSpoilt(lab, dir, spoilt, ['preflight'])
    expect(preflight.code).toBe(1)
    expect(preflight.stdout).toContain('Both sites lead to the same database server')
    for (const verb of ['link', 'seed', 'co-masters']) {
      const answer = await runSpoilt(lab, dir, spoilt, ['replicate', verb, '--yes'])
      expect(answer).toMatchObject({ code: 1, untouched: true })
      expect(answer.stderr).toContain('Both ends of the pair are the same server.')
    }
    expect(await positions(lab)).toEqual(before)
  })

  it('passwords of own accounts that nothing would keep: refused before the start', async () => {
    const answer = await runSpoilt(lab, dir, {}, ['replicate', 'co-masters', '--yes'])
    expect(answer.code).toBe(3)
    expect(answer.stderr).toContain('SITESWAP_SECRET_MADE_REPLICATION and SITESWAP_SECRET_MADE_CANARY')
    expect(await positions(lab)).toEqual(before)
  })

  it('no binary log on the old server: preflight stops and says what to write where', async () => {
    const root = await lab.sql('old')
    await root.query('SET GLOBAL read_only = 0')
    await root.end()
    await lab.stopServer('old')
    await lab.startServer('old', ['skip-log-bin', 'log_slave_updates=0'])
    const answer = await runSpoilt(lab, dir, {}, ['preflight'])
    expect(answer.code).toBe(1)
    expect(answer.stdout).toMatch(/stop +E01 +old-db/)
    const run = await runSpoilt(lab, dir, {}, ['replicate', 'seed', '--yes'])
    expect(run).toMatchObject({ code: 1, untouched: true })
  })
})
