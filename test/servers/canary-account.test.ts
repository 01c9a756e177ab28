import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statementsFor } from '../../src/main/mysql/statements'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import { startRun } from '../../src/main/runbook/run'
import { type PreparedCutover, prepareCutover } from '../../src/main/runbooks/cutover/prepare-cutover'
import { makeReaching } from '../../src/main/runbooks/hands'
import type { JournalEntry } from '../../src/shared/journal'
import { type Move, moveSchema, serverEntrySchema } from '../../src/shared/move'
import type { Run } from '../../src/shared/runbook'
import { canarySecret } from '../../src/shared/secret'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { databaseEntry, startTwoHops, type TwoHops } from './own/two-hops'

const account = 'canary-test-account'

/** One server stands for both ends: how it answers the canary account is all that is asked here. */
describe('the canary account, when its password was forgotten with the session that made it', () => {
  let database: OwnDatabase
  let hops: TwoHops
  let dir: string
  let move: Move
  let reach: Reach
  let known: string | null = 'as-it-was-made'
  const entries: JournalEntry[] = []

  beforeAll(async () => {
    ;[hops, database] = await Promise.all([startTwoHops(), startOwnDatabase('m1011')])
    dir = mkdtempSync(join(tmpdir(), 'siteswap-canary-account-'))
    const file = join(dir, 'shop.conf')
    const leads = (to: string) => `host=127.0.0.1 port=${database.port} # ${to}`
    writeFileSync(file, `${leads('old')}\n`)
    const redirect = {
      kind: 'file',
      path: file,
      reload: 'true',
      edits: [{ find: leads('old'), replace: leads('new') }]
    }
    const web = serverEntrySchema.parse({ id: 'web1', name: 'web1', kind: 'web', ssh: hops.hops, redirect })
    const [oldDb, newDb] = ['old-db', 'new-db'].map((id) => databaseEntry(id, hops.hops, { port: database.port }))
    move = moveSchema.parse({
      format: 'siteswap.move',
      version: 2,
      id: 'canary-account',
      name: 'Test',
      createdAt: 0,
      old: { name: 'OLD', servers: [oldDb, web] },
      new: { name: 'NEW', servers: [newDb] },
      pairs: [{ old: 'old-db', new: 'new-db' }]
    })
    const secrets: Record<string, string> = { 'db/old-db': account, 'db/new-db': account }
    reach = makeReach({
      move,
      secrets: { get: async (ref) => (ref === canarySecret ? known : (secrets[ref] ?? null)) },
      askHostKey: null,
      knownHosts: hops.knownHosts
    })
    await database.asRoot(
      `CREATE USER app@'%' IDENTIFIED BY '${account}'`,
      "GRANT ALL ON *.* TO app@'%' WITH GRANT OPTION"
    )
    const say = statementsFor(await reach.capabilities('old-db'))
    await database.asRoot(
      ...say.ownSchema(),
      "CREATE USER siteswap_canary@'%' IDENTIFIED BY 'as-it-was-made'",
      ...say.grantCanary('siteswap_canary', '%')
    )
  })
  afterAll(async () => {
    await reach?.close()
    await Promise.all([hops?.stop(), database?.stop()])
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  const reaching = () => makeReaching(reach)
  const prepare = (kind: 'cutover' | 'rehearsal', resumed: Run | null = null) =>
    prepareCutover({
      reach,
      kind,
      resumed,
      operator: 'test',
      reaching: reaching(),
      wall: () => Date.now(),
      canary: () => null,
      preflight: () => ({ kind: 'never' }),
      drift: () => ({ kind: 'never' }),
      topology: () => null,
      runs: () => []
    })
  const armed = ({ gates }: PreparedCutover) => gates.find(({ id }) => id === 'armed')
  const renewal = ({ runbook }: PreparedCutover) => runbook.steps.filter(({ id }) => id === 'canary-account')
  const refused = { state: 'warn', seen: 'siteswap_canary is refused' }

  it('is left alone while it is let in', async () => {
    const prepared = await prepare('cutover')
    expect(armed(prepared)?.seen).not.toContain('siteswap_canary')
    expect(renewal(prepared)).toEqual([])
  })

  it('is told of by the gate, and gets a new one in the rehearsal, when none is known here', async () => {
    known = null
    const prepared = await prepare('rehearsal')
    expect(armed(prepared)).toMatchObject(refused)
    expect(prepared.runbook.steps.map(({ id }) => id).slice(0, 2)).toEqual(['claim', 'canary-account'])
  })

  it('signs in with another one that is known here once the switch has given it, which no journal tells and a resumed run keeps', async () => {
    known = 'made-by-the-next-session'
    const prepared = await prepare('cutover')
    expect(armed(prepared)).toMatchObject({ ...refused, todo: expect.stringContaining('step “Canary account”') })
    expect(prepared.runbook.steps.map(({ id }) => id).slice(0, 3)).toEqual(['claim', 'canary-account', 'reverse-link'])
    const run = await startRun(
      { ...prepared.runbook, steps: renewal(prepared) },
      {
        write: async (body) => {
          const entry = { seq: entries.length + 1, at: 0, mono: 0, prev: '', hash: '', body }
          entries.push(entry)
          return entry
        },
        reaching: reaching(),
        now: () => performance.now(),
        onRun: () => {}
      },
      { runId: 'r1', operator: 'test', epoch: 1, identities: {} }
    ).ended
    expect(run.state).toEqual({ kind: 'done' })
    expect(run.steps.map(({ evidence }) => evidence)).toEqual(['siteswap_canary signs in at both databases from web1'])
    expect(JSON.stringify(entries)).not.toContain(known)
    const after = await prepare('cutover')
    expect(armed(after)?.seen).not.toContain('siteswap_canary')
    expect(renewal(after)).toEqual([])
    expect(renewal(await prepare('cutover', run))).toHaveLength(1)
  })
})
