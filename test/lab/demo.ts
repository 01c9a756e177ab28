import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { secretEnvName } from '../../src/shared/secret'
import { type Lab, upLab } from './lab'
import { flavourNames } from './software'

const root = resolve(import.meta.dirname, '../..')
const say = (line: string): void => console.error(`demo: ${line}`)

const { values } = parseArgs({
  options: {
    flavour: { type: 'string', default: 'm1011' },
    latency: { type: 'string', default: '20' },
    rate: { type: 'string', default: '20' },
    report: { type: 'string', default: 'siteswap-demo-report.html' },
    headless: { type: 'boolean', default: false }
  }
})

/** Environment of the app on the operator's host: a data folder of its own, the lab's secrets, its known hosts. */
const environment = (lab: Lab, data: string): NodeJS.ProcessEnv => {
  const secrets = JSON.parse(readFileSync(lab.state.secretsPath, 'utf8')) as Record<string, string>
  const named = Object.fromEntries(Object.entries(secrets).map(([ref, value]) => [secretEnvName(ref), value]))
  return {
    ...process.env,
    ...named,
    SITESWAP_DATA: data,
    SITESWAP_KNOWN_HOSTS: lab.state.ssh.knownHosts,
    SITESWAP_OPEN: lab.movePath
  }
}

/** What runs on the operator's host just now. */
let running: ChildProcess | null = null

/** Runs a program on the operator's host with the terminal of this one; answers its exit code. */
const run = (lab: Lab, argv: string[], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((done, reject) => {
    const [program = '', ...args] = [...lab.execPrefix, ...argv]
    const child = spawn(program, args, { env, stdio: 'inherit', cwd: root })
    running = child
    child.once('error', reject)
    child.once('exit', (code) => {
      running = null
      done(code ?? 1)
    })
  })

/** Ends what runs: the app closes its sessions first. */
const endRunning = async (): Promise<void> => {
  const child = running
  if (!child) return
  const gone = once(child, 'exit')
  const kill = setTimeout(() => child.kill('SIGKILL'), 15_000)
  child.kill()
  await gone
  clearTimeout(kill)
}

const openApp = async (lab: Lab, env: NodeJS.ProcessEnv): Promise<void> => {
  const electron = createRequire(import.meta.url)('electron') as unknown as string
  const asRoot = process.getuid?.() === 0
  say('opening the app on the lab’s move; close its window to end the demo')
  await run(lab, [electron, ...(asRoot ? ['--no-sandbox'] : []), root], env)
}

/** The complete move without a window: every station by the headless command, the report at the end. */
const moveHeadless = async (lab: Lab, env: NodeJS.ProcessEnv): Promise<void> => {
  const siteswap = async (allowed: number[], ...args: string[]): Promise<void> => {
    const [verb = '', ...rest] = args
    say(`siteswap ${args.join(' ')}`)
    const code = await run(lab, [process.execPath, join(root, 'out/main/cli.js'), verb, lab.movePath, ...rest], env)
    if (!allowed.includes(code)) throw new Error(`siteswap ${args.join(' ')} ended with code ${code}`)
  }
  await siteswap([0], 'doctor')
  await siteswap([0, 1], 'preflight')
  await siteswap([0], 'replicate', 'all', '--yes')
  await siteswap([0], 'topology')
  await siteswap([0], 'preflight')
  await siteswap([0], 'drift')
  await lab.prober.start()
  await siteswap([0], 'cutover', 'rehearse')
  await siteswap([0], 'cutover', 'run', '--confirm', 'go Brno')
  await lab.customers.stop()
  await lab.prober.stop()
  await siteswap([0], 'report', '--out', resolve(values.report))
  const verdict = await lab.judge({ on: ['old', 'new'] })
  const { ledger } = verdict
  say(
    `the judge, who never asks the app: ${ledger.attempted} orders, ${ledger.acknowledged} acknowledged, ${verdict.faults.length ? verdict.faults.join('; ') : 'each exactly once on both servers, never two writable servers'}`
  )
  say(`longest time without an order as the customers saw it: ${Math.round(ledger.longestGap?.ms ?? 0)} ms`)
  say(`report: ${resolve(values.report)}`)
  if (verdict.faults.length) process.exitCode = 1
}

const main = async (): Promise<void> => {
  const flavour = flavourNames.find((name) => name === values.flavour)
  if (!flavour) throw new Error(`There is no flavour ${values.flavour}; choose one of ${flavourNames.join(', ')}.`)
  const headless = values.headless || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-demo-'))
  const data = join(dir, 'data')
  mkdirSync(data, { mode: 0o700 })
  say(`starting two sites (${flavour}, ${values.latency} ms one way) in ${dir}`)
  const lab = await upLab({ flavour, latencyMs: Number(values.latency), dir: join(dir, 'lab') })
  let ended: Promise<void> | null = null
  const end = (): Promise<void> => {
    ended ??= (async () => {
      say('taking the lab down')
      await lab.down()
      rmSync(dir, { recursive: true, force: true })
    })()
    return ended
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(
      signal,
      () =>
        void endRunning()
          .then(end)
          .finally(() => process.exit(130))
    )
  try {
    await lab.customers.start(Number(values.rate))
    say(`customers order ${values.rate} times a second`)
    const env = environment(lab, data)
    if (headless) {
      say('no display here: the complete move runs headless and leaves its report')
      await moveHeadless(lab, {
        ...env,
        SITESWAP_SECRET_MADE_REPLICATION: 'demo-replication-1',
        SITESWAP_SECRET_MADE_CANARY: 'demo-canary-1'
      })
    } else await openApp(lab, env)
  } finally {
    await end()
  }
}

main().catch((error: Error) => {
  console.error(`demo: ${error.message}`)
  process.exitCode = 1
})
