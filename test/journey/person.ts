import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Domain, Move } from '../../src/shared/move'

/** What a person types about one server. */
export interface TypedServer {
  name: string
  kind: 'Database' | 'Web' | 'Other'
  /** What is pasted: the ssh command line that works in a terminal. */
  ssh: string
  /** Key file of the jump host, which `-i` does not speak of. */
  jumpKey?: { host: string; path: string }
  addresses: string
  database?: { host: string; port: number; user: string; password: string }
  redirect?: { path: string; find: string; replace: string; reload: string }
}

const otherLooks = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1920, height: 1080, colorScheme: 'light' },
  { width: 1920, height: 1080, colorScheme: 'dark' },
  { width: 1024, height: 700, colorScheme: 'light' }
] as const

/** What the doctor calls its measurements: a busy computer makes a warning of them, which keeps nobody from going on. */
const aboutTheLine = /^(Clock|Round trip|Throughput)/

const pictures = join(__dirname, '../../test-results/journey-pictures')

/** A person at the window: clicks and keys only, found by what can be read on the screen. */
export class Person {
  constructor(
    readonly page: Page,
    private readonly label: string
  ) {}

  /** Keeps a picture of every moment that matters, to be looked at; SITESWAP_PICTURES=all keeps it in both themes and three sizes. */
  async picture(name: string): Promise<void> {
    const shoot = (suffix: string) =>
      this.page.screenshot({ path: join(pictures, this.label, `${name}${suffix}.png`), animations: 'disabled' })
    await shoot('')
    if (process.env.SITESWAP_PICTURES !== 'all') return
    for (const { width, height, colorScheme } of otherLooks) {
      await this.page.setViewportSize({ width, height })
      await this.page.emulateMedia({ colorScheme })
      await shoot(`-${width}-${colorScheme}`)
    }
    await this.page.setViewportSize({ width: 1280, height: 800 })
    await this.page.emulateMedia({ colorScheme: 'dark' })
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click()
  }

  async openStation(name: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Stations' })
      .locator('button.stn', { has: this.page.locator('.nm', { hasText: name }) })
      .click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  async createMove(name: string, oldSite: string, newSite: string): Promise<void> {
    await this.press('New move')
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel('Old site').fill(oldSite)
    await dialog.getByLabel('New site').fill(newSite)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(this.page.getByRole('heading', { level: 1, name: 'Sites' })).toBeVisible()
  }

  /** Compares the fingerprint shown with the one that is known from elsewhere, and only then trusts. */
  async trustHostKeys(known: ReadonlySet<string>, until: () => Promise<boolean>): Promise<number> {
    let trusted = 0
    const question = this.page.getByRole('dialog').filter({ hasText: 'First connection to' })
    await expect
      .poll(
        async () => {
          if (await question.isVisible()) {
            const shown = (await question.innerText()).replace(/\s+/g, '')
            expect([...known].some((fingerprint) => shown.includes(fingerprint.replace('SHA256:', '')))).toBe(true)
            await question
              .getByLabel(/^Its last 4 characters/)
              .fill(shown.match(/SHA256:[A-Za-z0-9+/]{39}([A-Za-z0-9+/]{4})/)?.[1] ?? '')
            await question.getByRole('button', { name: 'It matches, trust and connect' }).click()
            trusted += 1
          }
          return until()
        },
        { timeout: 120_000, intervals: [150] }
      )
      .toBe(true)
    return trusted
  }

  async addServer(site: string, server: TypedServer, known: ReadonlySet<string>): Promise<void> {
    await this.press(`Add server to ${site}`)
    const panel = this.page.getByRole('complementary', { name: 'Add server' })
    await panel.getByLabel('Name', { exact: true }).fill(server.name)
    await panel
      .getByRole('radio', { name: server.kind })
      .or(panel.getByRole('button', { name: server.kind, exact: true }))
      .first()
      .click()
    await panel.getByLabel('Paste').fill(server.ssh)
    await panel.getByLabel('Paste').press('Enter')
    if (server.jumpKey) {
      await panel.getByRole('button', { name: server.jumpKey.host, exact: true }).click()
      const jump = panel.getByRole('group', { name: 'Jump host 1' })
      await jump
        .getByRole('radio', { name: 'Key file' })
        .or(jump.getByRole('button', { name: 'Key file' }))
        .first()
        .click()
      await jump.getByLabel('Key file', { exact: true }).fill(server.jumpKey.path)
    }
    if (server.database) {
      await panel.getByLabel('Database at', { exact: true }).fill(server.database.host)
      await panel.getByLabel('Database at: port').fill(String(server.database.port))
      await panel.getByLabel('Account').fill(server.database.user)
      await panel.getByLabel('Password', { exact: true }).last().fill(server.database.password)
    }
    if (server.redirect) {
      await panel
        .getByRole('radio', { name: 'Config file' })
        .or(panel.getByRole('button', { name: 'Config file' }))
        .first()
        .click()
      await panel.getByLabel('File', { exact: true }).fill(server.redirect.path)
      await panel.getByLabel(/^Text 1 while/).fill(server.redirect.find)
      await panel.getByLabel(/^Text 1 once/).fill(server.redirect.replace)
      await panel.getByLabel('Reload').fill(server.redirect.reload)
    }
    await panel.getByLabel('Addresses').fill(server.addresses)
    await this.picture(`sites-adding-${server.name}`)
    await panel.getByRole('button', { name: 'Add and check' }).click()
    // The doctor is called again only once it has ended; before that its button says "Checking".
    const done = this.page.getByRole('button', { name: 'Run again' })
    await this.trustHostKeys(known, () => done.isVisible()).catch(async (error: unknown) => {
      await this.picture(`sites-failed-${server.name}`)
      throw error
    })
    const troubles = this.page.locator('.doctor-part', { has: this.page.locator('.doctor-place') })
    const atLayers = troubles.filter({ hasNot: this.page.locator('.doctor-place', { hasText: aboutTheLine }) })
    expect(await atLayers.allInnerTexts()).toEqual([])
    await this.picture(`sites-added-${server.name}`)
    await this.page.keyboard.press('Escape')
  }

  /** Fills the field with this label inside a region. */
  async fill(label: string, value: string, region: Locator | Page = this.page): Promise<void> {
    await region.getByLabel(label, { exact: true }).first().fill(value)
  }

  async describeBridge(bridge: NonNullable<Move['bridge']>, oldSite: string, newSite: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Bridge' }).click()
    await this.press('Describe the bridge')
    await this.fill('SSH host', bridge.sshHost)
    await this.fill('SSH host: port', String(bridge.sshPort))
    await this.fill('User', bridge.user)
    await this.fill(`On ${oldSite}`, bridge.newAt.host)
    await this.fill(`On ${oldSite}: port`, String(bridge.newAt.port))
    await this.fill(`On ${newSite}`, bridge.oldAt.host)
    await this.fill(`On ${newSite}: port`, String(bridge.oldAt.port))
    await this.picture('sites-bridge')
  }

  async describeDomain(domain: Domain, secret: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Domains' }).click()
    await this.press('Add domain')
    const panel = this.page.getByRole('complementary', { name: /domain/i })
    await this.fill('Name', domain.name, panel)
    await this.fill('London', domain.oldValues.join(', '), panel)
    await this.fill('Brno', domain.newValues.join(', '), panel)
    await this.fill('TTL', String(domain.ttlSeconds), panel)
    await this.fill('Authoritative', domain.authoritative.map((one) => `${one.host}:${one.port}`).join(', '), panel)
    await this.fill('Resolvers', domain.resolvers.map((one) => `${one.name} ${one.host}:${one.port}`).join('\n'), panel)
    if (domain.update.kind === 'rfc2136') {
      await panel.getByText('RFC 2136', { exact: true }).click()
      await this.fill('Server', domain.update.server, panel)
      await this.fill('Server: port', String(domain.update.port), panel)
      await this.fill('Zone', domain.update.zone, panel)
      await this.fill('TSIG key', domain.update.keyName ?? '', panel)
      await this.fill('TSIG secret', secret, panel)
    }
    await this.picture('sites-domain')
    await panel.getByRole('button', { name: 'Add domain', exact: true }).click()
    await expect(this.page.getByText(domain.name).first()).toBeVisible()
  }

  /** Presses the button of the runbook shown as soon as nothing speaks against it. */
  async start(action: string | RegExp, picture: string): Promise<void> {
    const start = this.page.getByRole('main').getByRole('button', { name: action }).last()
    await expect(start).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 })
    await this.picture(`${picture}-preview`)
    await start.click()
  }

  /** Runs a set-up runbook until the mark on its tab says that it is done. */
  async runShown(action: string, picture: string, tab: string): Promise<void> {
    await this.start(action, picture)
    const mark = this.page.getByRole('tab', { name: tab }).getByRole('img', { name: 'ok' })
    await expect(mark).toBeVisible({ timeout: 180_000 })
    await this.picture(`${picture}-done`)
  }
}
