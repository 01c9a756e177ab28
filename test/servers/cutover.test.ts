import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail } from '../../src/shared/failure'
import type { Run } from '../../src/shared/runbook'
import type { LedgerLine } from '../lab/customers'
import { readLines } from '../lab/judge'
import { until } from '../lab/processes'
import { type StandstillWatch, watchStandstill } from '../lab/standstill'
import { type CutoverLab, cutoverLab } from './own/cutover-lab'

/** Everything a cutover may change and must put back, as the servers and hosts tell it themselves. */
const stateOf = async (at: CutoverLab): Promise<Record<string, unknown>> => {
  const seen: Record<string, unknown> = {}
  for (const side of ['old', 'new'] as const) {
    const session = await at.lab.sql(side)
    try {
      const ask = async (statement: string) =>
        ((await session.query(statement))[0] as Record<string, unknown>[]).map((row) => Object.values(row).join(' '))
      seen[`${side} variables`] = await ask(
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'super_read_only', 'event_scheduler', 'auto_increment_increment', 'auto_increment_offset', 'wait_timeout', 'lock_wait_timeout')"
      )
      seen[`${side} events`] = await ask('SELECT EVENT_NAME, STATUS FROM information_schema.EVENTS ORDER BY 1')
      seen[`${side} accounts`] = await ask('SELECT User, Host FROM mysql.user ORDER BY 1, 2')
      seen[`${side} claimed`] = await ask("SELECT IS_FREE_LOCK('siteswap')")
    } finally {
      await session.end()
    }
  }
  for (const host of ['old-web1', 'old-web2', 'old-worker1', 'new-web1', 'new-web2']) {
    const { redirect } = at.reach.entry(host)
    if (redirect.kind !== 'file') throw new Error(`${host} has no file redirect`)
    seen[host] = await at.lab.runOn(host, [
      'sh',
      '-c',
      `cat ${redirect.path}; ls $(dirname ${redirect.path}) | grep siteswap || true`
    ])
  }
  return seen
}

const done = (run: Run) =>
  run.steps.filter((step) => step.state !== 'done').map((step) => [step.id, step.state, step.failure])

describe.each(['m1011', 'my97'] as const)('the cutover on %s', (flavour) => {
  let at: CutoverLab
  let machine: StandstillWatch
  beforeAll(async () => {
    machine = watchStandstill()
    at = await cutoverLab(flavour, 0.02)
    await at.lab.latency(20)
    await at.lab.customers.start(20)
    await at.lab.prober.start()
  })
  afterAll(async () => {
    await machine?.stop()
    await at?.close()
  })

  it('rehearsed on the living site leaves nothing changed and knows the pause', async () => {
    const before = await stateOf(at)
    const run = await at.drive('rehearsal')
    expect([run.state.kind, done(run)]).toEqual(['done', []])
    expect(run.pause.holdMs).toBeGreaterThan(80)
    expect(run.pause.holdMs).toBeLessThan(7000)
    expect(run.pause.canaryGapMs).toBeGreaterThan(50)
    expect(await stateOf(at)).toEqual(before)
  })

  it('holds although two orders and the lock wait for each other in a ring', async () => {
    const before = await stateOf(at)
    const [first, second, eyes] = await Promise.all([at.lab.sql('old'), at.lab.sql('old'), at.lab.sql('old')])
    const take = (product: number) =>
      `UPDATE shop.stock SET quantity = quantity - 1 WHERE product_id = ${product} AND warehouse = 'LON'`
    const waits = async (pattern: string) => {
      const processes = `${flavour === 'my97' ? 'performance' : 'information'}_schema.${flavour === 'my97' ? 'processlist' : 'PROCESSLIST'}`
      const [rows] = await eyes.query(
        `SELECT COUNT(*) AS n FROM ${processes} WHERE ID <> CONNECTION_ID() AND INFO LIKE '${pattern}'`
      )
      return Number((rows as { n: number }[])[0]?.n) > 0
    }
    const { reaching } = at.deps
    const orders: Promise<unknown>[] = []
    at.deps.reaching = {
      ...reaching,
      sql: async (action, options) => {
        if (orders.length > 0 || !action.statements.includes('FLUSH TABLES WITH READ LOCK'))
          return reaching.sql(action, options)
        await first.query('START TRANSACTION')
        await first.query(take(1))
        orders.push(second.query(take(1)))
        await until(() => waits('UPDATE shop.stock SET %'), 60_000, 'no order waits')
        const answer = reaching.sql(action, options)
        answer.catch(() => undefined)
        await until(() => waits('FLUSH TABLES%'), 60_000, 'the lock is not asked for')
        orders.push(first.query(take(2)).then(() => first.query('COMMIT')))
        return answer
      }
    }
    try {
      const run = await at.drive('rehearsal')
      await Promise.all(orders)
      expect([run.state.kind, done(run)]).toEqual(['done', []])
      expect(run.notes).toContainEqual(expect.stringContaining('The lock was not free within 1 s'))
      expect(await stateOf(at)).toEqual(before)
    } finally {
      at.deps.reaching = reaching
      for (const session of [first, second, eyes]) await session.end()
    }
  })

  it('aborted in the hold puts everything back, and the shop goes on', async () => {
    const before = await stateOf(at)
    const { runbook } = await at.prepare('cutover')
    const aborted: Promise<void>[] = []
    const { onRun } = at.deps
    at.deps.onRun = (run) => {
      if (aborted.length === 0 && run.steps.find((step) => step.id === 'hold')?.state === 'done')
        aborted.push(handle.abort('test'))
    }
    const handle = at.start(runbook)
    const run = await handle.ended
    at.deps.onRun = onRun
    await Promise.all(aborted)
    expect(run.state).toEqual({ kind: 'aborted', why: 'Aborted by test.' })
    expect(run.steps.find((step) => step.id === 'throw')?.state).toBe('todo')
    expect(run.steps.find((step) => step.id === 'arm')?.evidence).toContain('nobody waits for the token')
    expect(await stateOf(at)).toEqual(before)
  })

  it('refuses a second operator, and says who is there', async () => {
    const [first, second] = [at.prepare('cutover'), at.prepare('cutover')]
    const session = await at.lab.sql('old')
    await session.query("SELECT GET_LOCK('siteswap', 5)")
    await first
    const run = await at.start((await second).runbook).ended
    await session.end()
    expect(run.state.kind).toBe('aborted')
    expect(run.steps[0]?.failure).toMatchObject({
      kind: 'conflict',
      what: 'Somebody else is working on this pair of servers.'
    })
  })

  it('lets go by itself when the follower does not catch up within the budget', async () => {
    const before = await stateOf(at)
    const session = await at.lab.sql('new')
    await session.query(
      flavour === 'my97' ? "STOP REPLICA SQL_THREAD FOR CHANNEL 'siteswap'" : "STOP SLAVE 'siteswap' SQL_THREAD"
    )
    const { runbook } = await at.prepare('cutover')
    const { thresholds } = runbook.facts.move
    runbook.facts.move = { ...runbook.facts.move, thresholds: { ...thresholds, pauseBudgetMs: 2000 } }
    // The claim would see the stopped applier first: it is the hold's own budget that is tried here.
    const steps = runbook.steps.filter((step) => step.id !== 'claim' && step.id !== 'reverse-link')
    const run = await at.start({ ...runbook, steps }).ended
    await session.query(
      flavour === 'my97' ? "START REPLICA SQL_THREAD FOR CHANNEL 'siteswap'" : "START SLAVE 'siteswap' SQL_THREAD"
    )
    await session.end()
    expect(run.state.kind).toBe('aborted')
    expect(run.steps.find((step) => step.id === 'catch-up')?.failure).toMatchObject({
      why: 'Writes had waited for 1.4 s, 70 % of the budget.'
    })
    expect(await stateOf(at)).toEqual(before)
  })

  it('moves the writes while customers order, and every canary order is on both sides once', async () => {
    const from = Date.now()
    const run = await at.drive('cutover')
    expect([run.state.kind, done(run)]).toEqual(['done', []])
    expect([await at.readOnly('old'), await at.readOnly('new')]).toEqual([true, false])
    const evidence = (id: string) => run.steps.find((step) => step.id === id)?.evidence
    expect([evidence('arm-redirect'), evidence('disarm-redirect')]).toEqual([
      '3 hosts armed for 51 s',
      'nothing armed is left on any host'
    ])
    const sentSecret = JSON.stringify(at.entries).includes('canary-made-for-the-test')
    expect(sentSecret).toBe(false)
    expect(at.canary.ledger()?.total).toMatchObject({ missing: 0, doubled: 0 })
    const to = Date.now()
    await at.lab.customers.stop()
    const judged = await at.lab.judge({ span: { from, to } })
    expect(judged.faults).toEqual([])
    expect(judged.probes).toMatchObject({ switches: 1, overlaps: [], bothWritable: 0 })
    // What an order through the shop's path saw must be what the customers saw; the first order on the new way also opens its connection.
    const { longestGap } = judged.ledger
    const gap = longestGap?.ms ?? 0
    // What this computer withholds around it hits one of the two and not the other.
    const begun = (longestGap?.fromWall ?? 0) - 500
    const withheld = await machine.within(begun, begun + 1000 + Math.max(gap, run.pause.canaryGapMs ?? 0))
    const seen = judged.probes?.pauseMs ?? { least: Number.NaN, most: Number.NaN }
    console.log(
      `${flavour}: hold ${run.pause.holdMs} ms, prober ${seen.least} to ${seen.most} ms; canary ${run.pause.canaryGapMs} ms, customers ${gap} ms; the computer withheld ${withheld} ms; ${evidence('observe')}`
    )
    // The servers' clocks are read from here: each may be wrong by a part of its way, 20 ms in this lab.
    expect(run.pause.holdMs).toBeGreaterThan(seen.least - 25)
    expect(run.pause.holdMs).toBeLessThan(seen.most + 25)
    expect(Math.abs((run.pause.canaryGapMs ?? 0) - gap)).toBeLessThan(Math.max(300, gap * 0.1) + withheld)
  })

  it('is reversed by the same steps with the sides exchanged, though every answer from the throw on is lost', async () => {
    await at.lab.customers.start(20)
    const { reaching } = at.deps
    let thrown = false
    at.deps.reaching = {
      ...reaching,
      sql: async (action, options) => {
        if (action.session === 'hold' && action.statements.at(-1)?.includes('AS read_only')) thrown = true
        const waitsForToken =
          action.session === 'arm' && action.statements.some((statement) => statement.includes('@siteswap_w ='))
        const answer = await reaching.sql(action, options)
        if (thrown && (action.session === 'hold' || waitsForToken)) throw fail('unreachable', 'The line was lost.')
        return answer
      }
    }
    const halted = await at.drive('reverse')
    at.deps.reaching = reaching
    expect(halted.state).toMatchObject({
      kind: 'halted',
      why: expect.stringContaining('The answer of the throw was lost')
    })
    const run = await at.drive('reverse', halted.id)
    expect(run.notes.join(' ')).toContain('old-db takes writes, new-db is sealed')
    expect([run.state.kind, done(run)]).toEqual(['done', []])
    expect([await at.readOnly('old'), await at.readOnly('new')]).toEqual([false, true])
    await at.lab.customers.stop()
    await at.lab.prober.stop()
    const judged = await at.lab.judge({ switches: 2, compareTables: true })
    expect(judged.faults).toEqual([])
  })

  if (flavour === 'm1011')
    it('is reversed when DNS has moved everybody: web servers of both sites follow, and customers only wait', async () => {
      expect((await at.drive('cutover')).state.kind).toBe('done')
      await at.lab.customers.start(20)
      const from = Date.now()
      const run = await at.drive('reverse')
      expect([run.state.kind, done(run)]).toEqual(['done', []])
      await at.lab.customers.stop()
      expect((await at.lab.judge({})).orders.missing).toEqual([])
      const redirected = run.steps.find((step) => step.id === 'redirect')
      expect(redirected?.evidence).toMatch(/new-web1: 0 on the database it leaves, [1-9]\d* on the other/)
      const lines = readLines<LedgerLine>(at.lab.ledgerPath).filter((line) => line.wall >= from)
      const refused = lines.filter((line) => line.event === 'failed').map((line) => line.wall - (run.pause.holdAt ?? 0))
      const redirectedAt = (redirected?.endedAt ?? 0) - (run.pause.holdAt ?? 0)
      console.log(
        `refused ${refused.length}: ${Math.min(...refused)} to ${Math.max(...refused)} ms; redirected after ${redirectedAt} ms`
      )
      expect(refused.filter((ms) => ms < 0 || ms > redirectedAt + 500)).toEqual([])
    })
})
