import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { OwnDatabase } from '../servers/own/database'

/** How long the customers' statements took, in milliseconds. */
export interface Times {
  median: number
  mean: number
  p99: number
}

export interface Load {
  /** Those since the last call. */
  times(): Promise<Times>
  stop(): Promise<void>
}

/** A steady stream of customers' statements: `perSecond` reads and writes of single rows, whatever they take. */
export const steadyLoad = async (database: OwnDatabase, perSecond: number, rows: number): Promise<Load> => {
  const argv = ['--import', 'tsx', 'test/bench/drift-customers.ts', database.socket, perSecond, rows].map(String)
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    times: async () => {
      child.stdin.write('\n')
      const { value, done } = await lines.next()
      if (done) throw new Error('the customers ended')
      return JSON.parse(value)
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    }
  }
}
