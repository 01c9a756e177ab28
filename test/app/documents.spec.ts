import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type App, launchApp } from './launch'

let app: App
let path = ''
test.beforeAll(async () => {
  app = await launchApp()
  const { page } = app
  await page.getByRole('button', { name: 'New move' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New move' })
  await dialog.getByLabel('Name').fill('Shop')
  await dialog.getByLabel('Old site').fill('Porto')
  await dialog.getByLabel('New site').fill('Lisbon')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Porto' })).toBeVisible()
  const [id = ''] = readdirSync(join(app.data, 'moves'))
  path = join(app.data, 'moves', id, 'move.json')
})
test.afterAll(() => app.close())

const onDisk = () => JSON.parse(readFileSync(path, 'utf8'))
const rename = async (from: string, to: string) => {
  await app.page.getByRole('button', { name: `Rename ${from}` }).click()
  await app.page.getByLabel('Name of the old site').fill(to)
  await app.page.keyboard.press('Enter')
  await expect(app.page.getByRole('heading', { name: to })).toBeVisible()
}

/** The file can be written a moment before the window knows that there is something to take back. */
const pressUntil = (keys: string, name: string) =>
  expect(async () => {
    await app.page.keyboard.press(keys)
    await expect(app.page.getByRole('heading', { name })).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 10_000 })

test('an edit is taken back and done again by the keys, on disk too', async () => {
  const { page } = app
  await rename('Porto', 'Braga')
  await expect.poll(() => onDisk().old.name).toBe('Braga')
  await pressUntil('Control+z', 'Porto')
  await expect.poll(() => onDisk().old.name).toBe('Porto')
  await pressUntil('Control+Shift+z', 'Braga')
  await expect.poll(() => onDisk().old.name).toBe('Braga')
  await page.getByTitle('Shop: undo, earlier versions, all moves').click()
  await page.getByRole('menuitem', { name: /^Undo: old site/ }).click()
  await expect.poll(() => onDisk().old.name).toBe('Porto')
})

test('what an editor writes is taken and said, and can be undone', async () => {
  const { page } = app
  writeFileSync(path, readFileSync(path, 'utf8').replace('"Porto"', '"Faro"'))
  await expect(page.getByRole('heading', { name: 'Faro' })).toBeVisible()
  const note = page.getByText('The move’s file was changed by another program, and taken over.')
  await expect(note).toBeVisible()
  await page.getByRole('button', { name: 'What changed' }).click()
  await expect(page.getByRole('dialog', { name: 'Changed in the file' })).toContainText('old site · name: Porto → Faro')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => onDisk().old.name).toBe('Porto')
  await expect(note).toHaveCount(0)
})

test('a new command in the file is asked about first', async () => {
  const { page } = app
  const server = {
    ...{ id: 'web1', name: 'web1', kind: 'web', addresses: [], note: '' },
    ssh: [{ host: 'web1.example.com', port: 22, user: 'deploy', auth: { kind: 'agent' } }],
    redirect: {
      kind: 'file',
      path: '/srv/db.ini',
      edits: [{ find: 'a', replace: 'b' }],
      reload: 'systemctl reload php'
    }
  }
  const move = onDisk()
  writeFileSync(path, `${JSON.stringify({ ...move, old: { ...move.old, servers: [server] } }, null, 2)}\n`)
  await page.getByRole('button', { name: 'Compare and decide' }).click()
  const dialog = page.getByRole('dialog', { name: 'The file or what is here?' })
  await expect(dialog.getByText('web1: systemctl reload php')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Take the file' })).toBeDisabled()
  await dialog.getByText('I have read this and want it to be run').click()
  await dialog.getByRole('button', { name: 'Take the file' }).click()
  await expect(page.getByRole('button', { name: /web1/ }).first()).toBeVisible()
})

test('an earlier version comes back from the list', async () => {
  const { page } = app
  await page.getByTitle('Shop: undo, earlier versions, all moves').click()
  await page.getByRole('menuitem', { name: 'Earlier versions…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Earlier versions of Shop' })
  await expect(dialog.getByText('web1 added').first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Restore this version' }).click()
  await expect.poll(() => onDisk().old.servers).toEqual([])
})
