import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { watchTopology } from '../../src/main/topology/watch'
import type { Topology } from '../../src/shared/topology'
import { fleetReach } from '../fleet/fleet-reach'
import { type FleetPlan, fleetOf, fleetServer, followsServer } from '../fleet/fleets'
import { chain, hostileFleet, hostileTexts, manyChannels, ring } from '../fleet/odd-fleets'
import { type Fleet, startFleet } from '../fleet/start-fleet'
import type { FleetServer } from '../fleet/world'
import { until } from '../lab/processes'

interface Watched {
  fleet: Fleet
  /** How many wait for the end of the watch. */
  waiting(): number
  look(): Promise<Topology>
}

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const watched = async (plan: FleetPlan, surveyDeadlineMs = 4000): Promise<Watched> => {
  const fleet = await startFleet(plan)
  const reach = fleetReach(fleet)
  const ending = new AbortController()
  const watch = watchTopology({
    reach,
    move: () => fleet.move(),
    heartbeat: false,
    intervalMs: 60_000,
    surveyDeadlineMs,
    signal: ending.signal,
    onChange: () => undefined
  })
  ends.push(async () => {
    ending.abort()
    await watch.ended
    await reach.close()
    await fleet.stop()
  })
  return { fleet, look: () => watch.refresh(), waiting: () => getEventListeners(ending.signal, 'abort').length }
}

const nodeOf = (topology: Topology, server: string) => topology.nodes.find((node) => node.server === server)

const followers = (...servers: FleetServer[]): FleetPlan => ({
  servers: servers.map((server) => ({ side: 'old' as const, server })),
  pairs: []
})

describe('a fleet of simulated servers', () => {
  it('leaves nobody waiting for the end of the watch, and is no cause for a warning', async () => {
    const warnings: string[] = []
    const warn = (warning: Error) => warnings.push(warning.message)
    process.on('warning', warn)
    const { look, waiting } = await watched(fleetOf(30, 7))
    await look()
    await look()
    // The watch itself rests until the next round.
    await until(() => waiting() <= 1, 60_000, 'somebody still waits')
    process.off('warning', warn)
    expect(warnings).toEqual([])
  })

  it('of fifty, of four versions, is read whole: every server, every link with its state', async () => {
    const { fleet, look } = await watched(fleetOf(50, 7))
    const topology = await look()
    expect(topology.nodes.filter((node) => node.failure || !node.survey)).toEqual([])
    expect(new Set(topology.nodes.map((node) => node.survey?.identity.versionNumbers.slice(0, 2).join('.')))).toEqual(
      new Set(['10.11', '11.8', '9.7', '10.5', '5.6'])
    )
    // A fleet has no heartbeat rows: without them a lag is not known, whatever the server says of itself.
    const wanted = [...fleet.servers.values()].flatMap(({ name, links }) =>
      links.map((link) => `${link.source}>${name} ${link.mood === 'lagging' ? 'running' : link.mood}`)
    )
    expect(topology.links.map(({ id, state }) => `${id} ${state}`).sort()).toEqual(wanted.sort())
    expect(fleet.unknown()).toEqual([])
  })

  it('with forty channels on one server shows each of them', async () => {
    const { look } = await watched(manyChannels(40, 'my97'))
    const { links } = await look()
    expect(new Set(links.map(({ status }) => status.channel)).size).toBe(40)
    const broken = links.filter(({ state }) => state === 'broken')
    expect(broken.map(({ status }) => status.applierError?.code)).toEqual([1062, 1062, 1062])
  })

  it('with named connections of MariaDB shows each of them', async () => {
    const { links } = await (await watched(manyChannels(12, 'm118'))).look()
    expect(new Set(links.map(({ status }) => status.channel)).size).toBe(12)
  })

  it('in a ring and in a chain is followed to its end', async () => {
    const circle = await (await watched(ring(4))).look()
    expect(circle.links.map(({ id }) => id).sort()).toEqual([
      'ring-1>ring-2',
      'ring-2>ring-3',
      'ring-3>ring-4',
      'ring-4>ring-1'
    ])
    const line = await (await watched(chain(6))).look()
    expect(line.links).toHaveLength(5)
  })

  it('with hostile names, comments and columns is shown as it says it is', async () => {
    const { fleet, look } = await watched(hostileFleet())
    const topology = await look()
    expect(topology.nodes.filter((node) => node.failure)).toEqual([])
    for (const { name, variables } of fleet.servers.values())
      expect(nodeOf(topology, name)?.survey?.identity.hostname).toBe(variables.hostname)
    expect(topology.links.map(({ status }) => status.applierError?.text)).toContain(hostileTexts.broken)
  })

  it('is not delayed by those that are dead, silent or slow', async () => {
    const { fleet, look } = await watched(
      followers(
        ...Array.from({ length: 8 }, (_, index) => fleetServer(`well-${index}`, 'm1011')),
        fleetServer('dead', 'm1011', { mood: { kind: 'dead' } }),
        fleetServer('silent', 'my97', { mood: { kind: 'silent' } }),
        fleetServer('half', 'my97', { mood: { kind: 'half', statements: 5 } }),
        fleetServer('torn', 'm118', { mood: { kind: 'torn', statements: 5 } })
      ),
      1500
    )
    const began = Date.now()
    const topology = await look()
    expect(Date.now() - began).toBeLessThan(1500 + 3000)
    expect(topology.nodes.filter((node) => node.survey).map((node) => node.server)).toEqual(
      Array.from({ length: 8 }, (_, index) => `well-${index}`)
    )
    for (const name of ['dead', 'silent', 'half', 'torn'])
      expect(nodeOf(topology, name)?.failure?.failure.what, name).toMatch(/\S/)
    await fleet.change('dead', { mood: { kind: 'well' } })
    await expect.poll(async () => nodeOf(await look(), 'dead')?.failure ?? null, { timeout: 20_000 }).toBeNull()
  })

  it('shows what changes between two looks: role, link, identity, columns', async () => {
    const { fleet, look } = await watched(
      followers(
        fleetServer('source', 'my97', { writesPerSecond: 10 }),
        fleetServer('replica', 'my97', { readOnly: true, links: [followsServer('source')] })
      )
    )
    const before = await look()
    expect(before.writable).toEqual(['source'])
    await fleet.change('replica', {
      readOnly: false,
      links: [followsServer('source', { mood: 'stopped' })],
      uuid: 'ffffffff-0000-1111-8222-333333333333',
      missingColumns: ['Seconds_Behind_Source', 'SQL_Delay'],
      newColumns: { Replica_mood: 'calm' }
    })
    const after = await look()
    expect(after.writable).toEqual(['source', 'replica'])
    expect(nodeOf(after, 'replica')?.survey?.identity.key).toBe('ffffffff-0000-1111-8222-333333333333')
    expect(after.links[0]).toMatchObject({ state: 'stopped', status: { secondsBehind: null } })
    expect(after.links[0]?.status.raw.Replica_mood).toBe('calm')
  })

  it('answers a right that is missing as a server does', async () => {
    const { look } = await watched(
      followers(fleetServer('strict', 'm1011', { mood: { kind: 'refuses', what: 'SLAVES STATUS' } }))
    )
    const topology = await look()
    expect(nodeOf(topology, 'strict')?.survey?.links).toEqual([])
    expect(nodeOf(topology, 'strict')?.failure).toBeNull()
  })
})
