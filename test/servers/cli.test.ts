import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, upLab } from '../lab/lab'
import { labSecretEnv } from '../lab/move-file'
import { type CliAnswer, type CliPlan, runCli } from './own/cli-program'
import { filesWith, watchCommandLines } from './own/secret-watch'

const made = { replication: 'Planted7Replication3', canary: 'Planted5Canary9' }

describe.each(['m1011', 'my97'] as const)('the command on %s', (flavour) => {
  // Ways out of the path are walked on one flavour; the path itself on both.
  const whole = flavour === 'm1011'
  let lab: Lab
  let dir = ''
  let secrets: string[] = []
  let stopWatching: () => string[] = () => []
  const said: string[] = []

  const siteswap = async (args: string[], more: CliPlan = {}): Promise<CliAnswer> => {
    const [verb = '', ...rest] = args
    const answer = await runCli([verb, lab.movePath, ...rest], {
      ...more,
      prefix: lab.execPrefix,
      env: {
        ...labSecretEnv(lab.state),
        SITESWAP_SECRET_MADE_REPLICATION: made.replication,
        SITESWAP_SECRET_MADE_CANARY: made.canary,
        SITESWAP_DATA: join(dir, 'data'),
        SITESWAP_KNOWN_HOSTS: lab.state.ssh.knownHosts,
        ...more.env
      }
    })
    said.push(answer.stdout, answer.stderr)
    return answer
  }
  const json = async (args: string[]): Promise<{ code: number | null; value: unknown }> => {
    const { code, stdout } = await siteswap([...args, '--json'])
    return { code, value: JSON.parse(stdout) }
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-cli-'))
    lab = await upLab({ dir: join(dir, 'lab'), flavour, latencyMs: 2, scale: 0.01, ttlSeconds: 1 })
    const { accounts, dns } = lab.state
    secrets = [accounts.admin.password, dns.keySecret, made.replication, made.canary]
    stopWatching = watchCommandLines(secrets)
  })
  afterAll(async () => {
    stopWatching()
    await lab?.down()
    rmSync(dir, { recursive: true, force: true })
  })

  it('asks every layer, tells versions as they are, and exits 0', async () => {
    const { code, value } = await json(['doctor'])
    expect(code).toBe(0)
    const states = value as { server: string; doctor: { ok: boolean } }[]
    expect(states.map((state) => state.doctor.ok)).toEqual(states.map(() => true))
    const one = await siteswap(['doctor', '--server', 'old-db'])
    const version = flavour === 'my97' ? /Handshake +\d+ ms +MySQL 9\.7\./ : /Handshake +\d+ ms +MariaDB 10\.11\./
    expect(one.stdout).toMatch(version)
  })

  if (whole)
    it('prints the picture before and says what cannot start yet with exit 1', async () => {
      const picture = await siteswap(['topology'])
      expect(picture).toMatchObject({ code: 0 })
      expect(picture.stdout).toContain('London (old site)')
      expect(picture.stdout).toContain('Takes writes: old-db')
      const plan = await json(['replicate', 'plan'])
      expect(plan.code).toBe(1)
      expect((plan.value as { previews: { kind: string }[] }).previews.map(({ kind }) => kind)).toEqual([
        'link',
        'seed',
        'replicate'
      ])
      const early = await siteswap(['replicate', 'co-masters', '--yes'])
      expect(early.code).toBe(1)
      expect(early.stderr).toContain('Seed the new server first.')
    })

  if (whole)
    it('changes nothing without --yes', async () => {
      const { code, stdout } = await siteswap(['replicate', 'link'])
      expect(code).toBe(0)
      expect(stdout).toContain('Make the bridge’s key on the new host')
      expect((await siteswap(['topology'])).stdout).toContain('bridge absent')
    })

  if (whole)
    it('builds the bridge; an interrupted seed puts everything back', async () => {
      expect(await siteswap(['replicate', 'link', '--yes'])).toMatchObject({ code: 0 })
      const stopped = await siteswap(['replicate', 'seed', '--yes'], {
        onStderr: (text, interrupt) => {
          if (text.includes('Close the new server for applications') && !text.includes('Interrupted')) interrupt()
        }
      })
      expect(stopped.code).toBe(3)
      expect(stopped.stderr).toContain('Interrupted: putting back what can be put back.')
      expect(stopped.stdout).toContain('Seed the new server: aborted')
      const root = await lab.sql('new')
      try {
        expect((await root.query("SHOW DATABASES LIKE 'shop'"))[0]).toEqual([])
      } finally {
        await root.end()
      }
    })

  if (whole)
    it('refuses a second process on the same move while one runs', async () => {
      let second: Promise<CliAnswer> | null = null
      const first = await siteswap(['replicate', 'seed', '--yes'], {
        onStderr: () => {
          second ??= siteswap(['replicate', 'undo', '--json'])
        }
      })
      expect(first.code).toBe(0)
      const answer = await (second as Promise<CliAnswer> | null)
      expect(answer?.code).toBe(3)
      expect(JSON.parse(answer?.stdout ?? '')).toMatchObject({ ok: false, failure: { kind: 'conflict' } })
    })

  it('makes co-masters; preflight has no stop and the sites are equal', async () => {
    const run = await json(['replicate', whole ? 'co-masters' : 'all', '--yes'])
    const done = { kind: 'replicate', state: { kind: 'done' } }
    expect(run).toMatchObject({ code: 0, value: whole ? done : { ok: true, runs: [{}, {}, done] } })
    await lab.customers.start(5)
    const preflight = await json(['preflight'])
    expect(preflight.code).toBe(0)
    const { findings } = preflight.value as { findings: { check: string; verdict: string }[] }
    expect(findings.find(({ check }) => check === 'D02')?.verdict).toBe('ok')
    const drift = await siteswap(['drift'])
    expect(drift.stdout).toMatch(/equal: \d+ tables/)
    expect(drift.code).toBe(0)
  })

  it('rehearses, asks for the typed go, and cuts over', async () => {
    if (whole) {
      const rehearsal = await siteswap(['cutover', 'rehearse'])
      expect(rehearsal.stdout).toMatch(/Rehearsal of the cutover to Brno: done\n {2}writes paused for/)
    }
    const untyped = await siteswap(['cutover', 'run', '--confirm', 'go London'])
    expect(untyped).toMatchObject({ code: 2 })
    expect(untyped.stderr).toContain('--confirm "go Brno"')
    const run = await json(['cutover', 'run', '--confirm', 'go Brno'])
    expect(run).toMatchObject({ code: 0, value: { kind: 'cutover', state: { kind: 'done' } } })
    expect((await siteswap(['topology'])).stdout).toContain('Takes writes: new-db')
    expect(await siteswap(['cutover', 'abort'])).toMatchObject({ code: 2 })
    await lab.customers.stop()
    expect((await lab.judge({ on: ['old', 'new'] })).faults).toEqual([])
  })

  it('writes the report as HTML and as JSON', async () => {
    const file = join(dir, 'report.html')
    expect(await siteswap(['report', '--out', file])).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/)
    const { code, value } = await json(['report'])
    expect(code).toBe(0)
    expect((value as { runs: { kind: string }[] }).runs.map(({ kind }) => kind)).toContain('cutover')
  })

  it('never lets a secret out: not printed, not kept, not in a command line', () => {
    expect(said.join('').length).toBeGreaterThan(1000)
    expect(secrets.filter((secret) => said.some((text) => text.includes(secret)))).toEqual([])
    expect(filesWith(join(dir, 'data'), secrets)).toEqual([])
    expect(filesWith(dir, secrets).filter((path) => path.endsWith('report.html'))).toEqual([])
    expect(stopWatching()).toEqual([])
  })
})
