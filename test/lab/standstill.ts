import { Worker } from 'node:worker_threads'

/** A span in which this computer ran nothing of ours, epoch ms. */
export interface Standstill {
  from: number
  to: number
}

/** Knows when the computer itself stood still: a neighbour's load is no fault of what is measured. */
export interface StandstillWatch {
  /** Milliseconds of the span (epoch ms) that stood still. */
  within(from: number, to: number): Promise<number>
  stop(): Promise<void>
}

const tickMs = 10
/** Shorter ones are the ordinary turns of a processor that is shared. */
const shortestMs = 30

/** In a thread of its own, so that what is watched cannot hide behind its own work. */
const ticking = `
  const { parentPort } = require('node:worker_threads')
  let last = Date.now()
  const stood = []
  setInterval(() => {
    const now = Date.now()
    if (now - last > ${tickMs + shortestMs}) stood.push({ from: last + ${tickMs}, to: now })
    last = now
  }, ${tickMs})
  parentPort.on('message', () => parentPort.postMessage(stood))
`

/** How much of a span is covered by standstills, ms. Pure. */
export const stoodStillMs = (stood: readonly Standstill[], from: number, to: number): number =>
  stood.reduce((sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)), 0)

/** Begins to watch this computer. */
export const watchStandstill = (): StandstillWatch => {
  const worker = new Worker(ticking, { eval: true })
  worker.unref()
  return {
    within: async (from, to) => {
      const answer = new Promise<Standstill[]>((resolve) => worker.once('message', resolve))
      worker.postMessage('tell')
      return stoodStillMs(await answer, from, to)
    },
    stop: async () => {
      await worker.terminate()
    }
  }
}
