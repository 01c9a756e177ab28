import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { type OwnDatabase, startOwnDatabase } from '../servers/own/database'
import { type QuestioningSshd, startQuestioningSshd } from '../servers/own/questioning-sshd'
import { findingsBelow, formsOf, watchProcesses } from '../servers/own/secret-watch'
import { makeKey, type OwnSshd, startOwnSshd } from '../servers/own/sshd'
import { type App, launchApp } from './launch'

/** Unlike anything else that stands anywhere; the signs show what is escaped in addresses and in JSON. */
const planted = (name: string) => `Pl${name}+${randomBytes(12).toString('hex')}"/%`

const secrets = {
  'password in a pasted address': planted('address'),
  'password that was only tried': planted('tried'),
  'password put in its place': planted('replaced'),
  'passphrase of the key': planted('passphrase').replace(/"/g, ''),
  'password typed while signing in': planted('signin'),
  'TSIG secret': Buffer.from(planted('tsig')).toString('base64')
}
const words = new Map(Object.entries(secrets).flatMap(([name, value]) => formsOf(value).map((form) => [form, name])))
/** Made when the tests begin: this file is read more often than they run. */
let dir: string
const place = (name: string) => join(dir, name)
const { username } = userInfo()

let app: App
let closed = false
let sshd: OwnSshd
let asking: QuestioningSshd
let database: OwnDatabase
let printed = ''
let watched: { seen: string[]; looks: number }

/** Keeps everything that the main process sends to the window: answers of calls, and events. */
const recordTraffic = () =>
  app.electron.evaluate(({ BrowserWindow, ipcMain }) => {
    type Handler = (...args: unknown[]) => Promise<unknown>
    const kept: string[] = []
    Object.assign(globalThis, { siteswapTraffic: kept })
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const usual = handlers.get('call') as Handler
    handlers.set('call', async (...args) => {
      const answer = await usual(...args)
      kept.push(JSON.stringify(answer))
      return answer
    })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('there is no window')
    const send = contents.send.bind(contents)
    contents.send = (channel, ...args) => {
      kept.push(JSON.stringify([channel, ...args]))
      send(channel, ...args)
    }
  })

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'siteswap-planted-window-'))
  for (const name of ['home', 'home/.ssh', 'tmp', 'data', 'out']) mkdirSync(place(name))
  const key = makeKey(place('locked'), { passphrase: secrets['passphrase of the key'] })
  ;[sshd, asking, database] = await Promise.all([
    startOwnSshd(),
    startQuestioningSshd(makeKey(place('asking')), {
      rounds: [],
      password: secrets['password typed while signing in']
    }),
    startOwnDatabase('m1011')
  ])
  writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
  await database.asRoot(
    `CREATE USER app@'%' IDENTIFIED BY '${secrets['password in a pasted address']}'`,
    "GRANT ALL ON *.* TO app@'%' WITH GRANT OPTION"
  )
  const known = [`[127.0.0.1]:${sshd.port} ${sshd.hostKey('ed25519')}`, `[127.0.0.1]:${asking.port} ${asking.hostKey}`]
  writeFileSync(place('home/.ssh/known_hosts'), `${known.join('\n')}\n`)
  const sites = { old: { name: 'Porto' }, new: { name: 'Lisbon' } }
  const move = { format: 'siteswap.move', version: 2, id: 'planted', name: 'Planted', createdAt: 0, ...sites }
  writeFileSync(place('home/move.json'), JSON.stringify(move))
  const env = { HOME: place('home'), TMPDIR: place('tmp'), SITESWAP_OPEN: place('home/move.json'), SSH_AUTH_SOCK: '' }
  app = await launchApp({ data: place('data'), env })
  for (const stream of [app.electron.process().stdout, app.electron.process().stderr])
    stream?.on('data', (text) => {
      printed += text
    })
  await recordTraffic()
})
test.afterAll(async () => {
  if (!closed) await app?.close()
  await Promise.all([sshd?.stop(), asking?.stop(), database?.stop()])
  rmSync(dir, { recursive: true, force: true })
})

const panel = (name: string | RegExp): Locator => app.page.getByRole('complementary', { name })
const choose = (within: Locator, name: string) =>
  within
    .getByRole('radio', { name, exact: true })
    .or(within.getByRole('button', { name, exact: true }))
    .first()
    .click()

/** Ways secrets come in: pasted in an address, tried, kept, replaced, asked for by a server; into the keychain and for the session. */
const typeThemAll = async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Add server to Porto' }).click()
  const form = panel('Add server')
  await form.getByLabel('Name', { exact: true }).fill('porto-db')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Host: port').fill(String(sshd.port))
  await form.getByLabel('User', { exact: true }).fill(username)
  await choose(form, 'Key file')
  await form.getByLabel('Key file', { exact: true }).fill(place('locked'))
  await form.getByText('The key has a passphrase').click()
  await form.getByLabel('Passphrase', { exact: true }).fill(secrets['passphrase of the key'])
  await choose(form, 'This session only')
  await form.getByLabel('Database at: port').fill(String(database.port))
  await form.getByLabel('Account').fill('app')
  await form.getByLabel('Password', { exact: true }).fill(secrets['password that was only tried'])
  await form.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(form.getByText(/refuses? .*app|Access denied/i).first()).toBeVisible()
  const pasted = encodeURIComponent(secrets['password in a pasted address'])
  await form.getByLabel('Paste').fill(`mysql://app:${pasted}@127.0.0.1:${database.port}/shop`)
  await form.getByLabel('Paste').press('Enter')
  await choose(form, 'Through SSH')
  await form.getByRole('button', { name: 'Add and check' }).click()
  const saved = panel('porto-db')
  await expect(saved.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: /porto-db.*connected/s })).toBeVisible()

  await saved.getByLabel('Password', { exact: true }).fill(secrets['password put in its place'])
  await saved.getByRole('button', { name: 'Keep' }).click()
  await expect(saved.getByText('Checked before your last change.')).toBeVisible()
  await saved.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByRole('button', { name: /porto-db.*failed/s })).toBeVisible()

  await page.getByRole('button', { name: 'Add web server' }).first().click()
  await form.getByLabel('Name', { exact: true }).fill('porto-web')
  await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Host: port').fill(String(asking.port))
  await form.getByLabel('User', { exact: true }).fill('deploy')
  await choose(form, 'Auto')
  await form.getByRole('button', { name: 'Add and check' }).click()
  const question = page.getByRole('dialog', { name: /wants a password/ })
  await question.getByLabel('Password of deploy').fill(secrets['password typed while signing in'])
  await question.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('button', { name: /porto-web.*(failed|connected)/s })).toBeVisible()

  await page.getByRole('tab', { name: 'Domains' }).click()
  await page.getByRole('button', { name: 'Add domain' }).first().click()
  const domain = panel(/domain/i)
  await domain.getByLabel('Name', { exact: true }).fill('shop.example.com')
  await domain.getByLabel('Porto', { exact: true }).fill('192.0.2.1')
  await domain.getByLabel('Lisbon', { exact: true }).fill('192.0.2.2')
  await domain.getByText('RFC 2136', { exact: true }).click()
  await domain.getByLabel('Server', { exact: true }).fill('192.0.2.53')
  await domain.getByLabel('Zone', { exact: true }).fill('example.com')
  await domain.getByLabel('TSIG key', { exact: true }).fill('mover')
  await domain.getByLabel('TSIG secret', { exact: true }).fill(secrets['TSIG secret'])
  await domain.getByRole('button', { name: 'Add domain', exact: true }).click()
  await expect(page.getByText('shop.example.com').first()).toBeVisible()

  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, place('out/move.json'))
  await page.getByTitle(/undo, earlier versions/).click()
  await page.getByRole('menuitem', { name: 'Save a site…' }).click()
  const saving = page.getByRole('dialog', { name: 'Save a site for other moves' })
  await saving.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(saving).toBeHidden()
  await page.getByTitle(/undo, earlier versions/).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  await expect(page.getByText('Move exported, without secrets')).toBeVisible()
}

test('six secrets typed into the window are kept where they were told to, and are nowhere else', async () => {
  const stop = watchProcesses(words, 400)
  try {
    await typeThemAll()
    const { page } = app
    const states = await page.evaluate(async () => {
      const ask = async (ref: string) =>
        (await window.siteswap.call('secrets.state', { moveId: 'planted', ref })) as { value: { where?: string } }
      const refs = ['db/porto-db', 'ssh/porto-db/0/passphrase', 'dns/shop.example.com', 'ssh/porto-web/0/password']
      return Promise.all(refs.map(async (ref) => (await ask(ref)).value.where ?? null))
    })
    expect(states).toEqual(['keychain', 'session', 'keychain', null])
    // Nothing that is shown or remembered by the page holds one once it was handed over.
    const shown = await page.evaluate(() => [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })
    ])
    const held = shown.join('\n')
    expect([...words].filter(([word]) => held.includes(word)).map(([, name]) => name)).toEqual([])
    const traffic = await app.electron.evaluate(() =>
      (globalThis as unknown as { siteswapTraffic: string[] }).siteswapTraffic.join('\n')
    )
    for (const told of ['"kept"', '"doctor"', '"trial"', '"signin"', 'porto-web'])
      expect(traffic, `the recording holds ${told}`).toContain(told)
    expect([...words].filter(([word]) => traffic.includes(word)).map(([, name]) => name)).toEqual([])
  } finally {
    watched = stop()
  }
  expect(watched.looks).toBeGreaterThan(5)
  expect(watched.seen).toEqual([])
  await app.close()
  closed = true
  expect(readFileSync(place('out/move.json'), 'utf8')).toContain('porto-db')
  // The search finds what is there.
  writeFileSync(place('out/proof'), JSON.stringify({ path: encodeURIComponent(secrets['TSIG secret']) }))
  expect(findingsBelow(place('out'), words)).toEqual([`TSIG secret: ${place('out/proof')}`])
  rmSync(place('out/proof'))
  for (const name of ['data', 'out', 'home', 'tmp']) expect(findingsBelow(place(name), words)).toEqual([])
  expect([...words].filter(([word]) => printed.includes(word)).map(([, name]) => name)).toEqual([])
})
