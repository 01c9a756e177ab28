import { spawn } from 'node:child_process'

export interface CommandPlan {
  deadlineMs?: number
  input?: string
  env?: Record<string, string>
  cwd?: string
}

/** Runs a program to its end and gives its standard output; fails with its error output, or at the deadline. */
export function runCommand(argv: string[], plan: CommandPlan = {}): Promise<string> {
  const [program, ...rest] = argv
  const deadlineMs = plan.deadlineMs ?? 15_000
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? '', rest, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...plan.env },
      cwd: plan.cwd,
      timeout: deadlineMs,
      killSignal: 'SIGKILL'
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.stdin.on('error', () => {}) // a program that does not read its input is judged by its exit code
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(out)
      const why = signal === 'SIGKILL' ? `was ended after ${deadlineMs} ms` : `ended with ${code ?? signal}`
      reject(new Error(`${argv.join(' ')} ${why}: ${(err || out).trim().slice(-2000)}`))
    })
    child.stdin.end(plan.input ?? '')
  })
}
