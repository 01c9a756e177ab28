// npm start: sets up, builds and opens the app, on any system.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { passOn } from './quiet-chromium.mjs'
import { root, setupOrExit } from './setup.mjs'

await setupOrExit({ system: ['app'] })
const args = [root, ...process.argv.slice(2)]
if (process.platform === 'linux' && process.getuid() === 0) {
  console.log('start: as root, Chromium runs without its sandbox (--no-sandbox); as an ordinary user it has it')
  args.unshift('--no-sandbox')
}
const electron = createRequire(import.meta.url)('electron')
const app = spawn(electron, args, { cwd: root, stdio: ['inherit', 'inherit', 'pipe'] })
passOn(app.stderr, process.stderr)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.kill(signal))
app.once('error', (error) => {
  console.error(`start: Electron could not be started: ${error.message}`)
  process.exit(1)
})
app.once('close', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
