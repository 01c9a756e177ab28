import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

if (process.platform !== 'linux') {
  console.error(
    `lab: the lab needs Linux (network namespaces, real sshd and database servers); this is ${process.platform}.`
  )
  console.error(
    '  try: run it on Debian 12, for example in a virtual machine. The app itself starts here with `npm start`.'
  )
  process.exit(1)
}
if (!existsSync(join(root, 'node_modules/tsx'))) {
  console.error('lab: the npm packages are not installed.\n  try: npm install')
  process.exit(1)
}

const args = ['--import', 'tsx', join(root, 'test/lab/cli.ts'), ...process.argv.slice(2)]
const child = spawn(process.execPath, args, { stdio: 'inherit', cwd: root })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('close', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
