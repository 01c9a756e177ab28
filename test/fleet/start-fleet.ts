import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Move, moveSchema, type SiteSide } from '../../src/shared/move'
import type { FleetPlan } from './fleets'
import { type Counts, type Simulated, simulatedServer } from './simulated-server'
import { type FleetServer, type Model, models, type Recording, type World } from './world'

export interface Fleet {
  plan: FleetPlan
  /** The servers as they are now. */
  servers: ReadonlyMap<string, FleetServer>
  /** Changes what one server is or how it behaves; what is asked from now on is answered so. */
  change(name: string, what: Partial<FleetServer>): Promise<void>
  /** What came over each line since the last `forget`. */
  counts(): ReadonlyMap<string, Readonly<Counts>>
  forget(): void
  /** Statements that no server had an answer to. */
  unknown(): string[]
  /** A move of these servers, reached directly. */
  move(): Move
  stop(): Promise<void>
}

const readRecording = (model: Model): Recording =>
  JSON.parse(readFileSync(join(__dirname, 'recordings', `${model}.json`), 'utf8')) as Recording

/** A port that is free on this computer; every server of the fleet has it on an address of its own. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '0.0.0.0', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Lets a whole fleet listen on addresses of this computer; each answer comes after `roundTripMs`. */
export const startFleet = async (plan: FleetPlan, options: { roundTripMs?: number } = {}): Promise<Fleet> => {
  const port = await freePort()
  const servers = new Map(plan.servers.map(({ server }) => [server.name, { ...server, port }]))
  const recordings = Object.fromEntries(models.map((model) => [model, readRecording(model)])) as World['recordings']
  const world: World = { servers, recordings, since: Date.now() }
  const running = new Map<string, Simulated>()
  for (const name of servers.keys())
    running.set(
      name,
      simulatedServer(
        name,
        () => world,
        () => options.roundTripMs ?? 0
      )
    )
  const all = (act: (one: Simulated) => Promise<void>) => Promise.all([...running.values()].map(act))
  await all((one) => one.settle())
  return {
    plan,
    servers,
    change: async (name, what) => {
      const known = servers.get(name)
      if (!known) throw new Error(`There is no ${name} in this fleet.`)
      servers.set(name, { ...known, ...what })
      await running.get(name)?.settle()
    },
    counts: () => new Map([...running].map(([name, one]) => [name, one.counts])),
    forget: () => {
      for (const { counts } of running.values())
        Object.assign(counts, {
          connections: 0,
          statements: 0,
          roundTrips: 0,
          unknown: [],
          lastAnswerAt: 0,
          surveyedAt: 0
        })
    },
    unknown: () => [...new Set([...running.values()].flatMap(({ counts }) => counts.unknown))],
    move: () => fleetMove(plan, servers),
    stop: async () => {
      await all((one) => one.stop())
    }
  }
}

/** The id of a server in a move: its name, as far as an id may hold it. */
export const idOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]/g, '-')

const fleetMove = (plan: FleetPlan, servers: ReadonlyMap<string, FleetServer>): Move => {
  const entries = (side: SiteSide) =>
    plan.servers
      .filter((one) => one.side === side)
      .map(({ server: { name } }) => {
        const { host, port } = servers.get(name) ?? { host: '', port: 0 }
        return { id: idOf(name), name, kind: 'database', database: { host, port, via: 'direct', user: 'siteswap' } }
      })
  return moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: 'fleet',
    name: 'Fleet',
    createdAt: 0,
    old: { name: 'Frankfurt', servers: entries('old') },
    new: { name: 'Lisbon', servers: entries('new') },
    pairs: plan.pairs.map((pair) => ({ old: idOf(pair.old), new: idOf(pair.new) }))
  })
}
