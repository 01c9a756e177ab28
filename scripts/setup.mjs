// Everything that a fresh clone needs, in order: npm packages, Electron, system packages, the build. Node's own modules only: this runs before npm.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { timed } from './say.mjs'
import { setupSystemPackages } from './system-packages.mjs'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => path.join(root, ...parts)
const BUILT = ['out/main/index.js', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html']

function runQuietly(command, args, deadlineMs) {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: deadlineMs,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32'
  })
  if (done.status === 0) return
  const text = `${done.stdout ?? ''}\n${done.stderr ?? ''}\n${done.error?.message ?? ''}`.trim()
  const lines = text.split('\n')
  // The cause stands at the beginning (npm) or at the end (everything else).
  const shown = lines.length <= 40 ? lines : [...lines.slice(0, 15), '…', ...lines.slice(-20)]
  throw new Error(`${command} ${args.join(' ')} failed:\n${shown.join('\n')}`)
}

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(at(file), 'utf8'))
  } catch {
    return null
  }
}

/** Whether node_modules holds what the lock file names; npm's own record is compared, not dates, which git does not keep. */
function packagesAreCurrent() {
  const lock = readJson('package-lock.json')
  const here = readJson('node_modules/.package-lock.json')
  if (!lock || !here) return false
  return Object.entries(lock.packages).every(([where, entry]) => {
    if (where === '' || entry.optional || entry.devOptional) return true
    return here.packages[where]?.version === entry.version
  })
}

async function setupPackages() {
  if (packagesAreCurrent()) return
  // Install scripts stay off: every native part ships prebuilt, and Electron is the next step.
  const args = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  await timed('npm packages (npm ci)', () => runQuietly('npm', args, 10 * 60_000))
}

async function setupRuntime() {
  const { installedElectron, setupElectron } = await import('./setup-electron.mjs')
  if (installedElectron()) return
  await timed('Electron runtime', setupElectron)
}

/** The latest change of a file or folder; a folder's own date tells of removed files. */
function newest(where) {
  const stat = fs.statSync(where, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return fs.readdirSync(where).reduce((latest, name) => Math.max(latest, newest(path.join(where, name))), stat.mtimeMs)
}

function buildIsCurrent() {
  const stamp = fs.statSync(at('out/.built'), { throwIfNoEntry: false })
  if (!stamp || !BUILT.every((file) => fs.existsSync(at(file)))) return false
  const inputs = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json']
  return inputs.every((name) => newest(at(name)) <= stamp.mtimeMs)
}

async function setupBuild() {
  if (buildIsCurrent()) return
  await timed('building the app', () => {
    const started = new Date()
    runQuietly(process.execPath, [at('node_modules/electron-vite/bin/electron-vite.js'), 'build'], 5 * 60_000)
    fs.writeFileSync(at('out/.built'), '')
    // Dated by the start: a file saved during the build makes the next one build again.
    fs.utimesSync(at('out/.built'), started, started)
  })
}

/**
 * Sets up what is missing and says so in a line each; under a second when nothing is. `system` names the kinds of Debian package
 * wanted (`app`, `lab`, `test`), none elsewhere than on Linux. Throws an error whose message is meant for the terminal.
 */
export async function setup({ system = ['app', 'lab', 'test'], runtime = true, build = true } = {}) {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) throw new Error(`Node ${process.versions.node} is too old, Siteswap needs 20 or newer`)
  await setupPackages()
  if (runtime) await setupRuntime()
  await setupSystemPackages(system)
  if (build) await setupBuild()
}

/** As `setup`, but ends the process with the message when it is not possible. */
export async function setupOrExit(options) {
  try {
    await setup(options)
  } catch (error) {
    console.error(`setup: ${error.message}`)
    process.exit(1)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now()
  await setupOrExit({ build: !process.argv.includes('--no-build') })
  console.log(`setup: ready, ${Date.now() - started} ms`)
}
