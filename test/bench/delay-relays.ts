import { spawn } from 'node:child_process'
import type { DriftPair } from '../servers/own/drift-pair'

/** Ports in front of both servers that let every byte wait, each way. */
export const delayRelays = async (
  pair: DriftPair,
  delayMs: number
): Promise<{ ports: { old: number; new: number }; stop(): void }> => {
  const argv = ['--import', 'tsx', 'test/bench/delay-relay.ts', delayMs, pair.old.port, pair.new.port].map(String)
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] })
  const found = new Map<number, number>()
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the relay ended')))
    child.stdout.on('data', (text: Buffer) => {
      for (const line of String(text).trim().split('\n')) {
        const [port, local] = line.split(' ').map(Number)
        if (port && local) found.set(port, local)
      }
      if (found.size === 2) resolve()
    })
  })
  const ports = { old: found.get(pair.old.port) ?? 0, new: found.get(pair.new.port) ?? 0 }
  return { ports, stop: () => child.kill() }
}
