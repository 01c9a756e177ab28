import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Lab, upLab } from '../lab/lab'
import { flavourNames } from '../lab/software'

/**
 * Brings up a lab of one flavour and runs Playwright on its operator's host: the window's debug port exists only inside
 * that network namespace, so the whole test process has to live there.
 */
const root = resolve(__dirname, '../..')
const [name = 'm1011', ...rest] = process.argv.slice(2)
const flavour = flavourNames.find((known) => known === name)
if (!flavour) throw new Error(`There is no flavour ${name}.`)

const playwright = (lab: Lab): Promise<number> =>
  new Promise((done, reject) => {
    // The keyring's bus listens on an address of the network namespace, so it starts inside too.
    const argv = [
      join(root, 'scripts/with-keyring.sh'),
      process.execPath,
      join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--config',
      join(root, 'test/journey/playwright.config.ts'),
      ...rest
    ]
    const [program = '', ...args] = [...lab.execPrefix, ...argv]
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, SITESWAP_LAB_DIR: lab.dir }
    })
    child.once('error', reject)
    child.once('exit', (code) => done(code ?? 1))
  })

const main = async (): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-journey-'))
  const scale = Number(process.env.SITESWAP_LAB_SCALE ?? 1)
  const lab = await upLab({ flavour, latencyMs: 20, dir: join(dir, 'lab'), scale })
  const end = async (): Promise<void> => {
    await lab.down()
    rmSync(dir, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(130)))
  try {
    process.exitCode = await playwright(lab)
  } finally {
    await end()
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
