import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import type { Report } from '../../src/shared/report'
import { type App, launchApp } from '../app/launch'
import { attachLab } from '../lab/lab'
import { watchStandstill } from '../lab/standstill'
import { Person } from './person'
import { labServers } from './what-to-type'

const lab = attachLab(process.env.SITESWAP_LAB_DIR ?? '')
const machine = watchStandstill()
let app: App

test.beforeAll(async () => {
  app = await launchApp({ env: { SITESWAP_KNOWN_HOSTS: lab.state.ssh.emptyKnownHosts } })
})
test.afterEach(async () => {
  const info = test.info()
  if (info.status !== info.expectedStatus) await new Person(app.page, lab.state.flavour).picture('failed')
})
test.afterAll(() => app?.close())

/** Fingerprints as the hosts' own administrators would read them out. */
const fingerprints = async (): Promise<Set<string>> => {
  const { stdout } = await promisify(execFile)('ssh-keygen', ['-lf', lab.state.ssh.knownHosts])
  return new Set([...stdout.matchAll(/SHA256:\S+/g)].map((match) => match[0]))
}

/** The system's save dialog belongs to the desktop, not to the page: the test answers it. */
const saveTo = (path: string) =>
  app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)

test(`a shop moves while customers order (${lab.state.flavour})`, async () => {
  const { page } = app
  const person = new Person(page, lab.state.flavour)
  const known = await fingerprints()
  const { move, oldSite, newSite } = labServers(lab.state)
  if (!move.bridge || !move.domains[0]) throw new Error('The lab’s move has no bridge or domain.')
  await lab.customers.start(20)

  await test.step('Sites', async () => {
    await person.picture('home-first-run')
    await person.createMove('shop.test', 'London', 'Brno')
    for (const server of oldSite) await person.addServer('London', server, known)
    for (const server of newSite) await person.addServer('Brno', server, known)
    await person.picture('sites')
    await person.describeBridge(move.bridge as NonNullable<typeof move.bridge>, 'London', 'Brno')
    await person.describeDomain(move.domains[0] as (typeof move.domains)[0], lab.state.dns.keySecret)
    await expect(page.getByRole('textbox', { name: 'TSIG secret' })).toHaveAttribute(
      'placeholder',
      /^in (Secret Service|the keychain)$/
    )
    expect(await readFile(join(app.data, 'secret-names.json'), 'utf8')).not.toContain(lab.state.accounts.admin.password)
  })

  await test.step('Topology', async () => {
    await person.openStation('Topology')
    await expect(page.getByText('old-db').first()).toBeVisible()
    await person.picture('topology-before')
  })

  await test.step('Preflight', async () => {
    await person.openStation('Preflight')
    await page.getByRole('main').getByRole('button', { name: 'Run preflight' }).last().click()
    await expect(page.getByRole('button', { name: /Check again/ })).toBeEnabled({ timeout: 60_000 })
    await person.picture('preflight')
  })

  await test.step('Replicate', async () => {
    await person.openStation('Replicate')
    await page.getByRole('tab', { name: 'Bridge' }).click()
    await person.runShown('Build the bridge', 'replicate-bridge', 'Bridge')
    await page.getByRole('tab', { name: 'Seed' }).click()
    await person.runShown('Seed the new server', 'replicate-seed', 'Seed')
    await page.getByRole('tab', { name: 'Co-masters' }).click()
    await person.runShown('Make them co-masters', 'replicate-comasters', 'Co-masters')
    await page.getByRole('tab', { name: 'Watch' }).click()
    await expect.poll(async () => (await lab.judge({ on: ['new'] })).orders !== undefined).toBe(true)
    await person.picture('replicate-watch')
  })

  await test.step('Preflight again, with both links', async () => {
    await person.openStation('Preflight')
    await page.getByRole('button', { name: /Check again/ }).click()
    await expect(page.getByRole('navigation', { name: 'Stations' }).getByText(/passed/)).toBeVisible({
      timeout: 60_000
    })
    await person.picture('preflight-again')
  })

  await test.step('Drift', async () => {
    await person.openStation('Drift')
    await page.getByRole('main').getByRole('button', { name: 'Compare the data' }).last().click()
    await expect(page.getByRole('navigation', { name: 'Stations' }).getByText('equal')).toBeVisible({
      timeout: 120_000
    })
    await person.picture('drift')
  })

  await lab.prober.start()
  const from = Date.now()
  await test.step('Cutover', async () => {
    await person.openStation('Cutover')
    await page
      .getByRole('main')
      .getByRole('button', { name: /Rehearse/ })
      .first()
      .click()
    await person.start('Rehearse now', 'cutover-rehearsal')
    await expect(page.getByRole('navigation', { name: 'Stations' }).getByText('rehearsed')).toBeVisible({
      timeout: 120_000
    })
    const go = page.getByLabel('Type “go Brno” to unlock Start')
    const back = page.getByRole('button', { name: /Back/ }).first()
    await expect(go.or(back).first()).toBeVisible()
    if (!(await go.isVisible())) await back.click()
    await expect(go).toBeVisible()
    await expect(page.getByText(/canary: \d+ orders/)).toHaveCount(0, { timeout: 60_000 })
    await person.picture('cutover-ready')
    await go.fill('go Brno')
    const start = page.getByRole('button', { name: 'Start', exact: true })
    await expect(start).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 })
    await start.click()
    await expect(page.getByText('Brno takes writes').first()).toBeVisible({ timeout: 90_000 })
    await person.picture('cutover-promoted')
    const moved = page.getByRole('navigation', { name: 'Stations' }).getByText('moved')
    // The prober knocks at the sealed server with the shop's account: a person knows it and goes on.
    const letGo = page.getByRole('main').getByRole('button', { name: 'Done, go on' })
    await expect(moved.or(letGo)).toBeVisible({ timeout: 120_000 })
    if (await letGo.isVisible()) {
      await person.picture('cutover-stragglers')
      await letGo.click()
    }
    await expect(moved).toBeVisible({ timeout: 60_000 })
    await person.picture('cutover-moved')
  })
  const to = Date.now()

  await lab.customers.stop()
  await lab.prober.stop()
  await person.openStation('Topology')
  await person.picture('topology-after')

  const memory = await app.electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, memory }) => `${type} ${Math.round(memory.workingSetSize / 1024)} MB`)
  )
  process.stdout.write(`memory after the journey: ${memory.join(', ')}\n`)

  const report = await test.step('Report', async (): Promise<Report> => {
    // The books of the canary orders are closed some seconds after the run.
    await expect
      .poll(async () => (await builtReport(page)).canary?.total.sent ?? 0, { timeout: 60_000 })
      .toBeGreaterThan(0)
    await expect.poll(async () => (await builtReport(page)).topologyAfter !== null, { timeout: 60_000 }).toBe(true)
    await person.openStation('Report')
    await person.picture('report')
    const path = join(app.data, 'report.html')
    await saveTo(path)
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Export/ })
      .first()
      .click()
    await expect.poll(() => readFile(path, 'utf8').catch(() => ''), { timeout: 15_000 }).toContain('</html>')
    const html = await readFile(path, 'utf8')
    expect(html).not.toContain('<script')
    return builtReport(page)
  })

  await test.step('The judge, who never asks the app', async () => {
    const verdict = await lab.judge({ on: ['old', 'new'], compareTables: true, span: { from, to } })
    expect(verdict.faults).toEqual([])
    expect(verdict.ledger.acknowledged).toBeGreaterThan(200)
    expect(report.summary.outcome).toBe('moved')
    expect(report.canary?.total.missing).toBe(0)
    expect(report.canary?.total.doubled).toBe(0)
    expect(report.summary.sentence).toContain('Brno')
    const { ledger, probes } = verdict
    process.stdout.write(
      `pause: app ${report.summary.writePauseMs} ms, prober ${Math.round(probes?.silenceMs ?? 0)} ms (${pauseSpan(probes?.pauseMs)}); silence: canary ${report.summary.canaryGapMs} ms, customers ${Math.round(ledger.longestGap?.ms ?? 0)} ms\n`
    )
    expectBetween('the write pause', report.summary.writePauseMs, probes?.pauseMs)
    // Orders of both kinds come every 50 ms; after its redirect a shop opens new connections and sends some more statements than a canary order.
    const { longestGap } = ledger
    const { canaryGapMs } = report.summary
    // What this computer withholds around it hits one of the two and not the other.
    const begun = (longestGap?.fromWall ?? 0) - 500
    const withheld = await machine.within(begun, begun + 1000 + Math.max(longestGap?.ms ?? 0, canaryGapMs ?? 0))
    process.stdout.write(`the computer withheld ${withheld} ms around the silence\n`)
    expectClose('the silence', canaryGapMs, longestGap?.ms, 300, withheld)
  })
})

/** The report as the window has it. */
const builtReport = async (page: App['page']): Promise<Report> => {
  const list = (await page.evaluate(() => window.siteswap.call('moves.list', {}))) as { value: { id: string }[] }
  const answer = await page.evaluate(
    (moveId) => window.siteswap.call('report.build', { moveId }),
    list.value[0]?.id ?? ''
  )
  return (answer as { value: Report }).value
}

const pauseSpan = (seen: { least: number; most: number } | null | undefined) =>
  seen ? `${Math.round(seen.least)} to ${Math.round(seen.most)}` : 'unknown'

/** Within what somebody on the servers saw, and what two clocks of this lab can be apart: half a round trip. */
const expectBetween = (
  what: string,
  reported: number | null | undefined,
  seen: { least: number; most: number } | null | undefined
) => {
  if (reported == null || !seen) throw new Error(`${what} is not known: ${reported}`)
  expect(reported, `${what}: ${reported} ms reported, ${pauseSpan(seen)} ms seen`).toBeGreaterThanOrEqual(
    seen.least - 25
  )
  expect(reported, `${what}: ${reported} ms reported, ${pauseSpan(seen)} ms seen`).toBeLessThanOrEqual(seen.most + 25)
}

/** Equal within ten per cent, and within what the slower of the two clocks can see. */
const expectClose = (
  what: string,
  reported: number | null | undefined,
  seen: number | null | undefined,
  graceMs: number,
  withheldMs: number
) => {
  if (reported == null || seen == null) throw new Error(`${what} is not known: ${reported} and ${seen}`)
  expect(Math.abs(reported - seen), `${what}: ${reported} ms reported, ${seen} ms seen`).toBeLessThanOrEqual(
    Math.max(seen * 0.1, graceMs) + withheldMs
  )
}
