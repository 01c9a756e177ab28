import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type App, launchApp } from './launch'

const dir = mkdtempSync(join(tmpdir(), 'siteswap-saved-sites-'))
const file = join(dir, 'porto.site.json')
let app: App

const server = {
  ...{ id: 'porto-db', name: 'porto-db', kind: 'database' },
  ssh: [{ host: 'db.porto.example', port: 22, user: 'deploy', auth: { kind: 'agent' } }],
  database: { host: '127.0.0.1', user: 'siteswap' }
}

test.beforeAll(async () => {
  const sites = { old: { name: 'Porto', servers: [server] }, new: { name: 'Lisbon' } }
  const move = { format: 'siteswap.move', version: 2, id: 'shelf', name: 'Shelf', createdAt: 0, ...sites }
  writeFileSync(join(dir, 'move.json'), JSON.stringify(move))
  app = await launchApp({ env: { HOME: dir, SITESWAP_OPEN: join(dir, 'move.json') } })
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
})
test.afterAll(async () => {
  await app?.close()
  rmSync(dir, { recursive: true, force: true })
})

const onDisk = () => JSON.parse(readFileSync(join(app.data, 'moves/shelf/move.json'), 'utf8'))
const fromMenu = async (name: string) => {
  await app.page.getByTitle(/undo, earlier versions/).click()
  await app.page.getByRole('menuitem', { name }).click()
}

test('a site of a move is saved, put into the other side as one edit, taken back, and brought up to date', async () => {
  const { page } = app
  await fromMenu('Save a site…')
  const saving = page.getByRole('dialog', { name: 'Save a site for other moves' })
  await saving.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(saving).toBeHidden()

  await page.getByRole('button', { name: /Use a saved site/ }).click()
  const using = page.getByRole('dialog', { name: 'Use a saved site' })
  await expect(using.getByText('porto-db added')).toBeVisible()
  await using.getByRole('button', { name: 'Use in Lisbon' }).click()
  await expect.poll(() => onDisk().new.servers.map(({ id }: { id: string }) => id)).toEqual(['porto-db-2'])
  expect(onDisk()).toMatchObject({ new: { name: 'Lisbon' }, pairs: [{ old: 'porto-db', new: 'porto-db-2' }] })
  await expect(using).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect.poll(() => onDisk().new.servers).toEqual([])
  expect(onDisk().pairs).toEqual([])

  await page
    .getByRole('button', { name: /porto-db/ })
    .first()
    .click()
  await page.getByRole('complementary', { name: 'porto-db' }).getByLabel('Account').fill('mover')
  await expect.poll(() => onDisk().old.servers[0].database.user).toBe('mover')
  await page.keyboard.press('Escape')
  await fromMenu('Save a site…')
  await expect(saving.getByText('porto-db · database.user: siteswap → mover')).toBeVisible()
  await saving.getByRole('button', { name: 'Update' }).click()
  await expect(saving).toBeHidden()
  const [kept = ''] = readdirSync(join(app.data, 'sites')).filter((name) => name.endsWith('.json'))
  expect(readFileSync(join(app.data, 'sites', kept), 'utf8')).toContain('"user": "mover"')
})

test('a saved site goes to a file and comes back from one, and is used only after its addresses were seen', async () => {
  const { page } = app
  await fromMenu('All moves')
  await page.getByRole('button', { name: /Saved sites/ }).click()
  const list = page.getByRole('dialog', { name: 'Saved sites' })
  await list.getByRole('button', { name: 'Export Porto' }).click()
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('siteswap.site')
  await list.getByRole('button', { name: 'Import a site…' }).click()
  const review = page.getByRole('dialog', { name: 'Porto (2) imported' })
  await expect(review.getByText('deploy@db.porto.example:22')).toBeVisible()
  await expect(review.getByText('this computer: your SSH agent')).toBeVisible()
  await review.getByRole('button', { name: 'Not now' }).click()
  await expect(list.getByText('not looked at yet')).toBeVisible()
  await list.getByRole('button', { name: 'Look at Porto (2)' }).click()
  await page.getByRole('button', { name: 'Allow moves to use it' }).click()
  await expect(list.getByText('not looked at yet')).toHaveCount(0)
  await list.getByRole('button', { name: 'Remove Porto (2)' }).click()
  await list.getByRole('button', { name: 'Keep' }).click()
  await expect(list.getByText('Porto (2)')).toBeVisible()
  await list.getByRole('button', { name: 'Remove Porto (2)' }).click()
  await list.getByRole('button', { name: 'Remove Porto (2) and its passwords' }).click()
  await expect(list.getByText('Porto (2)')).toHaveCount(0)
})
