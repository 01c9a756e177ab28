import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

const root = resolve(__dirname, '../..')

export interface App {
  electron: ElectronApplication
  page: Page
  data: string
  close(): Promise<void>
}

/** Starts the built app with a data folder of its own; as root Chromium runs without its sandbox, which only tests may ask for. */
export const launchApp = async (
  options: { env?: Record<string, string>; data?: string; theme?: 'light' | 'dark' } = {}
): Promise<App> => {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'siteswap-app-')))
  const asRoot = process.getuid?.() === 0
  const electron = await _electron.launch({
    args: [...(asRoot ? ['--no-sandbox'] : []), root],
    env: {
      ...(process.env as Record<string, string>),
      SITESWAP_DATA: data,
      SITESWAP_SSH_CONFIG: 'none',
      ...options.env
    },
    timeout: 30_000
  })
  const page = await electron.firstWindow()
  await page.emulateMedia({ colorScheme: options.theme ?? 'dark' })
  return {
    electron,
    page,
    data,
    close: async () => {
      const gone = electron.waitForEvent('close', { timeout: 15_000 }).catch(() => electron.process().kill('SIGKILL'))
      await electron.evaluate(({ app }) => app.quit()).catch(() => {})
      await gone
      if (!options.data) await rm(data, { recursive: true, force: true })
    }
  }
}
