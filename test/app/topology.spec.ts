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
  const outside = { ...replica, reportsHost: true }
  fleet = await startFleet({
    servers: [
      { side: 'old', server: fleetServer('fra-db1', 'm1011', { variables: domain, writesPerSecond: 40 }) },
      { side: 'old', server: fleetServer('fra-db2', 'm1011', { ...replica, links: [followsServer('fra-db1')] }) },
      { side: 'old', server: fleetServer('stray', 'm1011', { ...outside, links: [followsServer('fra-db1')] }) },
      { side: 'new', server: fleetServer('lis-db1', 'm118', { ...replica, links: [followsServer('fra-db1')] }) }
    ],
    pairs: [{ old: 'fra-db1', new: 'lis-db1' }]
  })
  const file = join(folder, 'fleet.siteswap.json')
  const { old, ...move } = fleet.move()
  // One follows the old site's database and nobody has entered it.
  const servers = old.servers.filter(({ name }) => name !== 'stray')
  writeFileSync(file, JSON.stringify({ ...move, old: { ...old, servers } }))
  // A server that is added from a search has its port in its name.
  const ids = [...fleet.servers.keys(), `stray-${fleet.servers.get('stray')?.port}`].map(idOf)
  const secrets = ids.map((id) => [secretEnvName(databaseSecret(id)), 'any'])
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
  for (const [item, ending, words] of [
    ['Save as Markdown…', 'md', '- **changed** max'],
    ['Save as HTML…', 'html', '</html>'],
    ['Save as JSON…', 'json', '"reason":']
  ] as const) {
    const report = await saveTo(`since.${ending}`)
    await exportAs(item)
    const text = () => readFileSync(report, { encoding: 'utf8', flag: 'a+' })
    await expect.poll(text).toContain('Fewer web servers there.')
    expect(text()).toContain(words)
  }
  // Beside a comparison everything known of a server can be seen too.
  await page.getByRole('radio', { name: 'Inspector' }).click()
  await expect(page.getByRole('tab', { name: 'Variables' })).toBeVisible()
  await page.getByRole('radio', { name: 'Live' }).click()
})

test('what is more than a line opens as one text, or as two beside each other', async () => {
  const { page } = app
  await fleet.change('fra-db2', {
    missingColumns: ['Replicate_Do_Table', 'Replicate_Ignore_Table'],
    newColumns: { Replicate_Do_Table: 'shop.orders', Replicate_Ignore_Table: 'shop.logs' }
  })
  await page.getByRole('radio', { name: 'Since' }).click()
  await page.getByRole('radio', { name: 'Differences' }).click()
  await page.getByRole('button', { name: /^changed fra-db1 → fra-db2/ }).click({ timeout: 30_000 })
  const texts = page.getByLabel('Difference of fra-db1 → fra-db2: filters')
  await expect(texts).toContainText('Replicate_Do_Table: shop.orders')
  await expect(texts).not.toHaveClass(/split/)
  await page.getByRole('radio', { name: 'Side by side' }).click()
  await expect(texts).toHaveClass(/split/)
  await expect(texts).toContainText('Replicate_Ignore_Table: shop.logs')
  await fleet.change('fra-db2', { missingColumns: [], newColumns: {} })
  await page.getByRole('radio', { name: 'Live' }).click()
})

test('how often snapshots are taken by themselves is kept with the move', async () => {
  const { page } = app
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: 'Snapshot' })
  await dialog.getByLabel('By itself every').fill('30')
  await dialog.getByLabel('Of these keep the last').fill('5')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toBeHidden()
  await page.keyboard.press('s')
  await expect(dialog.getByLabel('By itself every')).toHaveValue('30')
  await expect(dialog.getByRole('region', { name: 'Kept snapshots' })).toContainText('Monday')
  await page.keyboard.press('Escape')
})

test('a server that a search finds beside the move is drawn, and added from its picture only after a look', async () => {
  const { page } = app
  const port = fleet.servers.get('stray')?.port ?? 0
  const station = (name: string) => page.locator('button.stn', { hasText: name })
  await station('Sites').click()
  await page.getByRole('tab', { name: 'Discover' }).click()
  await page.getByRole('button', { name: 'Discover servers' }).click()
  await expect(page.getByText(/servers known, 3 answered/).first()).toBeVisible({ timeout: 20_000 })
  await station('Topology').click()
  const found = page.getByRole('button', { name: /beside the old site, known, not asked/ })
  await found.click()
  await page.getByRole('button', { name: 'Ask it…' }).click()
  await page.getByRole('button', { name: 'Ask this server' }).click()
  await expect(page.getByText(/servers known, 4 answered/).first()).toBeVisible({ timeout: 20_000 })
  await station('Topology').click()
  await page.getByRole('button', { name: /stray.*, beside the old site, not part of the move/ }).click()
  await page.getByRole('button', { name: /^Add to / }).click()
  // Nothing is added before it is said here.
  await page.getByRole('button', { name: /^Add stray/ }).click()
  await station('Topology').click()
  await expect(box(`stray-${port}`)).toHaveAccessibleName(/read-only/, { timeout: 20_000 })
  await expect(page.getByRole('button', { name: /beside the old site/ })).toHaveCount(0)
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
