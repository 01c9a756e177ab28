import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FleetOrder, FleetTotals } from './fleet-process'
import type { FleetServer } from './world'

/** A fleet that runs beside this process; `moveFile` is a move of its servers. */
export interface ForkedFleet {
  moveFile: string
  change(name: string, what: Partial<FleetServer>): Promise<void>
  forget(): Promise<void>
  totals(): Promise<FleetTotals>
  stop(): Promise<void>
}

const startDeadlineMs = 60_000

/** Starts so many servers whose answers come after `roundTripMs`, and writes their move. */
export const forkFleet = async (servers: number, roundTripMs: number, moveFile: string): Promise<ForkedFleet> => {
  const child = fork(join(__dirname, 'fleet-process.ts'), [String(servers), String(roundTripMs), moveFile], {
    execArgv: ['--import', 'tsx']
  })
  await once(child, 'message', { signal: AbortSignal.timeout(startDeadlineMs) })
  let turn: Promise<unknown> = Promise.resolve()
  const order = (wanted: FleetOrder): Promise<FleetTotals> => {
    const answer = turn.then(async () => {
      const come = once(child, 'message', { signal: AbortSignal.timeout(startDeadlineMs) })
      child.send(wanted)
      const [totals] = (await come) as [FleetTotals]
      return totals
    })
    turn = answer.catch(() => undefined)
    return answer
  }
  return {
    moveFile,
    change: async (name, what) => {
      await order({ kind: 'change', name, what })
    },
    forget: async () => {
      await order({ kind: 'forget' })
    },
    totals: () => order({ kind: 'counts' }),
    stop: async () => {
      const gone = once(child, 'exit')
      await order({ kind: 'stop' })
      await gone
    }
  }
}
