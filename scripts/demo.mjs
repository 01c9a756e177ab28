// npm run demo: sets up, starts the demo lab, lets customers order, and opens the app on the lab's move.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { passOn } from './quiet-chromium.mjs'
import { root, setupOrExit } from './setup.mjs'

if (process.platform !== 'linux') {
  console.error(
    `demo: the demo lab needs Linux (network namespaces, real sshd and database servers); this is ${process.platform}.`
  )
  console.error(
    '  try: run it on Debian 12, for example in a virtual machine. The app itself starts here with `npm start`.'
  )
  process.exit(1)
}
await setupOrExit({ system: ['app', 'lab'] })
const args = ['--import', 'tsx', join(root, 'test/lab/demo.ts'), ...process.argv.slice(2)]
const child = spawn(process.execPath, args, { stdio: ['inherit', 'inherit', 'pipe'], cwd: root })
passOn(child.stderr, process.stderr)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('close', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
