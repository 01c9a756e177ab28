import { randomUUID } from 'node:crypto'
import type { RowDataPacket } from 'mysql2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldRuns } from '../../src/main/runbook/fold'
import { gatherFinishFacts } from '../../src/main/runbooks/finish/gather-finish-facts'
import { makeFinishRunbook } from '../../src/main/runbooks/finish/make-finish-runbook'
import { readBridge } from '../../src/main/runbooks/link/read-bridge'
import { gatherReplicateFacts } from '../../src/main/runbooks/replicate/gather-replicate-facts'
import { makeReplicateRunbook } from '../../src/main/runbooks/replicate/make-replicate-runbook'
import type { ReplicateFacts } from '../../src/main/runbooks/replicate/replicate-facts'
import { gatherSeedFacts } from '../../src/main/runbooks/seed/gather-seed-facts'
import { makeSeedRunbook } from '../../src/main/runbooks/seed/make-seed-runbook'
import { type RunbookLab, runbookLab } from './own/runbook-lab'

describe.each(['m1011', 'my97'] as const)('co-masters on %s', (flavour) => {
  let at: RunbookLab
  let facts: ReplicateFacts

  const rows = async (side: 'old' | 'new', statement: string): Promise<RowDataPacket[]> => {
    const session = await at.lab.sql(side, 'shop')
    try {
      return (await session.query<RowDataPacket[]>(statement))[0]
    } finally {
      await session.end()
    }
  }
  const settings = async (side: 'old' | 'new') =>
    rows(
      side,
      `SELECT @@global.auto_increment_increment AS step, @@global.auto_increment_offset AS start, @@global.read_only AS closed, @@global.slave_net_timeout AS patience`.replace(
        'slave_net_timeout',
        flavour === 'my97' ? 'replica_net_timeout' : 'slave_net_timeout'
      )
    )
  const insertCart = async (side: 'old' | 'new'): Promise<string> => {
    const id = randomUUID()
    await rows(side, `INSERT INTO shop.carts (id, content, touched_at) VALUES ('${id}', 'x', NOW())`)
    return id
  }
  const cart = async (side: 'old' | 'new', id: string) =>
    (await rows(side, `SELECT COUNT(*) AS n FROM shop.carts WHERE id = '${id}'`))[0]?.n
  const accounts = async (side: 'old' | 'new') =>
    (await rows(side, "SELECT User AS user FROM mysql.user WHERE User IN ('siteswap_repl', 'siteswap_canary')")).length

  beforeAll(async () => {
    at = await runbookLab(flavour, 0.01)
    await at.buildBridge()
  })
  afterAll(() => at?.close())

  it('are not made before the new server is seeded', async () => {
    const early = await gatherReplicateFacts(at)
    expect(early.blockers.map((blocker) => blocker.try[0])).toEqual(['Seed the new server first.'])
    const run = await at.run(makeSeedRunbook(await gatherSeedFacts(at)))
    expect(run.state.kind).toBe('done')
    facts = await gatherReplicateFacts(at)
    expect(facts.blockers).toEqual([])
  })

  it('are undone to the settings, accounts and schemas from before', async () => {
    const before = [await settings('old'), await settings('new')]
    const run = await at.run(makeReplicateRunbook(facts))
    expect(run.steps.map((step) => [step.id, step.state, step.failure])).toEqual(
      run.steps.map((step) => [step.id, 'done', null])
    )
    expect(await settings('new')).toMatchObject([{ step: 2, start: 2, closed: 1 }])
    const undone = await at.run(makeReplicateRunbook(facts), { runId: run.id, resume: at.folded(run.id), undo: true })
    expect(undone.state).toEqual({ kind: 'undone' })
    expect([await settings('old'), await settings('new')]).toEqual(before)
    expect([await accounts('old'), await accounts('new')]).toEqual([0, 0])
    for (const side of ['old', 'new'] as const) expect(await rows(side, "SHOW DATABASES LIKE 'siteswap'")).toEqual([])
  })

  it('go on after an interruption without sending a finished step again', async () => {
    const whole = at.entries.length
    const run = await at.run(makeReplicateRunbook(facts))
    expect(run.state.kind).toBe('done')
    // as if the app had died after it had started the reverse link and before it had seen it run
    const cut = at.entries.findIndex(
      ({ body }, n) => n > whole && body.type === 'observed' && body.step === 'start-reverse-link'
    )
    const resume = foldRuns(at.entries.slice(0, cut)).get(run.id)
    const before = at.entries.length
    const resumed = await at.run(makeReplicateRunbook(await gatherReplicateFacts(at)), { runId: run.id, resume })
    expect(resumed.state.kind).toBe('done')
    const intents = at.entries.slice(before).flatMap(({ body }) => (body.type === 'intent' ? [body.step] : []))
    expect(intents).toEqual(['role-lines'])
    expect(resumed.steps.find((step) => step.id === 'start-reverse-link')?.evidence).toContain(
      'found so after a restart'
    )
  })

  it('carry orders from the old to the new server, with odd keys', async () => {
    const id = await insertCart('old')
    await expect.poll(() => cart('new', id), { timeout: 10_000 }).toBe(1)
    const session = await at.lab.sql('old', 'shop')
    const [made] = await session.query(
      'INSERT INTO price_history (product_id, old_price, new_price, changed_at) VALUES (1, 1, 2, NOW())'
    )
    await session.end()
    expect(Number((made as { insertId: number }).insertId) % 2).toBe(1)
  })

  it('carry a row of the new server back to the old one', async () => {
    const root = await at.lab.sql('new', 'shop')
    const id = randomUUID()
    try {
      if (flavour === 'my97') await root.query('SET GLOBAL super_read_only = 0')
      await root.query(`INSERT INTO carts (id, content, touched_at) VALUES ('${id}', 'x', NOW())`)
      if (flavour === 'my97') await root.query('SET GLOBAL super_read_only = 1')
    } finally {
      await root.end()
    }
    await expect.poll(() => cart('old', id), { timeout: 10_000 }).toBe(1)
  })

  it('go on by themselves after the line between the sites was cut', async () => {
    await at.lab.cut('ab')
    const id = await insertCart('old')
    const receiver = async () => {
      const [status] = await rows('new', flavour === 'my97' ? 'SHOW REPLICA STATUS' : 'SHOW ALL SLAVES STATUS')
      return status?.Replica_IO_Running ?? status?.Slave_IO_Running
    }
    await expect.poll(receiver, { timeout: 30_000 }).not.toBe('Yes')
    expect(await cart('new', id)).toBe(0)
    await at.lab.heal('ab')
    await expect.poll(() => cart('new', id), { timeout: 60_000 }).toBe(1)
    await expect.poll(async () => (await readBridge(at)).kind, { timeout: 60_000 }).toBe('up')
  })

  it('are finished without a trace, and what stays is said', async () => {
    const finish = await gatherFinishFacts(at)
    expect(finish.active).toBe('old')
    expect(finish.blockers).toEqual([])
    const run = await at.run(makeFinishRunbook(finish))
    expect(run.steps.map((step) => [step.id, step.state, step.failure])).toEqual(
      run.steps.map((step) => [step.id, 'done', null])
    )
    expect(run.notes.join(' ')).toContain('stays read-only')
    expect([await accounts('old'), await accounts('new')]).toEqual([0, 0])
    expect((await readBridge(at)).kind).toBe('absent')
    for (const side of ['old', 'new'] as const) {
      expect(await rows(side, "SHOW DATABASES LIKE 'siteswap'")).toEqual([])
      expect(await rows(side, flavour === 'my97' ? 'SHOW REPLICA STATUS' : 'SHOW ALL SLAVES STATUS')).toEqual([])
    }
  })
})
