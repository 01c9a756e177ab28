import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type App, launchApp } from './launch'

/** Made when the tests begin: this file is read more often than they run. */
let dir: string
let app: App

/** Nothing answers there: this is about what is kept. */
const server = (id: string) => ({
  ...{ id, name: id, kind: 'database' },
  database: { host: '127.0.0.1', port: 1, via: 'direct', user: 'reader' }
})

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'siteswap-drift-schedule-app-'))
  const sites = {
    old: { name: 'Porto', servers: [server('old-db')] },
    new: { name: 'Lisbon', servers: [server('new-db')] }
  }
  const move = { format: 'siteswap.move', version: 2, id: 'nightly', name: 'Nightly', createdAt: 0, ...sites }
  writeFileSync(join(dir, 'move.json'), JSON.stringify({ ...move, pairs: [{ old: 'old-db', new: 'new-db' }] }))
  app = await launchApp({ env: { HOME: dir, SITESWAP_OPEN: join(dir, 'move.json') } })
})
test.afterAll(async () => {
  await app?.close()
  rmSync(dir, { recursive: true, force: true })
})

const onDisk = () => JSON.parse(readFileSync(join(app.data, 'moves/nightly/move.json'), 'utf8')).driftSchedule

test('when data is compared by itself is kept with the move, and can be taken back', async () => {
  const { page } = app
  await page.locator('button.stn', { hasText: 'Drift' }).click()
  await page.getByRole('button', { name: 'By itself…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare by itself' })
  await expect(dialog).toContainText('Only reads are sent')
  await expect(dialog).toContainText('only while Siteswap runs with this move open')
  await dialog.getByRole('radio', { name: 'Every day' }).click()
  const time = dialog.getByLabel('At', { exact: true })
  await expect(time).toHaveValue('02:00')
  await time.fill('25:00')
  await expect(dialog.getByRole('alert')).toContainText('Write a time such as 02:00')
  await time.fill('3:30')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Daily at 03:30' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'By itself' })).toContainText('at 03:30, this computer’s time')
  await expect.poll(onDisk).toEqual({ dailyAt: '03:30' })

  const undo = page.getByRole('menuitem', { name: /^Undo/ })
  await page.getByTitle(/undo, earlier versions/).click()
  await undo.click()
  await expect(page.getByRole('button', { name: 'By itself…' })).toBeVisible()
  await expect.poll(onDisk).toBeUndefined()
  await page.getByTitle(/undo, earlier versions/).click()
  await page.getByRole('menuitem', { name: /^Redo/ }).click()
  await expect(page.getByRole('button', { name: 'Daily at 03:30' })).toBeVisible()
  await expect.poll(onDisk).toEqual({ dailyAt: '03:30' })
})
