/** A fleet in a process of its own, so that it does not slow what is measured: `node --import tsx fleet-process.ts SERVERS RTT MOVE`. */
import { writeFileSync } from 'node:fs'
import { fleetOf } from './fleets'
import { startFleet } from './start-fleet'
import type { FleetServer } from './world'

export type FleetOrder =
  | { kind: 'change'; name: string; what: Partial<FleetServer> }
  | { kind: 'forget' }
  | { kind: 'counts' }
  | { kind: 'stop' }

/** What came over all lines together. */
export interface FleetTotals {
  roundTripsMost: number
  roundTrips: number
  statements: number
  connections: number
  unknown: string[]
  /** When the last server answered its first survey. */
  surveyedAt: number
}

const main = async (): Promise<void> => {
  const [servers = '50', rtt = '0', moveFile = ''] = process.argv.slice(2)
  const fleet = await startFleet(fleetOf(Number(servers)), { roundTripMs: Number(rtt) })
  writeFileSync(moveFile, `${JSON.stringify(fleet.move(), null, 1)}\n`)
  const totals = (): FleetTotals => {
    const all = [...fleet.counts().values()]
    const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0)
    return {
      roundTripsMost: Math.max(...all.map((one) => one.roundTrips)),
      roundTrips: sum((one) => one.roundTrips),
      statements: sum((one) => one.statements),
      connections: sum((one) => one.connections),
      unknown: fleet.unknown(),
      surveyedAt: Math.max(...all.map((one) => one.surveyedAt))
    }
  }
  const obey = async (order: FleetOrder): Promise<FleetTotals> => {
    if (order.kind === 'change') await fleet.change(order.name, order.what)
    if (order.kind === 'forget') fleet.forget()
    if (order.kind === 'stop') await fleet.stop()
    return totals()
  }
  process.on('message', (order: FleetOrder) => {
    void obey(order).then((answer) => {
      process.send?.(answer)
      if (order.kind === 'stop') process.disconnect?.()
    })
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.('ready')
}

void main()
