import { existsSync, readFileSync } from 'node:fs'
import type { RowDataPacket } from 'mysql2'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatherSeedFacts } from '../../src/main/runbooks/seed/gather-seed-facts'
import { makeSeedRunbook } from '../../src/main/runbooks/seed/make-seed-runbook'
import { type SeedFacts, seedFiles } from '../../src/main/runbooks/seed/seed-facts'
import type { StepProgress } from '../../src/shared/runbook'
import { attachRunbooks, type RunbookLab, runbookLab } from './own/runbook-lab'

const tables = ['customers', 'products', 'orders', 'order_items', 'payments', 'stock', 'price_history', 'carts']

describe.each(['m1011', 'my97'] as const)('the seed on %s', (flavour) => {
  let at: RunbookLab
  let facts: SeedFacts
  let first = ''

  const rows = async (side: 'old' | 'new', statement: string): Promise<RowDataPacket[]> => {
    const session = await at.lab.sql(side)
    try {
      return (await session.query<RowDataPacket[]>(statement))[0]
    } finally {
      await session.end()
    }
  }
  const said = async (side: 'old' | 'new', statement: string) =>
    Object.values((await rows(side, statement))[0] ?? {})[0]
  const position = () =>
    said(
      'new',
      flavour === 'm1011'
        ? "SELECT CONCAT(@@gtid_slave_pos, '/', @@gtid_binlog_state)"
        : 'SELECT @@global.gtid_executed'
    )
  const counts = async (side: 'old' | 'new') =>
    rows(side, tables.map((name) => `SELECT '${name}' AS name, COUNT(*) AS n FROM shop.${name}`).join(' UNION ALL '))

  beforeAll(async () => {
    // Large enough that a fast machine, too, copies for longer than the second after which dd first speaks.
    at = await runbookLab(flavour, 1)
    await at.buildBridge()
    facts = await gatherSeedFacts(at)
  })
  afterAll(() => at?.close())

  it('is stopped in the middle, and leaves neither a process nor a password nor a schema', async () => {
    const before = await position()
    const handle = at.start(makeSeedRunbook(facts))
    const copying = () => handle.current().steps.find((step) => step.id === 'copy')
    await expect.poll(() => copying()?.progress?.done ?? 0, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
    const group = Number(readFileSync(seedFiles(facts.directory).group, 'utf8'))
    await handle.abort('test')
    const run = await handle.ended
    expect(run.state).toMatchObject({ kind: 'aborted' })
    expect(existsSync(`/proc/${group}`)).toBe(false)
    for (const file of Object.values(seedFiles(facts.directory))) expect(existsSync(file), file).toBe(false)
    expect(await said('new', "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'shop'")).toBe(0)
    expect(await said('new', 'SELECT @@global.read_only')).toBe(0)
    expect(await said('new', 'SELECT @@global.event_scheduler')).toBe('ON')
    expect(await position()).toBe(before)
  })

  it('ends on the host by itself when nobody watches it any more, and is put back by the next session', async () => {
    const lost = attachRunbooks(at.lab)
    const handle = lost.start(makeSeedRunbook(facts))
    const copying = () => handle.current().steps.find((step) => step.id === 'copy')
    await expect.poll(() => copying()?.progress?.done ?? 0, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
    const { group, oldOptions, newOptions } = seedFiles(facts.directory)
    const pid = Number(readFileSync(group, 'utf8'))
    await lost.reach.close()
    expect((await handle.ended).state).toMatchObject({ kind: 'failed', step: 'copy' })
    await expect
      .poll(() => [`/proc/${pid}`, oldOptions, newOptions].filter(existsSync), { timeout: 20_000 })
      .toEqual([])
    const { id } = handle.current()
    const undone = await at.run(makeSeedRunbook(facts), { runId: id, resume: lost.folded(id), undo: true })
    expect(undone.state.kind).toBe('undone')
  })

  it('copies everything with growing progress while this computer only watches', async () => {
    const seen: StepProgress[] = []
    at.deps.onRun = (run) => {
      const progress = run.steps.find((step) => step.id === 'copy')?.progress
      if (progress && progress !== seen.at(-1)) seen.push(progress)
    }
    const run = await at.run(makeSeedRunbook(facts))
    at.deps.onRun = () => {}
    first = run.id
    expect(run.steps.map((step) => [step.id, step.state, step.failure])).toEqual(
      run.steps.map((step) => [step.id, 'done', null])
    )
    const done = seen.map((progress) => progress.done ?? 0)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(done.at(-1)).toBeGreaterThan(1_000_000)
    expect(seen.some((progress) => /^table \d+ of 10: /.test(progress.text))).toBe(true)
    expect(await counts('new')).toEqual(await counts('old'))
  })

  it('lets the shop’s account sign in on the new server with the password of the old one', async () => {
    const { app } = at.lab.state.accounts
    const { address, port } = at.lab.servers.new
    const session = await createConnection({ host: address, port, ...app, database: 'shop' })
    try {
      const [[row]] = await session.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM orders')
      expect(row?.n).toBeGreaterThan(0)
      await expect(session.query("INSERT INTO carts VALUES ('x', '', NOW())")).rejects.toThrow(/read-only/)
    } finally {
      await session.end()
    }
  })

  it('lets the events rest with their definer, and nothing of the copy is in the new binary log', async () => {
    const [event] = await rows(
      'new',
      "SELECT STATUS AS state, DEFINER AS definer FROM information_schema.EVENTS WHERE EVENT_NAME = 'forget_carts'"
    )
    expect(event?.state).toMatch(/SIDE_?DISABLED$/)
    expect(event?.definer).toBe('shop_owner@localhost')
    const log = await rows('new', 'SHOW BINLOG EVENTS')
    expect(log.map((line) => String(line.Info)).filter((info) => /shop/i.test(info))).toEqual([])
  })

  it('keeps passwords and their hashes out of the journal and off the disk', async () => {
    const journal = JSON.stringify(at.entries)
    const { accounts } = at.lab.state
    for (const { password } of Object.values(accounts)) expect(journal).not.toContain(password)
    const column = flavour === 'm1011' ? 'authentication_string' : 'HEX(authentication_string)'
    for (const row of await rows('old', `SELECT ${column} AS hash FROM mysql.user WHERE User LIKE 'shop%'`))
      if (String(row.hash).length > 10) expect(journal.toUpperCase()).not.toContain(String(row.hash).toUpperCase())
    const { oldOptions, newOptions } = seedFiles(facts.directory)
    expect([oldOptions, newOptions].filter((file) => existsSync(file))).toEqual([])
  })

  it('refuses to overwrite what is there', async () => {
    const run = await at.run(makeSeedRunbook(facts))
    expect(run.state).toMatchObject({ kind: 'failed', step: 'check-empty' })
    expect(run.steps[0]?.failure?.why).toContain('already holds shop')
  })

  it('is undone only while the new server is passive', async () => {
    const root = await at.lab.sql('new')
    try {
      await root.query('SET GLOBAL read_only = 0')
      const refused = await at.run(makeSeedRunbook(facts), { runId: first, resume: at.folded(first), undo: true })
      expect(refused.state.kind).toBe('halted')
      expect((await counts('new')).length).toBe(tables.length)
      await root.query('SET GLOBAL read_only = 1')
    } finally {
      await root.end()
    }
    const undone = await at.run(makeSeedRunbook(facts), { runId: first, resume: at.folded(first), undo: true })
    expect(undone.state.kind).toBe('undone')
    expect(await said('new', "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'shop'")).toBe(0)
    expect(await said('new', "SELECT COUNT(*) FROM mysql.user WHERE User LIKE 'shop%'")).toBe(0)
  })
})
