/**
 * A fleet of simulated servers that runs until it is interrupted: `npm run fleet -- [--servers 500] [--kind ring] [--rtt 5] [--move FILE]`.
 * `--move` writes a move of these servers, whose password is any text.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type FleetPlan, fleetOf } from './fleets'
import { chain, hostileFleet, manyChannels, ring, scattered } from './odd-fleets'
import { startFleet } from './start-fleet'

const kinds: Record<string, (servers: number) => FleetPlan> = {
  groups: (servers) => fleetOf(servers),
  ring: (servers) => ring(servers),
  chain: (servers) => chain(servers),
  channels: (servers) => manyChannels(servers),
  scattered: () => scattered(),
  hostile: () => hostileFleet()
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      servers: { type: 'string', default: '50' },
      kind: { type: 'string', default: 'groups' },
      rtt: { type: 'string', default: '0' },
      move: { type: 'string' }
    }
  })
  const make = kinds[values.kind]
  if (!make) throw new Error(`Kinds are ${Object.keys(kinds).join(', ')}.`)
  const fleet = await startFleet(make(Number(values.servers)), { roundTripMs: Number(values.rtt) })
  if (values.move) writeFileSync(values.move, `${JSON.stringify(fleet.move(), null, 2)}\n`)
  for (const { name, host, port, model } of fleet.servers.values()) console.log(`${host}:${port}\t${model}\t${name}`)
  process.once('SIGINT', () => {
    void fleet.stop().then(() => process.exit(0))
  })
}

void main()
