import { Worker } from 'node:worker_threads'

/** A span in which this computer ran nothing of ours, epoch ms. */
export interface Standstill {
  from: number
  to: number
}

/** How many threads ran or waited for a processor at a moment (epoch ms). */
export interface Crowd {
  at: number
  running: number
}

/** Knows what the computer withheld: a neighbour's load is no fault of what is measured. */
export interface StandstillWatch {
  /** Milliseconds of the span (epoch ms) that stood still, or that a crowd before the processors took beyond what a lab of its own makes wait. */
  within(from: number, to: number): Promise<number>
  stop(): Promise<void>
}

const tickMs = 10
const countEveryMs = 20
/** Shorter ones are the ordinary turns of a processor that is shared. */
const shortestMs = 30
/** So many threads are at work around a switch on an otherwise idle computer of two processors (5.6 to 10.1 seen). */
const ordinaryCrowd = 10

/** In a thread of its own, so that what is watched cannot hide behind its own work. */
const ticking = `
  const { parentPort } = require('node:worker_threads')
  const { readFileSync } = require('node:fs')
  let last = Date.now()
  const stood = []
  const crowds = []
  const count = () => {
    try {
      crowds.push({ at: Date.now(), running: Number(/ (\\d+)\\//.exec(readFileSync('/proc/loadavg', 'utf8'))[1]) })
    } catch {
      // Not told here: standstills only.
    }
  }
  setInterval(() => {
    const now = Date.now()
    if (now - last > ${tickMs + shortestMs}) stood.push({ from: last + ${tickMs}, to: now })
    last = now
  }, ${tickMs})
  setInterval(count, ${countEveryMs})
  parentPort.on('message', () => parentPort.postMessage({ stood, crowds }))
`

/** How much of a span is covered by standstills, ms. Pure. */
export const stoodStillMs = (stood: readonly Standstill[], from: number, to: number): number =>
  stood.reduce((sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)), 0)

/** What a crowd took of a span, ms: with twice the ordinary one everything takes twice as long. Pure. */
export const crowdedMs = (crowds: readonly Crowd[], from: number, to: number): number => {
  const within = crowds.filter(({ at }) => at >= from && at <= to)
  const mean = within.reduce((sum, { running }) => sum + running, 0) / within.length
  return mean > ordinaryCrowd ? (to - from) * (1 - ordinaryCrowd / mean) : 0
}

/** Begins to watch this computer. */
export const watchStandstill = (): StandstillWatch => {
  const worker = new Worker(ticking, { eval: true })
  worker.unref()
  return {
    within: async (from, to) => {
      const answer = new Promise<{ stood: Standstill[]; crowds: Crowd[] }>((resolve) => worker.once('message', resolve))
      worker.postMessage('tell')
      const { stood, crowds } = await answer
      return Math.round(Math.max(stoodStillMs(stood, from, to), crowdedMs(crowds, from, to)))
    },
    stop: async () => {
      await worker.terminate()
    }
  }
}
