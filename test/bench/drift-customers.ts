/**
 * node --import tsx test/bench/drift-customers.ts SOCKET PER_SECOND ROWS: customers in a process of their own, so that
 * their times hold nothing of the engine's. For each line that comes, a line with the times since the last.
 */

import { rootSession } from '../lab/database'
import type { Times } from './drift-load'

const [socket = '', perSecond = 0, rows = 0] = process.argv.slice(2).map((word, at) => (at === 0 ? word : Number(word)))
const customers = 4
const everyMs = (1000 / Number(perSecond)) * customers
let times: number[] = []

const customer = async (seed: number): Promise<void> => {
  const session = await rootSession(String(socket))
  let n = seed
  for (let due = performance.now(); ; due += everyMs) {
    n = (n * 48271) % 2147483647
    const id = 1 + (n % Number(rows))
    const began = performance.now()
    await session.query(
      n % 4 === 0
        ? `UPDATE bench.served SET hits = hits + 1 WHERE id = ${1 + (n % 1000)}`
        : `SELECT * FROM bench.narrow WHERE id = ${id}`
    )
    times.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due + everyMs - performance.now())))
  }
}

const since = (): Times => {
  const sorted = times.sort((a, b) => a - b)
  times = []
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
  }
}

for (let index = 0; index < customers; index += 1) void customer(index + 17)
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(since())}\n`))
process.stdin.on('end', () => process.exit(0))
