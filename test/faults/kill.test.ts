import { execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldRuns } from '../../src/main/runbook/fold'
import { startRun } from '../../src/main/runbook/run'
import { JournalFile } from '../../src/main/store/journal-file'
import type { Run } from '../../src/shared/runbook'
import type { LedgerLine } from '../lab/customers'
import { readLines } from '../lab/judge'
import type { ProbeLine } from '../lab/prober'
import { homeOf } from '../lab/sshd'
import { type StandstillWatch, watchStandstill } from '../lab/standstill'
import { type CutoverLab, cutoverLab } from '../servers/own/cutover-lab'

type Point = 'before-hold' | 'in-hold' | 'after-throw' | 'after-redirect' | 'sleep'
const leaseMs = 3000
/** Orders of which the answer was already on its way when the app died. */
const inFlightMs = 150

/** On MySQL these points are killed in the real window only, which does them on both flavours (test/journey/kill.spec.ts). */
const killings: [string, 'cutover' | 'reverse', Point, 'old' | 'new', 'aborted' | 'done', string][] = [
  [
    'before the hold: the old side takes writes, and the safe step is to put back',
    'cutover',
    'before-hold',
    'old',
    'aborted',
    'nothing was switched'
  ],
  [
    'in the hold: the lease frees the old side, and the safe step is to put back',
    'cutover',
    'in-hold',
    'old',
    'aborted',
    'nothing was switched'
  ],
  [
    'right after the throw has left: the new side opens by itself, and the safe step is forward',
    'cutover',
    'after-throw',
    'new',
    'done',
    'takes writes'
  ],
  [
    'after the redirect, on the way back: the old side takes writes, and the safe step is forward',
    'reverse',
    'after-redirect',
    'old',
    'done',
    'takes writes'
  ]
]

describe.each(['m1011', 'my97'] as const)('killed by SIGKILL on %s', (flavour) => {
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

  /** Somebody writes again within the lease and a second; what this computer withheld is not counted. */
  const expectInTime = async (from: number, to: number | undefined): Promise<void> => {
    if (to === undefined) throw new Error('Nobody wrote again.')
    expect(to - from - (await machine.within(from, to))).toBeLessThan(leaseMs + 1000)
  }

  const journalOf = (point: Point) => join(at.lab.dir, `journal-${point}.jsonl`)

  /** Runs the child until it kills itself; answers when. */
  const killed = (kind: 'cutover' | 'reverse', point: Point): Promise<number> =>
    new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'cutover-child.ts'), at.lab.dir, journalOf(point), kind, point],
        {
          env: { ...process.env, SITESWAP_LAB_MODE: 'loopback' },
          stdio: ['ignore', 'pipe', 'pipe']
        }
      )
      let told = ''
      child.stdout.on('data', (text) => {
        told += text
      })
      child.stderr.on('data', (text) => {
        told += text
      })
      child.on('close', (_code, signal) => {
        const when = /"killedAt":(\d+)/.exec(told)?.[1]
        if (signal === 'SIGKILL' && when) resolve(Number(when))
        else reject(new Error(`the child was not killed at ${point}: ${told.slice(-2000)}`))
      })
    })

  const acksAfter = (since: number, side: 'old' | 'new') =>
    readLines<ProbeLine>(at.lab.state.proberPath).filter(
      (line) => line.event === 'ack' && line.side === side && line.wall > since
    )

  const ordersAfter = (since: number) =>
    readLines<LedgerLine>(at.lab.ledgerPath).filter((line) => line.event === 'acknowledged' && line.wall > since)

  /** What is left on the hosts of a redirect that was armed: folders and processes. */
  const armedLeft = async (): Promise<string[]> => {
    const hosts = at.lab.state.addresses.hosts.map(({ name }) => name)
    const homes = hosts.flatMap((name) => readdirSync(homeOf(at.lab.state, name)).map((file) => `${name}: ${file}`))
    const processes = execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' }).split('\n')
    const ours = processes.filter((line) => line.includes(at.lab.dir) && line.includes('watch.sh'))
    return [...homes.filter((line) => line.includes('siteswap-redirect')), ...ours]
  }

  /** Takes the run up again in a fresh process's place: observe, then the one safe step. */
  const takenUp = async (kind: 'cutover' | 'reverse', point: Point): Promise<Run> => {
    const journal = await JournalFile.open(journalOf(point))
    try {
      const folded = foldRuns(journal.entries).get(`killed-${point}`)
      if (!folded) throw new Error('the run is not in the journal')
      const { runbook } = await at.prepare(kind)
      const handle = startRun(
        runbook,
        { ...at.deps, write: (body) => journal.write(body) },
        { runId: folded.run.id, operator: 'test', epoch: 1, identities: {}, resume: folded }
      )
      const goOn = setInterval(() => {
        const { state } = handle.current()
        try {
          if (state.kind === 'waiting') handle.personDone(state.step, 'test')
        } catch {
          // it has gone on between the look and the word
        }
      }, 200)
      const run = await handle.ended
      clearInterval(goOn)
      return run
    } finally {
      await journal.close()
    }
  }

  it.each(flavour === 'm1011' ? killings : [])('%s', async (_, kind, point, side, ends, truth) => {
    const when = await killed(kind, point)
    await expect.poll(() => acksAfter(when, side).length, { timeout: 60_000, interval: 50 }).toBeGreaterThan(10)
    await expectInTime(when, acksAfter(when, side)[0]?.wall)
    const other = side === 'old' ? 'new' : 'old'
    const settled = acksAfter(when, side)[0]?.wall ?? 0
    // The prober knows both servers; the shop's hosts have to find the right one by themselves.
    await expect
      .poll(() => ordersAfter(when + inFlightMs).length, { timeout: 60_000, interval: 50 })
      .toBeGreaterThan(10)
    const ordered = ordersAfter(when + inFlightMs)[0]?.wall
    console.log(`${point} on ${flavour}: orders again after ${(ordered ?? Number.NaN) - when} ms`)
    await expectInTime(when, ordered)
    if (point === 'after-throw') await expect.poll(armedLeft, { timeout: 60_000, interval: 100 }).toEqual([])
    expect(acksAfter(settled, other)).toEqual([])
    const run = await takenUp(kind, point)
    expect(run.notes.join(' ')).toContain(truth)
    expect([run.state.kind, run.steps.filter((step) => step.failure).map((step) => [step.id, step.failure])]).toEqual([
      ends,
      []
    ])
    expect([await at.readOnly(side), await at.readOnly(other)]).toEqual([false, true])
  })

  it('asleep in the hold: the lease frees the old side, and the laptop that wakes puts everything back by itself', async () => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        join(import.meta.dirname, 'cutover-child.ts'),
        at.lab.dir,
        journalOf('sleep'),
        'cutover',
        'sleep'
      ],
      { env: { ...process.env, SITESWAP_LAB_MODE: 'loopback' }, stdio: ['ignore', 'pipe', 'inherit'] }
    )
    let told = ''
    child.stdout.on('data', (text) => {
      told += text
    })
    const ended = new Promise((resolve) => child.on('close', resolve))
    await expect.poll(() => told, { timeout: 60_000, interval: 20 }).toContain('asleep')
    const when = Date.now()
    await expect.poll(() => acksAfter(when, 'old').length, { timeout: 60_000, interval: 50 }).toBeGreaterThan(10)
    const acks = acksAfter(when, 'old').map((line) => line.wall)
    for (const [index, to] of acks.entries()) await expectInTime(acks[index - 1] ?? when, to)
    await expect.poll(() => Date.now() - when, { timeout: 60_000 }).toBeGreaterThan(7000)
    child.kill('SIGCONT')
    await ended
    expect(told).toContain('"kind":"aborted"')
    expect([await at.readOnly('old'), await at.readOnly('new')]).toEqual([false, true])
  })

  it('has lost and doubled no order', async () => {
    await at.lab.customers.stop()
    await at.lab.prober.stop()
    const judged = await at.lab.judge({ switches: flavour === 'm1011' ? 2 : 0, compareTables: true })
    expect(judged.faults).toEqual([])
  })
})
