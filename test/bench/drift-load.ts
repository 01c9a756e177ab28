import type { OwnDatabase } from '../servers/own/database'

/** How long the customers' statements took, in milliseconds. */
export interface Times {
  median: number
  mean: number
}

export interface Load {
  /** Those since the last call. */
  times(): Times
  stop(): Promise<void>
}

/** A steady stream of customers' statements: `perSecond` reads and writes of single rows, whatever they take. */
export const steadyLoad = async (database: OwnDatabase, perSecond: number, rows: number): Promise<Load> => {
  const sessions = await Promise.all(Array.from({ length: 4 }, () => database.root()))
  let times: number[] = []
  let stopped = false
  const customer = async (session: (typeof sessions)[number], seed: number): Promise<void> => {
    const everyMs = (1000 / perSecond) * sessions.length
    let n = seed
    for (let due = performance.now(); !stopped; due += everyMs) {
      n = (n * 48271) % 2147483647
      const id = 1 + (n % rows)
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
  const all = sessions.map((session, index) => customer(session, index + 17))
  return {
    times: () => {
      const sorted = times.sort((a, b) => a - b)
      times = []
      return {
        median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
        mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length
      }
    },
    stop: async () => {
      stopped = true
      await Promise.all(all)
      await Promise.all(sessions.map((session) => session.end()))
    }
  }
}
