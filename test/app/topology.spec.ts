import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { databaseSecret, secretEnvName } from '../../src/shared/secret'
import { fleetServer, followsServer } from '../fleet/fleets'
import { type Fleet, idOf, startFleet } from '../fleet/start-fleet'
import { type App, launchApp } from './launch'

let app: App
let fleet: Fleet
let folder = ''

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteswap-topology-app-'))
  const domain = { gtid_domain_id: '1' }
  const replica = { readOnly: true, variables: domain }
  fleet = await startFleet({
    servers: [
      { side: 'old', server: fleetServer('fra-db1', 'm1011', { variables: domain, writesPerSecond: 40 }) },
      { side: 'old', server: fleetServer('fra-db2', 'm1011', { ...replica, links: [followsServer('fra-db1')] }) },
      { side: 'new', server: fleetServer('lis-db1', 'm118', { ...replica, links: [followsServer('fra-db1')] }) }
    ],
    pairs: [{ old: 'fra-db1', new: 'lis-db1' }]
  })
  const file = join(folder, 'fleet.siteswap.json')
  writeFileSync(file, JSON.stringify(fleet.move()))
  const secrets = [...fleet.servers.keys()].map((name) => [secretEnvName(databaseSecret(idOf(name))), 'any'])
  app = await launchApp({ env: { ...Object.fromEntries(secrets), SITESWAP_OPEN: file } })
  await app.page.locator('button.stn', { hasText: 'Topology' }).click()
  await expect(box('fra-db1')).toHaveAccessibleName(/takes writes/)
})
test.afterAll(async () => {
  await app?.close()
  await fleet?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const box = (name: string) => app.page.locator(`[data-box="${name}"]`)

/** The next dialog for a file answers this path. */
const saveTo = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  return path
}

const exportAs = async (item: string): Promise<void> => {
  await app.page.getByRole('button', { name: 'Export' }).click()
  await app.page.getByRole('menuitem', { name: item }).click()
}

test('the picture is saved as SVG and PNG, and copied as a text tree', async () => {
  const svg = await saveTo('picture.svg')
  await exportAs('Save as SVG…')
  await expect.poll(() => readFileSync(svg, { encoding: 'utf8', flag: 'a+' })).toContain('lis-db1')
  const png = await saveTo('picture.png')
  await exportAs('Save as PNG…')
  await expect.poll(() => readFileSync(png, { flag: 'a+' }).subarray(1, 4).toString('latin1')).toBe('PNG')
  await exportAs('Copy as text')
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toContain('follows fra-db1')
})

test('a snapshot is kept by name, what changed since is seen, accepted with a reason and saved', async () => {
  const { page } = app
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: 'Snapshot' })
  await dialog.getByLabel('Name').fill('Monday')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await fleet.change('lis-db1', { variables: { gtid_domain_id: '1', max_connections: '77' } })
  await page.getByRole('radio', { name: 'Since' }).click()
  const difference = page.getByRole('button', { name: 'changed max_connections, lis-db1' })
  await difference.click({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Accept as expected…' }).click()
  await page.getByLabel('Why this difference is expected').fill('Fewer web servers there.')
  await page.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Accepted 1/ })).toBeVisible()
  const report = await saveTo('since.md')
  await exportAs('Save as Markdown…')
  await expect.poll(() => readFileSync(report, { encoding: 'utf8', flag: 'a+' })).toContain('Fewer web servers there.')
  // Beside a comparison everything known of a server can be seen too.
  await page.getByRole('radio', { name: 'Inspector' }).click()
  await expect(page.getByRole('tab', { name: 'Variables' })).toBeVisible()
  await page.getByRole('radio', { name: 'Live' }).click()
})

test('arrows follow links, Enter inspects, and the menu of a box only shows', async () => {
  const { page } = app
  await box('fra-db1').focus()
  await page.keyboard.press('ArrowDown')
  await expect(box('fra-db2')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'fra-db2' })).toBeVisible()
  await box('fra-db2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show statements of its links…' }).click()
  const shown = page.getByRole('dialog', { name: 'Statements, shown only' })
  await expect(shown).toContainText('Nothing is sent from here.')
  await expect(shown).toContainText('STOP')
  await page.keyboard.press('Escape')
})

test('a server moved by hand stays where it was put, until it is tidied', async () => {
  const { page } = app
  const at = async () => (await box('fra-db2').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const before = await at()
  await page.mouse.move(before.x + 40, before.y + 12)
  await page.mouse.down()
  await page.mouse.move(before.x + 40, before.y - 20, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await at()).y).toBeLessThan(before.y - 10)
  const moved = (await at()).y
  await page.getByRole('button', { name: 'Ask every server again' }).click()
  expect((await at()).y).toBe(moved)
  await page.getByRole('button', { name: /^Tidy/ }).click()
  await expect.poll(async () => (await at()).y).toBe(before.y)
})
