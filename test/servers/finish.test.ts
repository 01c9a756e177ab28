import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatherFinishFacts } from '../../src/main/runbooks/finish/gather-finish-facts'
import { makeFinishRunbook } from '../../src/main/runbooks/finish/make-finish-runbook'
import { readBridge } from '../../src/main/runbooks/link/read-bridge'
import { retiredIn, retiredSubject } from '../../src/shared/retired'
import type { Run } from '../../src/shared/runbook'
import { type CutoverLab, cutoverLab } from './own/cutover-lab'

const undone = (run: Run) =>
  run.steps.filter((step) => step.state !== 'done').map((step) => [step.id, step.state, step.failure])

describe.each(['m1011', 'my97'] as const)('a move is finished on %s', (flavour) => {
  let at: CutoverLab
  const finishFacts = (retired: string[] = []) =>
    gatherFinishFacts({ ...at, retired: retiredIn(retiredSubject(retired)), entries: at.entries })
  const blockers = async (retired: string[] = []) => (await finishFacts(retired)).blockers.map(({ what }) => what)
  const ask = async (side: 'old' | 'new', statement: string) => {
    const session = await at.lab.sql(side)
    try {
      return ((await session.query(statement))[0] as Record<string, unknown>[]).map((row) =>
        Object.values(row).join(' ')
      )
    } finally {
      await session.end()
    }
  }
  const settings = (side: 'old' | 'new') =>
    ask(
      side,
      `SELECT @@global.auto_increment_increment, @@global.auto_increment_offset, @@global.${flavour === 'my97' ? 'replica' : 'slave'}_net_timeout`
    )

  beforeAll(async () => {
    at = await cutoverLab(flavour, 0.01)
    await at.lab.customers.start(10)
    const run = await at.drive('cutover')
    if (run.state.kind !== 'done') throw new Error(JSON.stringify(undone(run)))
  })
  afterAll(() => at?.close())

  it('not while hosts of the old site still use the new database through the bridge: they are named', async () => {
    const [what] = await blockers()
    for (const host of ['old-web1', 'old-web2', 'old-worker1'])
      expect(what).toMatch(new RegExp(`${host} \\(\\d+ connections?, (in use now|silent for)`))
    const runbook = makeFinishRunbook(await finishFacts())
    const run = await at.run(runbook)
    expect(run.state).toMatchObject({ kind: 'failed', step: 'bridge-free' })
    expect(run.steps.find((step) => step.id === 'bridge-free')?.failure?.why).toContain('old-worker1')
    expect(run.steps.filter((step) => step.state === 'done')).toEqual([])
  })

  it('of a host whose application was stopped nothing is left to wait for', async () => {
    const { redirect } = at.reach.entry('old-web2')
    if (redirect.kind !== 'file') throw new Error('old-web2 has no file redirect')
    process.kill(Number(readFileSync(join(redirect.path, '../shop.pid'), 'utf8')), 'SIGTERM')
    await expect.poll(blockers, { timeout: 10_000 }).not.toContainEqual(expect.stringContaining('old-web2'))
    expect(await blockers()).toEqual([expect.stringContaining('old-worker1')])
    expect(await blockers(['old-web1'])).toEqual([expect.stringContaining('old-worker1')])
  })

  it('completes when the others are said to be retired, and leaves nothing of Siteswap on the servers', async () => {
    const facts = await finishFacts(['old-web1', 'old-worker1'])
    expect(facts.blockers).toEqual([])
    const runbook = makeFinishRunbook(facts)
    expect(runbook.confirmWords).toBe('finish without 2 hosts')
    const run = await at.run(runbook)
    expect([run.state.kind, undone(run)]).toEqual(['done', []])
    expect(run.steps.find((step) => step.id === 'bridge-free')?.evidence).toContain('only retired hosts')
    expect((await readBridge(at)).kind).toBe('absent')
    for (const side of ['old', 'new'] as const) {
      expect(await ask(side, "SHOW DATABASES LIKE 'siteswap'")).toEqual([])
      expect(
        await ask(
          side,
          "SELECT User FROM mysql.user WHERE User LIKE 'siteswap\\_repl' OR User LIKE 'siteswap\\_canary'"
        )
      ).toEqual([])
      expect(await ask(side, flavour === 'my97' ? 'SHOW REPLICA STATUS' : 'SHOW ALL SLAVES STATUS')).toEqual([])
      expect(await settings(side)).toEqual(['1 1 60'])
    }
    expect([await at.readOnly('old'), await at.readOnly('new')]).toEqual([true, false])
  })

  it('and no customer lost an order on the way', async () => {
    await at.lab.customers.stop()
    const judged = await at.lab.judge({ on: ['new'] })
    expect(judged.faults).toEqual([])
  })

  it('keeps both roles over a restart, with the line that was told where the server cannot keep them', async () => {
    const told = flavour === 'm1011' ? ['read_only = ON'] : []
    if (flavour === 'm1011') {
      const notes = at.entries.flatMap(({ body }) => (body.type === 'note' ? [body.text] : []))
      expect(notes.find((note) => note.includes('After a restart old-db'))).toContain(told[0])
    }
    await Promise.all([at.lab.stopServer('old'), at.lab.stopServer('new')])
    await Promise.all([at.lab.startServer('old', told), at.lab.startServer('new')])
    expect([await at.readOnly('old'), await at.readOnly('new')]).toEqual([true, false])
    const facts = await finishFacts()
    expect([facts.active, facts.old.afterRestart, facts.blockers]).toEqual([
      'new',
      flavour === 'm1011' ? 'read-only' : 'unknown',
      []
    ])
  })
})
