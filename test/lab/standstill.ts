import { Worker } from 'node:worker_threads'

/** A span in which this computer ran nothing of ours, epoch ms. */
export interface Standstill {
  from: number
  to: number
}

/** Up to a moment (epoch ms), for how long in all somebody waited for a processor, ms. */
export interface Pressure {
  at: number
  waitedMs: number
}

/** Knows what the computer withheld: a neighbour's load is no fault of what is measured. */
export interface StandstillWatch {
  /** Milliseconds of the span (epoch ms) that stood still, or in which more waited for a processor than a lab of its own makes wait. */
  within(from: number, to: number): Promise<number>
  stop(): Promise<void>
}

const tickMs = 10
const pressureEveryMs = 100
/** Shorter ones are the ordinary turns of a processor that is shared. */
const shortestMs = 30
/** With two processors a lab alone has somebody waiting for about half of a switch. */
const ordinaryShare = 0.5

/** In a thread of its own, so that what is watched cannot hide behind its own work. */
const ticking = `
  const { parentPort } = require('node:worker_threads')
  const { readFileSync } = require('node:fs')
  let last = Date.now()
  const stood = []
  const pressure = []
  const press = () => {
    try {
      const [, total] = /some .*total=(\\d+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))
      pressure.push({ at: Date.now(), waitedMs: Number(total) / 1000 })
    } catch {
      // A kernel without pressure figures: standstills only.
    }
  }
  setInterval(() => {
    const now = Date.now()
    if (now - last > ${tickMs + shortestMs}) stood.push({ from: last + ${tickMs}, to: now })
    last = now
  }, ${tickMs})
  setInterval(press, ${pressureEveryMs})
  parentPort.on('message', () => {
    press()
    parentPort.postMessage({ stood, pressure })
  })
`

/** How much of a span is covered by standstills, ms. Pure. */
export const stoodStillMs = (stood: readonly Standstill[], from: number, to: number): number =>
  stood.reduce((sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)), 0)

/** For how much of a span more than ordinary waited for a processor, ms. Pure. */
export const pressedMs = (pressure: readonly Pressure[], from: number, to: number): number => {
  const before = pressure.findLast(({ at }) => at <= from) ?? pressure[0]
  const after = pressure.find(({ at }) => at >= to) ?? pressure.at(-1)
  if (!before || !after || after.at <= before.at) return 0
  return Math.max(0, after.waitedMs - before.waitedMs - ordinaryShare * (after.at - before.at))
}

/** Begins to watch this computer. */
export const watchStandstill = (): StandstillWatch => {
  const worker = new Worker(ticking, { eval: true })
  worker.unref()
  return {
    within: async (from, to) => {
      const answer = new Promise<{ stood: Standstill[]; pressure: Pressure[] }>((resolve) =>
        worker.once('message', resolve)
      )
      worker.postMessage('tell')
      const { stood, pressure } = await answer
      return Math.round(Math.max(stoodStillMs(stood, from, to), pressedMs(pressure, from, to)))
    },
    stop: async () => {
      await worker.terminate()
    }
  }
}
