import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatherLinkFacts } from '../../src/main/runbooks/link/gather-link-facts'
import { bridgeFiles, type LinkFacts, reachableAt } from '../../src/main/runbooks/link/link-facts'
import { makeLinkRunbook } from '../../src/main/runbooks/link/make-link-runbook'
import { bridgeOf } from '../../src/main/runbooks/link/pair'
import { readBridge, restartBridge } from '../../src/main/runbooks/link/read-bridge'
import { bridgeEyes } from '../../src/main/runbooks/link/see-through'
import { literalPath } from '../../src/main/ssh/config-value'
import { databaseSecret } from '../../src/shared/secret'
import { type RunbookLab, runbookLab } from './own/runbook-lab'

describe('the bridge, between two real sshd', () => {
  let at: RunbookLab
  let facts: LinkFacts
  let keysBefore: Buffer
  let built = ''

  const book = () => makeLinkRunbook(facts, bridgeEyes(at.reach, facts))
  const pidIn = (file: string) => Number(readFileSync(file, 'utf8'))

  beforeAll(async () => {
    const lab = await runbookLab('m1011', 0.01)
    const bridge = bridgeOf(lab.move)
    // ssh reads blanks, quotes and tokens in the names of its files.
    const directory = `${bridge.directory} of "100%h"`
    at = { ...lab, move: { ...lab.move, bridge: { ...bridge, directory } } }
    facts = await gatherLinkFacts(at)
    // a file without an end of its last line, as editors leave it
    appendFileSync(facts.authorizedKeys, '# the last line of a careless editor')
    keysBefore = readFileSync(facts.authorizedKeys)
  })
  afterAll(() => at?.close())

  it('is not there before it is built', async () => {
    expect(await readBridge(at)).toMatchObject({ kind: 'absent' })
  })

  it('is not built to a host that shows another key than the verified one', async () => {
    const wrong: LinkFacts = { ...facts, oldHostKey: 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }
    const run = await at.run(makeLinkRunbook(wrong, bridgeEyes(at.reach, wrong)))
    expect(run.state).toMatchObject({ kind: 'failed', step: 'pin-host-key' })
    expect(run.steps.find((step) => step.id === 'pin-host-key')?.failure?.words).toContain('does not show the key')
    const undone = await at.run(book(), { runId: run.id, resume: at.folded(run.id), undo: true })
    expect(undone.state.kind).toBe('undone')
    expect(existsSync(facts.directory)).toBe(false)
  })

  it('carries both directions when it is built, proved by the identity of each database', async () => {
    const run = await at.run(book())
    built = run.id
    expect(run.steps.map((step) => [step.id, step.state, step.failure])).toEqual(
      run.steps.map((step) => [step.id, 'done', null])
    )
    expect(run.steps.at(-1)?.evidence).toContain('old-db answers at')
    expect(await readBridge(at)).toMatchObject({ kind: 'up', supervisor: 'process', roundTripMs: expect.any(Number) })
  })

  it('tells how many bytes it has carried in each direction', async () => {
    const { oldAt } = bridgeOf(at.move)
    const account = { user: facts.old.database.user, secret: databaseSecret(facts.old.id) }
    const session = await at.reach.sessionThrough(facts.new.id, reachableAt(oldAt), account, 'bridge')
    try {
      const before = await readBridge(at)
      await session.query("SELECT REPEAT('x', 400000) AS answer")
      const after = await readBridge(at)
      expect(after.carried?.connection).toBe(before.carried?.connection)
      const grown = (which: 'toNewBytes' | 'toOldBytes') =>
        (after.carried?.[which] ?? Number.NaN) - (before.carried?.[which] ?? Number.NaN)
      // The answer goes to the new site, only once; the other way goes no more than statements and looks.
      expect(grown('toNewBytes')).toBeGreaterThan(400_000)
      expect(grown('toNewBytes')).toBeLessThan(600_000)
      expect(grown('toOldBytes')).toBeGreaterThan(0)
      expect(grown('toOldBytes')).toBeLessThan(100_000)
    } finally {
      await session.close()
    }
  })

  it('lets its key do nothing but forward to the database', async () => {
    const { key, knownHosts } = bridgeFiles(facts.directory)
    const { sshHost, sshPort, user } = facts.bridge
    const command = (...more: string[]) =>
      at.lab.runOn('new-db', [
        ...[
          'ssh',
          '-F',
          'none',
          '-o',
          'BatchMode=yes',
          '-o',
          `UserKnownHostsFile=${literalPath(knownHosts)}`,
          '-o',
          'IdentitiesOnly=yes',
          '-o',
          `IdentityFile=${literalPath(key)}`
        ],
        ...['-o', 'ExitOnForwardFailure=yes', '-p', String(sshPort), '-l', user, ...more]
      ])
    await expect(command('-W', '127.0.0.1:1', sshHost)).rejects.toThrow()
    await expect(command('-N', '-R', '127.0.0.1:45454:127.0.0.1:1', sshHost)).rejects.toThrow()
  })

  it('comes back by itself when its ssh is killed', async () => {
    const file = bridgeFiles(facts.directory).sshPid
    const before = pidIn(file)
    process.kill(before, 'SIGKILL')
    await expect
      .poll(async () => (existsSync(file) && pidIn(file) !== before ? (await readBridge(at)).kind : 'down'), {
        timeout: 20_000
      })
      .toBe('up')
  })

  it('runs once however often it is started', async () => {
    const supervisor = pidIn(bridgeFiles(facts.directory).pid)
    await at.lab.runOn('new-db', ['sh', bridgeFiles(facts.directory).script])
    expect(pidIn(bridgeFiles(facts.directory).pid)).toBe(supervisor)
    expect((await readBridge(at)).kind).toBe('up')
  })

  it('is another process after a restart', async () => {
    const before = pidIn(bridgeFiles(facts.directory).pid)
    expect((await restartBridge(at)).kind).toBe('up')
    expect(pidIn(bridgeFiles(facts.directory).pid)).not.toBe(before)
  })

  it('ends no forward but its own when it is restarted', async () => {
    const { newAt, sshHost, sshPort } = facts.bridge
    const { user, keyFile, knownHosts } = at.lab.state.ssh
    const theirs = `127.0.0.9:${newAt.port}`
    const listening = () => at.lab.runOn('old-db', ['ss', '-Hltn', `sport = :${newAt.port}`])
    const options = [
      'BatchMode=yes',
      `UserKnownHostsFile=${knownHosts}`,
      'ExitOnForwardFailure=yes',
      'ControlPath=none'
    ]
    const other = at.lab.runOn('new-db', [
      ...['timeout', '60', 'ssh', '-N', '-F', 'none', ...options.flatMap((option) => ['-o', option])],
      ...['-i', keyFile, '-p', String(sshPort), '-l', user, '-R', `${theirs}:127.0.0.1:1`, sshHost]
    ])
    const ended = other.then(
      () => 'ended',
      (error: Error) => error.message
    )
    await expect.poll(listening, { timeout: 10_000 }).toContain(theirs)
    expect((await restartBridge(at)).kind).toBe('up')
    expect(await listening()).toContain(theirs)
    await at.lab.runOn('new-db', ['pkill', '-f', `${theirs}:127.0.0.1:1`]).catch(() => '')
    await ended
  })

  it('leaves every byte of authorized_keys and nothing of itself when it is undone', async () => {
    expect(readFileSync(facts.authorizedKeys, 'utf8').match(/siteswap-bridge-/g)).toHaveLength(1)
    const { pid, sshPid } = bridgeFiles(facts.directory)
    const pids = [pidIn(pid), pidIn(sshPid)]
    const undone = await at.run(book(), { runId: built, resume: at.folded(built), undo: true })
    expect(undone.state.kind).toBe('undone')
    expect(readFileSync(facts.authorizedKeys).equals(keysBefore)).toBe(true)
    expect(existsSync(facts.directory)).toBe(false)
    for (const process of pids) expect(existsSync(`/proc/${process}`)).toBe(false)
    expect(await readBridge(at)).toMatchObject({ kind: 'absent' })
  })
})
