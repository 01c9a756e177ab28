import { afterEach, describe, expect, it } from 'vitest'
import { askServer } from '../../src/main/discovery/ask-server'
import type { Bounds } from '../../src/main/discovery/crawl'
import { discoveryText } from '../../src/main/discovery/discovery-text'
import { type RunningCrawl, runCrawl } from '../../src/main/discovery/run-crawl'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Discovery } from '../../src/shared/discovery'
import { moveSchema } from '../../src/shared/move'
import { type FleetPlan, fleetOf, fleetServer, followsServer } from '../fleet/fleets'
import { chain, hostileFleet, hostileTexts, manyChannels, ring, scattered } from '../fleet/odd-fleets'
import { type Fleet, idOf, startFleet } from '../fleet/start-fleet'

const silentMs = 1500
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

interface Searched {
  fleet: Fleet
  crawl: RunningCrawl
  seen: { at: number; discovery: Discovery }[]
  /** Ticks whatever is named, until nobody new is. */
  all(): Promise<Discovery>
}

/** A search over a fleet that begins at these servers alone, the only ones that the move has. */
const search = async (
  plan: FleetPlan,
  seeds: string[],
  { bounds, deadlineMs = 8000 }: { bounds?: Bounds; deadlineMs?: number } = {}
): Promise<Searched> => {
  const fleet = await startFleet(plan)
  const whole = fleet.move()
  const move = moveSchema.parse({
    ...whole,
    ...{ pairs: [], new: { name: 'Lisbon' } },
    old: { ...whole.old, servers: whole.old.servers.filter(({ id }) => seeds.map(idOf).includes(id)) }
  })
  const reach = makeReach({ move, secrets: { get: async () => 'any' }, askHostKey: null })
  const ending = new AbortController()
  const seen: Searched['seen'] = []
  const crawl = runCrawl({
    move,
    seeds: seeds.map(idOf),
    ask: (target) => askServer(reach, target, { deadlineMs, signal: ending.signal }),
    onChange: (discovery) => seen.push({ at: Date.now(), discovery }),
    tellEveryMs: 20,
    signal: ending.signal,
    ...(bounds ? { bounds } : {})
  })
  ends.push(async () => {
    ending.abort()
    await reach.close()
    await fleet.stop()
  })
  const all = async (): Promise<Discovery> => {
    await crawl.begun
    for (;;) {
      const { servers } = crawl.discovery()
      const asks = servers.flatMap(({ addresses }) => addresses.filter(({ state }) => state.kind === 'proposed'))
      if (asks.length === 0) return crawl.discovery()
      await crawl.ask(asks.map(({ id, like }) => ({ address: id, like })))
    }
  }
  return { fleet, crawl, seen, all }
}

const names = ({ servers }: Discovery): string[] =>
  servers.flatMap(({ identity }) => (identity ? [identity.hostname] : [])).sort()

/** Who can be found from one: sources by their replicas, replicas by their sources while they fetch. */
const reachable = (plan: FleetPlan, from: string): string[] => {
  const servers = plan.servers.map(({ server }) => server)
  const found = new Set<string>()
  const waiting = [from]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue
    found.add(name)
    waiting.push(...(servers.find((one) => one.name === name)?.links.map(({ source }) => source) ?? []))
    for (const { name: other, links } of servers)
      if (links.some(({ source, mood }) => source === name && ['running', 'lagging'].includes(mood)))
        waiting.push(other)
  }
  return [...found].sort()
}

describe('a search over simulated servers', () => {
  it('finds a group of fifty from any one, through sources between, over both sites', async () => {
    const plan = fleetOf(50, 25)
    const { all, fleet } = await search(plan, ['fra-db1-09'])
    const discovery = await all()
    const expected = reachable(plan, 'fra-db1-09')
    expect(expected.length).toBeGreaterThan(40)
    expect(names(discovery)).toEqual(expected)
    expect(discovery.links.every(({ confirmed, state }) => confirmed && state !== 'told')).toBe(true)
    expect(discovery.leftOut).toEqual([])
    const trips = (isSeed: boolean) =>
      [...fleet.counts()].flatMap(([name, { roundTrips, connections }]) =>
        connections > 0 && (name === 'fra-db1-09') === isSeed ? [roundTrips / connections] : []
      )
    // The settings of a session, who are you and what can you do, and the survey; then quit.
    expect(Math.max(...trips(false))).toBeLessThanOrEqual(4)
    // A server of the move is asked whether it still is the same one, too.
    expect(Math.max(...trips(true))).toBeLessThanOrEqual(5)
    expect(fleet.unknown()).toEqual([])
  })

  it('ends in a ring', async () => {
    const discovery = await (await search(ring(5), ['ring-3'])).all()
    expect(names(discovery)).toEqual(['ring-1', 'ring-2', 'ring-3', 'ring-4', 'ring-5'])
    expect(discovery.servers.every(({ role }) => role === 'both-ways')).toBe(true)
    expect(discovery.links).toHaveLength(5)
  })

  it('goes up and down a chain no further than its bound, and says so', async () => {
    const discovery = await (await search(chain(7), ['chain-1'], { bounds: { servers: 200, depth: 3 } })).all()
    expect(names(discovery)).toEqual(['chain-1', 'chain-2', 'chain-3', 'chain-4'])
    expect(discovery.leftOut).toEqual(['One address is left out: more than 3 links away from where the search began.'])
  })

  it('shows forty channels, each with its state', async () => {
    const discovery = await (await search(manyChannels(40), ['warehouse'])).all()
    expect(names(discovery)).toHaveLength(41)
    expect(new Set(discovery.links.map(({ channel }) => channel)).size).toBe(40)
    expect(discovery.links.filter(({ state }) => state === 'broken').length).toBeGreaterThan(0)
  })

  it('shows what it cannot reach: NAT, a source nobody knows; and who stands alone', async () => {
    const discovery = await (
      await search(scattered(), ['behind-nat', 'stray', 'alone'], { deadlineMs: silentMs })
    ).all()
    expect(names(discovery)).toContain('alone')
    const unreached = discovery.servers.filter(({ identity }) => identity === null)
    expect(unreached.map(({ fill }) => fill.length)).toEqual(unreached.map(() => 2))
    expect(unreached.length).toBeGreaterThanOrEqual(1)
    const stray = discovery.servers.find(({ identity }) => identity?.hostname === 'stray')
    expect(stray?.notes.map(({ kind }) => kind)).toContain('orphaned')
  })

  it('takes what silent, torn and refusing servers tell for what it is, and waits for none of them', async () => {
    const replicas = ['well', 'silent', 'half', 'torn', 'refuses'] as const
    const moods = {
      well: { kind: 'well' },
      silent: { kind: 'silent' },
      half: { kind: 'half', statements: 3 },
      torn: { kind: 'torn', statements: 3 },
      refuses: { kind: 'refuses', what: 'SLAVE HOSTS|ALL SLAVES' }
    } as const
    const servers = [
      fleetServer('writer', 'm1011', { writesPerSecond: 5 }),
      ...replicas.map((name) =>
        fleetServer(name, 'm1011', { links: [followsServer('writer')], reportsHost: true, mood: moods[name] })
      )
    ]
    const plan = { servers: servers.map((server) => ({ side: 'old' as const, server })), pairs: [] }
    const { all, crawl, seen } = await search(plan, ['writer'], { deadlineMs: silentMs })
    await crawl.begun
    const began = Date.now()
    const discovery = await all()
    expect(names(discovery)).toEqual(['refuses', 'well', 'writer'])
    const early = seen.find((one) => names(one.discovery).includes('well'))
    expect((early?.at ?? Number.POSITIVE_INFINITY) - began).toBeLessThan(silentMs - 300)
    const refusing = discovery.servers.find(({ identity }) => identity?.hostname === 'refuses')
    expect(refusing?.notes.filter(({ kind }) => kind === 'half-answered').length).toBeGreaterThan(0)
    const failures = discovery.servers.flatMap(({ addresses }) =>
      addresses.flatMap(({ state }) => (state.kind === 'failed' ? [state.failure.kind] : []))
    )
    expect(failures.filter((kind) => kind === 'timeout')).toHaveLength(2)
    expect(failures).toHaveLength(3)
    expect(failures).not.toContain('internal')
  })

  it('says that another server answers at an address than before', async () => {
    const { all, crawl, fleet } = await search(chain(2), ['chain-1'])
    const before = await all()
    const second = before.servers.find(({ identity }) => identity?.hostname === 'chain-2')
    await fleet.change('chain-2', { uuid: '99999999-9999-1999-8999-999999999999', variables: { hostname: 'other' } })
    const address = second?.addresses.find(({ state }) => state.kind === 'answered')
    await crawl.ask([{ address: address?.id ?? '', like: address?.like ?? '' }])
    const now = crawl.discovery().servers
    expect(now.find(({ name }) => name.startsWith('other'))?.notes.map(({ kind }) => kind)).toContain(
      'changed-identity'
    )
    expect(
      now
        .find(({ id }) => id === second?.id)
        ?.notes.map(({ text }) => text)
        .join()
    ).toContain('No longer answers')
  })

  it('keeps hostile names as data, and prints them harmless', async () => {
    const hosts = Object.keys(hostileTexts).map((kind) => `host-${kind}`)
    const discovery = await (await search(hostileFleet(), hosts)).all()
    const told = discovery.servers.flatMap(({ identity }) => (identity ? [identity.hostname] : []))
    expect(told).toContain(hostileTexts.markup)
    expect(told).toContain(hostileTexts.reversed)
    const text = discoveryText(discovery)
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(2000)
  })
})
