import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type App, launchApp } from './launch'

const secret = 'carried-by-the-main-process'
let home: string
let app: App

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'siteswap-home-'))
  await writeFile(
    join(home, '.my.cnf'),
    `[client_shop]\nhost=127.0.0.1\nport=1\nuser=shop\npassword="${secret}"\nssl-mode=REQUIRED\n`
  )
  const move = { format: 'siteswap.move', version: 2, id: 'import-move', name: 'Import', createdAt: 0 }
  const sites = { old: { name: 'Old', servers: [] }, new: { name: 'New', servers: [] } }
  await writeFile(join(home, 'move.json'), JSON.stringify({ ...move, ...sites }))
  // Without a bus there is no keychain: passwords stay in the session.
  const env = { HOME: home, SITESWAP_OPEN: join(home, 'move.json'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
  app = await launchApp({ env })
})
test.afterAll(async () => {
  await app?.close()
  await rm(home, { recursive: true, force: true })
})

test('a connection of my.cnf fills in the form, and its password goes along without the window seeing it', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Add server' }).first().click()
  await page.getByRole('button', { name: 'From another program…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Take a connection from another program' })
  await dialog.getByRole('row', { name: /client_shop/ }).click()
  await dialog.getByRole('checkbox', { name: /Take its password along/ }).check()
  await dialog.getByRole('button', { name: 'Fill in the form' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Its password is taken along when the server is added.')).toBeVisible()
  await expect(page.getByLabel('Account')).toHaveValue('shop')
  await page.getByLabel('Name', { exact: true }).fill('shop-db')
  await page.getByRole('button', { name: 'Add and check' }).click()
  const state = () =>
    page.evaluate(async () => {
      const list = (await window.siteswap.call('moves.list', {})) as { value?: { id: string }[] }
      const moveId = list.value?.[0]?.id ?? ''
      return window.siteswap.call('secrets.state', { moveId, ref: 'db/shop-db' })
    })
  await expect.poll(state).toEqual({ ok: true, value: { kind: 'kept', where: 'session' } })
  const told = await page.evaluate(() => window.siteswap.call('import.list', { address: null }))
  expect(JSON.stringify(told)).toContain('client_shop')
  expect(JSON.stringify(told)).not.toContain(secret)
  expect(await page.content()).not.toContain(secret)
})
