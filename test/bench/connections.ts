/** npm run bench:connections: first row, tunnel throughput and many sessions, each beside OpenSSH's `ssh -L` in the same run. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { upLab } from '../lab/lab'
import { onHost } from '../lab/network'

const inside = join(__dirname, 'connections-inside.ts')

/** Runs one measurement on a host of the lab; its table goes to our output. */
const measureOn = (argv: string[]): Promise<void> =>
  new Promise((done, reject) => {
    const [program = '', ...args] = argv
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? done() : reject(new Error(`the measurement ended with ${code}`))))
  })

const main = async (): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-bench-'))
  const lab = await upLab({ flavour: 'm1011', latencyMs: 20, dir: join(dir, 'lab'), scale: 0.05 })
  try {
    const program = [process.execPath, '--import', 'tsx', inside, lab.dir]
    // Beside the old site's hosts there is no line between: what remains is the work of the two programs.
    await measureOn(onHost(lab.state, 'old-web1', [...program, '0']))
    await measureOn([...lab.execPrefix, ...program, '20'])
  } finally {
    await lab.down()
    rmSync(dir, { recursive: true, force: true })
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
