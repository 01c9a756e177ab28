import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

export interface CliAnswer {
  code: number | null
  stdout: string
  stderr: string
  ms: number
}

export interface CliPlan {
  /** Put before the command: the way onto the operator's host. */
  prefix?: string[]
  /** Added to a nearly empty environment; undefined takes a name away. */
  env?: Record<string, string | undefined>
  /** Called with what is said on standard error so far. */
  onStderr?: (text: string, interrupt: () => void) => void
  deadlineMs?: number
}

/** The built command line client. */
export const cliPath = (): string => {
  const path = process.env.SITESWAP_CLI ?? join(root, 'out/main/cli.js')
  if (!existsSync(path)) throw new Error(`${path} is not built: npm run build`)
  return path
}

/** Starts the built command and lets go of it: for tests that end it in their own way. */
export const startCli = (args: string[], { env }: Pick<CliPlan, 'env'> = {}): ChildProcess =>
  spawn(process.execPath, [cliPath(), ...args], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...env },
    stdio: 'ignore'
  })

/** Runs the built command as a person at a shell would, with nothing on standard input; fails past its deadline. */
export const runCli = (args: string[], plan: CliPlan = {}): Promise<CliAnswer> =>
  new Promise((done, reject) => {
    const began = performance.now()
    const [program = '', ...rest] = [...(plan.prefix ?? []), process.execPath, cliPath(), ...args]
    const deadlineMs = plan.deadlineMs ?? 60_000
    const { PATH } = process.env
    // `ip netns exec` becomes the command itself, so a signal to the child reaches it.
    const child = spawn(program, rest, {
      env: { PATH, LANG: 'C.UTF-8', ...plan.env },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let stdout = ''
    let stderr = ''
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`siteswap ${args.join(' ')} did not end within ${deadlineMs} ms:\n${stderr}`))
    }, deadlineMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      plan.onStderr?.(stderr, () => child.kill('SIGINT'))
    })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(late)
      done({ code, stdout, stderr, ms: performance.now() - began })
    })
  })
