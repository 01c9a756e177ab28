import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type App, launchApp } from './launch'

let home: string
let app: App
let hangsUp: Server
let port = 0

test.beforeAll(async () => {
  hangsUp = createServer((socket) => socket.end('SSH-2.0-keyboard\r\n'))
  await new Promise<void>((ready) => hangsUp.listen(0, '127.0.0.1', ready))
  port = (hangsUp.address() as { port: number }).port
  home = await mkdtemp(join(tmpdir(), 'siteswap-keyboard-'))
  const move = { format: 'siteswap.move', version: 2, id: 'keyboard-move', name: 'Keyboard', createdAt: 0 }
  const sites = { old: { name: 'Old', servers: [] }, new: { name: 'New', servers: [] } }
  await writeFile(join(home, 'move.json'), JSON.stringify({ ...move, ...sites }))
  const env = { HOME: home, SITESWAP_OPEN: join(home, 'move.json'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
  app = await launchApp({ env })
})
test.afterAll(async () => {
  await app?.close()
  hangsUp?.close()
  await rm(home, { recursive: true, force: true })
})

const kept = async () => {
  const [id = ''] = await readdir(join(app.data, 'moves'))
  return JSON.parse(await readFile(join(app.data, 'moves', id, 'move.json'), 'utf8'))
}

interface Stop {
  name: string
  role: string
  /** Something on the screen says where the focus is. */
  visible: boolean
}

const focused = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    const labels = [...((at as HTMLInputElement).labels ?? [])].map((label) => label.textContent ?? '')
    const ringed = [at, at.parentElement].some((one) => one && getComputedStyle(one).outlineStyle !== 'none')
    const box = at.getBoundingClientRect()
    return {
      name: (at.getAttribute('aria-label') || labels.join(' ') || at.textContent || '').replace(/\s+/g, ' ').trim(),
      role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
      visible: ringed && box.width > 0 && box.height > 0
    }
  })

/** Presses Tab until a control of this name has the focus; every stop on the way has a name and can be seen. */
const tabTo = async (page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> => {
  const stops: string[] = []
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press(key)
    const stop = await focused(page)
    stops.push(stop.name)
    expect(stop, `stops so far: ${stops.join(' → ')}`).toMatchObject({
      visible: true,
      name: expect.stringMatching(/\S/)
    })
    if (name.test(stop.name)) return stops
  }
  throw new Error(`Tab never came to ${name}: ${stops.join(' → ')}`)
}

test('a server is added by the keyboard alone: opened, filled in, tested, mended and added', async () => {
  const { page } = app
  await expect(page.getByRole('heading', { name: 'Old' })).toBeVisible()
  await tabTo(page, /^Add server to Old$/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()

  // Esc goes back to the button that opened the form.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Add server to Old' })).toBeFocused()
  await page.keyboard.press('Enter')

  await page.keyboard.type('old-web1')
  await tabTo(page, /^Database$/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(page.getByRole('radio', { name: 'Web' })).toBeChecked()

  // Enter as in any form: what is missing is shown, and the first such field has the focus.
  await tabTo(page, /^Host$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Some fields need a look.')).toBeVisible()
  await expect(page.getByLabel('Host', { exact: true })).toBeFocused()
  await page.keyboard.type('127.0.0.1')
  await tabTo(page, /^Host: port$/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(String(port))
  await tabTo(page, /^User$/)
  await page.keyboard.type('nobody')

  const stops = await tabTo(page, /^Test$/)
  expect(stops.some((stop) => stop.startsWith('Add and check'))).toBe(true)
  await page.keyboard.press('Enter')
  const told = page.locator('.trial').getByRole('note')
  await expect(told).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Test', exact: true })).toBeFocused()
  expect((await kept()).old.servers).toEqual([])

  // Another user: the answer is of the form as it was.
  await tabTo(page, /^User$/, 'Shift+Tab')
  await page.keyboard.type('2')
  await expect(page.getByText('Tested before the last change:')).toBeVisible()

  await tabTo(page, /^Add and check/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'old-web1' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^old-web1/ })).toBeVisible()
})

test('a site is marked by the keyboard, and says so in words', async () => {
  const { page } = app
  await expect(page.getByRole('heading', { name: 'Old', exact: true })).toBeVisible()
  await tabTo(page, /^Mark Old$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'production' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Old is marked production. Change' })).toBeVisible()
  await expect(page.getByRole('banner').getByText('production')).toBeVisible()
})
