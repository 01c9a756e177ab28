import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../lab/processes'

export interface OwnAgent {
  socket: string
  add(keyPath: string): void
  stop(): void
}

/** A real ssh-agent of this test alone. */
export const startOwnAgent = async (): Promise<OwnAgent> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-agent-'))
  const socket = join(dir, 'agent')
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  const environment = { ...process.env, SSH_AUTH_SOCK: socket }
  const listed = () => {
    try {
      execFileSync('ssh-add', ['-l'], { env: environment, stdio: 'ignore' })
      return true
    } catch (error) {
      // 1: it answers and holds no key
      return (error as { status?: number }).status === 1
    }
  }
  await until(listed, 60_000, 'ssh-agent does not answer')
  return {
    socket,
    add: (keyPath) => {
      execFileSync('ssh-add', ['-q', keyPath], { env: environment, stdio: 'ignore' })
    },
    stop: () => {
      child.kill()
      rmSync(dir, { recursive: true, force: true })
    }
  }
}
