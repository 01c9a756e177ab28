import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { FailureError } from '../../shared/failure'
import { noProgramFailure } from './system-ssh-failure'

const keptOfStderr = 64 * 1024

/** One running ssh. It belongs to no terminal and to no desktop, so that it can ask nobody. */
export interface SshProcess {
  child: ChildProcessWithoutNullStreams
  /** What it said so far, or since a moment. */
  said(since?: number): string
  /** This moment, for `said`. */
  mark(): number
  /** Rejects when the program cannot be started; resolves with its exit code, null when it was killed. */
  ended: Promise<number | null>
  stop(): void
}

/** A proxy command that ssh started ends with it. */
const endGroup = (child: ChildProcessWithoutNullStreams, signal: 'SIGTERM' | 'SIGKILL'): void => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

/** Starts the system's ssh with a vector of arguments; no shell sees any of them. */
export const spawnSsh = (program: string, argv: readonly string[], agentSocket: string | undefined): SshProcess => {
  const { SSH_ASKPASS, DISPLAY, WAYLAND_DISPLAY, SSH_AUTH_SOCK, ...rest } = process.env
  const child = spawn(program, argv, {
    stdio: 'pipe',
    // A session of its own has no terminal to ask on.
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: { ...rest, SSH_ASKPASS_REQUIRE: 'never', ...(agentSocket ? { SSH_AUTH_SOCK: agentSocket } : {}) }
  })
  let said = ''
  let dropped = 0
  child.stderr.on('data', (chunk: Buffer) => {
    const all = said + chunk.toString('utf8')
    said = all.slice(-keptOfStderr)
    dropped += all.length - said.length
  })
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve, reject: (failure: FailureError) => void) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(noProgramFailure(program, error.code)))
    child.once('close', (code) => resolve(code))
  })
  // Whoever asks hears it; an unheard rejection would end the app.
  ended.catch(() => undefined)
  return {
    child,
    said: (since = 0) => said.slice(Math.max(0, since - dropped)),
    mark: () => dropped + said.length,
    ended,
    stop: () => {
      endGroup(child, 'SIGTERM')
      setTimeout(() => endGroup(child, 'SIGKILL'), 1_000).unref()
    }
  }
}
