import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatherFinishFacts } from '../../src/main/runbooks/finish/gather-finish-facts'
import { makeFinishRunbook } from '../../src/main/runbooks/finish/make-finish-runbook'
import type { Run, SqlAction } from '../../src/shared/runbook'
import { readLines } from '../lab/judge'
import type { ProbeLine } from '../lab/prober'
import { type StandstillWatch, watchStandstill } from '../lab/standstill'
import { type CutoverLab, cutoverLab } from './own/cutover-lab'
import { attachRunbooks } from './own/runbook-lab'

const stepOf = (run: Run, id: string) => run.steps.find((step) => step.id === id)

describe('a cutover in which something dies', () => {
  let at: CutoverLab
  let machine: StandstillWatch
  beforeAll(async () => {
    machine = watchStandstill()
    at = await cutoverLab('m1011', 0.01)
    await at.lab.latency(10)
    await at.lab.prober.start()
  })
  afterAll(async () => {
    await machine?.stop()
    await at?.close()
  })

  /** Runs a cutover with `meanwhile` directly before or after the statements that `when` picks are sent, once. */
  const cutoverWith = async (
    when: (action: SqlAction) => boolean,
    meanwhile: { before?(): Promise<void>; after?(): Promise<void> }
  ) => {
    const { reaching } = at.deps
    let met = false
    at.deps.reaching = {
      ...reaching,
      sql: async (action, options) => {
        const now = !met && when(action)
        if (now) {
          met = true
          await meanwhile.before?.()
        }
        const answer = await reaching.sql(action, options)
        if (now) await meanwhile.after?.()
        return answer
      }
    }
    const { runbook } = await at.prepare('cutover')
    return {
      handle: at.start(runbook),
      end: () => {
        at.deps.reaching = reaching
      }
    }
  }
  /** The first thing that is sent to the new server while writes wait. */
  const inHold = (action: SqlAction) =>
    action.statements.some((statement) => statement.includes('MASTER_GTID_WAIT')) && action.session === 'operate'
  const isThrow = (action: SqlAction) =>
    action.session === 'hold' && action.statements.includes('UNLOCK TABLES') && action.statements.length > 2
  const takes = async () => [!(await at.readOnly('old')), !(await at.readOnly('new'))]
  const lastAck = (side: 'old' | 'new') =>
    readLines<ProbeLine>(at.lab.state.proberPath).findLast((line) => line.event === 'ack' && line.side === side)
      ?.wall ?? 0

  it('by the line to the old site in the hold: within the lease the shop goes on, and nothing has changed', async () => {
    let cutAt = 0
    const { handle, end } = await cutoverWith(inHold, {
      before: async () => {
        await at.lab.cut('ca')
        cutAt = Date.now()
      }
    })
    await expect.poll(() => cutAt, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
    await expect.poll(() => lastAck('old') - cutAt, { timeout: 60_000, interval: 20 }).toBeGreaterThan(500)
    const resumedAfter =
      (readLines<ProbeLine>(at.lab.state.proberPath).find(
        (line) => line.event === 'ack' && line.side === 'old' && line.wall > cutAt + 100
      )?.wall ?? 0) - cutAt
    const withheld = await machine.within(cutAt, cutAt + resumedAfter)
    expect(resumedAfter - withheld).toBeLessThan((at.move.thresholds.leaseSeconds + 1) * 1000)
    expect(await takes()).toEqual([true, false])
    await at.lab.heal('ca')
    const run = await handle.ended
    end()
    expect([run.state.kind, stepOf(run, 'throw')?.state]).toEqual(['aborted', 'todo'])
    expect(stepOf(run, 'arm')?.evidence).toContain('nobody waits for the token')
    expect(await takes()).toEqual([true, false])
  })

  it('by the old database server in the hold: it waits for it to come back, and puts everything back then', async () => {
    const { handle, end } = await cutoverWith(inHold, { before: () => at.lab.stopServer('old', 'crash') })
    const halted = await handle.ended
    end()
    expect([halted.state.kind, stepOf(halted, 'throw')?.state]).toEqual(['halted', 'todo'])
    expect(await at.readOnly('new')).toBe(true)
    const again = async () => {
      const { runbook } = await at.prepare('cutover')
      return at.start(runbook, { runId: halted.id, resume: at.folded(halted.id) }).ended
    }
    await expect(again()).rejects.toThrow(/nothing answers/)
    await at.lab.startServer('old')
    const run = await again()
    expect(run.state.kind).toBe('aborted')
    expect(run.notes.join(' ')).toContain('old-db takes writes, nothing was switched')
    expect(await takes()).toEqual([true, false])
  })

  it('by every line after the throw: nobody takes writes twice, and the new side opens by itself when the sites see each other', async () => {
    const { handle, end } = await cutoverWith(isThrow, {
      before: () => at.lab.cut('ab'),
      after: async () => {
        await at.lab.cut('ca')
        await at.lab.cut('cb')
      }
    })
    await expect.poll(() => at.lab.state.cutLinks.length, { timeout: 60_000, interval: 20 }).toBe(3)
    const from = Date.now()
    const seen = () =>
      readLines<ProbeLine>(at.lab.state.proberPath).flatMap((line) =>
        line.event === 'readOnly' && line.wall > from ? [[line.old, line.new]] : []
      )
    await expect.poll(() => seen().length, { timeout: 60_000 }).toBeGreaterThan(12)
    expect(seen()).toEqual(seen().map(() => [true, true]))
    await at.lab.heal('ab')
    await expect.poll(takes, { timeout: 8000, interval: 50 }).toEqual([false, true])
    await expect.poll(() => lastAck('new'), { timeout: 60_000, interval: 20 }).toBeGreaterThan(from)
    expect(stepOf(handle.current(), 'observe')?.state).not.toBe('done')
    await at.lab.prober.stop()
    await at.lab.heal('ca')
    await at.lab.heal('cb')
    const run = await handle.ended
    end()
    expect(run.state.kind).toBe('done')
    expect(await takes()).toEqual([false, true])
    const judged = await at.lab.judge({})
    expect(judged.faults).toEqual([])
    expect(judged.probes).toMatchObject({ switches: 1, overlaps: [], bothWritable: 0 })
  })

  it('by the old database host afterwards: the move can be finished without it, when somebody says so', async () => {
    await at.lab.stopServer('old', 'crash')
    const sshd = at.lab.state.processes.find(({ name }) => name === 'old-db-sshd')
    if (!sshd) throw new Error('no sshd of old-db')
    process.kill(sshd.pid, 'SIGKILL')
    const fresh = attachRunbooks(at.lab)
    try {
      const facts = (retired: string[]) => gatherFinishFacts({ ...fresh, retired, entries: at.entries })
      const [blocker, ...others] = (await facts([])).blockers
      expect([blocker?.what, others]).toEqual([
        'old-db does not answer: what Siteswap made there cannot be taken away.',
        []
      ])
      const run = await fresh.run(makeFinishRunbook(await facts(['old-db'])))
      expect([run.state.kind, run.steps.filter((step) => step.failure)]).toEqual(['done', []])
      expect(run.notes.join(' ')).toContain('Siteswap’s accounts, schema and link stay on it')
      const session = await at.lab.sql('new')
      try {
        for (const statement of ["SHOW DATABASES LIKE 'siteswap'", 'SHOW ALL SLAVES STATUS'])
          expect((await session.query(statement))[0]).toEqual([])
      } finally {
        await session.end()
      }
      expect(await at.readOnly('new')).toBe(false)
    } finally {
      await fresh.reach.close()
    }
  })
})
