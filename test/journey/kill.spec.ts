import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { readJournal } from '../../src/main/store/journal-file'
import { canarySecret, replicationSecret, secretEnvName } from '../../src/shared/secret'
import { type App, launchApp } from '../app/launch'
import type { LedgerLine } from '../lab/customers'
import { readLines } from '../lab/judge'
import { attachLab } from '../lab/lab'
import { labSecretEnv } from '../lab/move-file'
import type { ProbeLine } from '../lab/prober'
import { watchStandstill } from '../lab/standstill'
import { isAlive, type KillMoment, killAt, processTree } from './kill-moment'
import { Person } from './person'

test.describe.configure({ mode: 'serial' })

const lab = attachLab(process.env.SITESWAP_LAB_DIR ?? '')
// This file is read by more than one process: the folder's name comes from the lab, whose folder is taken away with it.
const data = join(lab.dir, '..', 'data')
const journal = join(data, 'moves', `lab-${lab.state.id}`, 'journal.jsonl')
const env = {
  ...labSecretEnv(lab.state),
  [secretEnvName(replicationSecret)]: 'made-for-the-kill-1',
  [secretEnvName(canarySecret)]: 'made-for-the-kill-2',
  SITESWAP_DATA: data,
  SITESWAP_KNOWN_HOSTS: lab.state.ssh.knownHosts
}
/** Within this time after the kill somebody takes orders again: the lease, and a second. */
const leaseMs = 3000
const resumedWithinMs = leaseMs + 1000
const machine = watchStandstill()
/** What this computer withheld is not counted. */
const expectInTime = async (from: number, to: number | undefined): Promise<void> => {
  if (to === undefined) throw new Error('Nobody writes again.')
  expect(to - from - (await machine.within(from, to))).toBeLessThan(resumedWithinMs)
}
/** Orders of which the answer was already on its way when the app died. */
const inFlightMs = 150

/** On both sides of the point of no return in each run of all tests; `npm test -- kills` kills at all four moments. */
const everyMoment = process.env.SITESWAP_KILLS === 'all'

type Side = 'old' | 'new'
const siteOf: Record<Side, string> = { old: 'London', new: 'Brno' }
let app: App
let person: Person

/** The move is made ready by the headless command, which shares the app's data folder and journal. */
const siteswap = async (...args: string[]) => {
  const [verb = '', ...rest] = args
  const command = [resolve(__dirname, '../../out/main/cli.js'), verb, lab.movePath, ...rest]
  await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...env }, timeout: 120_000 })
}

/** Opens the app as a person does after a crash: from the list of moves, which says what it is like. */
const openApp = async (picture: string, phase: RegExp) => {
  app = await launchApp({ data, env })
  person = new Person(app.page, `kill-${lab.state.flavour}`)
  await expect(app.page.getByRole('row', { name: /Lab shop/ })).toContainText(phase)
  await person.picture(`${picture}-home`)
  // After a crash the one next action of the list is to open that move.
  const region = app.page.getByRole(/interrupted/.test(phase.source) ? 'banner' : 'main')
  await region.getByRole('button', { name: /^Open\b/ }).click()
}

const start = async (words: string) => {
  const { page } = app
  await page.getByLabel(`Type “${words}” to unlock Start`).fill(words)
  const button = page.getByRole('button', { name: 'Start', exact: true })
  await expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 })
  return button
}

/** Starts the switch that is shown and kills the app in it; answers when. */
const startAndKill = async (words: string, moment: KillMoment): Promise<number> => {
  const button = await start(words)
  const pid = app.electron.process().pid ?? 0
  const tree = processTree(pid)
  const [when] = await Promise.all([killAt(journal, pid, moment), button.click()])
  await expect.poll(() => processTree(pid).concat(tree).filter(isAlive), { timeout: 60_000 }).toEqual([])
  return when
}

const acksAfter = (since: number, side: Side) =>
  readLines<ProbeLine>(lab.state.proberPath).filter(
    (line) => line.event === 'ack' && line.side === side && line.wall > since
  )
const ordersAfter = (since: number) =>
  readLines<LedgerLine>(lab.state.ledgerPath).filter((line) => line.event === 'acknowledged' && line.wall > since)

/** The judge, who never asks the app: one side takes writes again in time, and the other one never does. */
const expectOneSide = async (when: number, side: Side): Promise<number> => {
  const other = side === 'old' ? 'new' : 'old'
  await expect.poll(() => acksAfter(when, side).length, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(50)
  const first = acksAfter(when, side)[0]?.wall ?? Number.POSITIVE_INFINITY
  await expectInTime(when, first)
  expect(acksAfter(first, other)).toEqual([])
  return first - when
}

/** What the journal holds of the steps of the run that was killed. */
const journaled = (type: 'intent' | 'observed'): string[] => {
  const { entries } = readJournal(readFileSync(journal, 'utf8'))
  const begun = entries.findLastIndex((entry) => entry.body.type === 'run-started')
  return entries.slice(begun).flatMap(({ body }) => (body.type === type ? [body.step] : []))
}

/** The window tells who takes writes, and offers one thing: the same above and in the station. */
const expectTruth = async (picture: string, takes: Side, words: RegExp, step: string) => {
  const { page } = app
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: `${siteOf[takes]} takes writes`, exact: true })).toBeVisible()
  await expect(main.getByText(words).first()).toBeVisible()
  await person.picture(`${picture}-reopened`)
  await expect(main.locator('button.btn.p')).toHaveText([step])
  await expect(page.getByRole('banner').locator('button.btn.p')).toContainText(step)
  await main.getByRole('button', { name: step }).click()
}

const isReadOnly = async (session: Awaited<ReturnType<typeof lab.sql>>): Promise<boolean> => {
  const [rows] = await session.query('SELECT @@global.read_only AS ro')
  return Number((rows as { ro: number }[])[0]?.ro) === 1
}
const readOnly = async (side: Side): Promise<boolean> => {
  const session = await lab.sql(side)
  try {
    return await isReadOnly(session)
  } finally {
    await session.end()
  }
}

/** Customers order again, and only one server can be written to. */
const expectSettled = async (takes: Side) => {
  expect([await readOnly(takes), await readOnly(takes === 'old' ? 'new' : 'old')]).toEqual([false, true])
  const now = Date.now()
  await expect.poll(() => ordersAfter(now).length, { timeout: 60_000 }).toBeGreaterThan(10)
}

const expectPutBack = async (picture: string) => {
  await expect(
    app.page.getByText('The cutover was aborted. Nothing changed: London takes writes as before.')
  ).toBeVisible()
  await expect(app.page.getByLabel('Type “go Brno” to unlock Start')).toBeVisible()
  await person.picture(`${picture}-put-back`)
  await expectSettled('old')
}

const expectMoved = async (picture: string, takes: Side, mark: string) => {
  const { page } = app
  const ended = page.getByRole('navigation', { name: 'Stations' }).getByText(mark)
  // The prober goes on knocking at the sealed server with the shop's account: a person knows it and lets it be ended.
  const letGo = page.getByRole('main').getByRole('button', { name: 'Done, go on' })
  await expect(ended.or(letGo)).toBeVisible({ timeout: 60_000 })
  if (await letGo.isVisible()) {
    await expect(page.getByText(/(left on|connected to) (old|new)-db/).first()).toBeVisible()
    await person.picture(`${picture}-stragglers`)
    await letGo.click()
  }
  await expect(ended).toBeVisible()
  await person.picture(`${picture}-done`)
  await expectSettled(takes)
}

const say = (text: string) => process.stdout.write(`${text}\n`)

test.beforeAll(async () => {
  await lab.customers.start(20)
  await siteswap('replicate', 'all', '--yes')
  await siteswap('preflight')
  await siteswap('drift')
  await lab.prober.start()
  await openApp('0-first', /Lab shop/)
  await person.openStation('Cutover')
})
test.afterEach(async () => {
  const info = test.info()
  if (info.status !== info.expectedStatus) await person?.picture('failed').catch(() => {})
})
test.afterAll(async () => {
  await app?.close().catch(() => {})
})

if (everyMoment)
  test('killed before the hold: the old side goes on, and the reopened app puts back', async () => {
    const when = await startAndKill('go Brno', { type: 'intent', step: 'arm' })
    expect(journaled('intent')).not.toContain('hold')
    const ms = await expectOneSide(when, 'old')
    await expectInTime(when, ordersAfter(when)[0]?.wall)
    say(`before the hold: written to again after ${ms} ms`)
    await openApp('1-before-hold', /Cutover: interrupted/)
    await expectTruth('1-before-hold', 'old', /Nothing was switched/, 'Observe, then put back')
    await expectPutBack('1-before-hold')
  })

test('killed in the hold: the lease frees the old side, and the reopened app puts back', async () => {
  const when = await startAndKill('go Brno', { type: 'observed', step: 'hold' })
  expect(journaled('intent')).not.toContain('throw')
  const ms = await expectOneSide(when, 'old')
  await expectInTime(when, ordersAfter(when)[0]?.wall)
  say(`in the hold: written to again after ${ms} ms`)
  await openApp('2-in-hold', /Cutover: interrupted/)
  await expectTruth('2-in-hold', 'old', /Nothing was switched/, 'Observe, then put back')
  await expectPutBack('2-in-hold')
})

test('killed right after the throw has left: the new side opens by itself, and the reopened app goes on', async () => {
  // The old server is seen to be sealed: the packet has left and arrived, its answer is still on its way of 20 ms.
  const session = await lab.sql('old')
  const sealed = () => isReadOnly(session)
  const when = await startAndKill('go Brno', { type: 'intent', step: 'throw', when: sealed })
  await session.end()
  expect(journaled('observed')).not.toContain('observe')
  const ms = await expectOneSide(when, 'new')
  // The prober knows both servers; the shop's hosts were armed and find the new one by themselves.
  await expect
    .poll(() => ordersAfter(when + inFlightMs).length, { timeout: 60_000, intervals: [50] })
    .toBeGreaterThan(10)
  const ordered = ordersAfter(when + inFlightMs)[0]?.wall
  await expectInTime(when, ordered)
  say(`right after the throw: written to again after ${ms} ms, orders again after ${(ordered ?? Number.NaN) - when} ms`)
  await openApp('3-after-throw', /Cutover: interrupted/)
  await expectTruth(
    '3-after-throw',
    'new',
    /opened by itself, and the application hosts were armed/,
    'Observe, then go on'
  )
  await expectMoved('3-after-throw', 'new', 'moved')
})

if (everyMoment)
  test('killed after the redirect, on the way back: the old side takes writes, and the reopened app goes on', async () => {
    await app.page.getByRole('button', { name: 'Reverse to London…' }).click()
    const when = await startAndKill('go London', { type: 'observed', step: 'redirect' })
    const ms = await expectOneSide(when, 'old')
    await expectInTime(when, ordersAfter(when)[0]?.wall)
    say(`after the redirect: written to again after ${ms} ms`)
    await openApp('4-after-redirect', /Cutover: interrupted/)
    await expectTruth('4-after-redirect', 'old', /goes on with what is left/, 'Observe, then go on')
    await expectMoved('4-after-redirect', 'old', 'reversed')
  })

test('killed each time, no order was lost or doubled', async () => {
  await lab.customers.stop()
  await lab.prober.stop()
  const judged = await lab.judge({ switches: everyMoment ? 2 : 1, compareTables: true })
  expect(judged.faults).toEqual([])
  expect(judged.ledger.acknowledged).toBeGreaterThan(200)
})
