import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { statementsFor } from '../../src/main/mysql/statements'
import { type TopologyWatch, watchTopology } from '../../src/main/topology/watch'
import type { LagHistory } from '../../src/shared/contract'
import type { Topology } from '../../src/shared/topology'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { type Pair, startPair } from './preflight-pair'

for (const flavour of ['m1011', 'my97'] satisfies FlavourName[]) {
  const replica = flavour === 'my97' ? 'REPLICA' : 'SLAVE'

  describe(`topology of a pair of ${flavour}`, () => {
    let pair: Pair
    let ending = new AbortController()
    let watch: TopologyWatch | undefined
    let seen: Topology[] = []
    let lag: LagHistory = { at: [], series: {} }

    const start = (intervalMs = 300): TopologyWatch => {
      ending = new AbortController()
      seen = []
      watch = watchTopology({
        reach: pair.reach,
        move: () => pair.move,
        heartbeat: true,
        intervalMs,
        surveyDeadlineMs: 1500,
        signal: ending.signal,
        onChange: (topology, history) => {
          seen.push(topology)
          lag = history
        }
      })
      return watch
    }
    const linkToNew = () => seen.at(-1)?.links.find((link) => link.replica === 'new-db')

    beforeAll(async () => {
      pair = await startPair(flavour)
    })
    afterEach(async () => {
      ending.abort()
      await watch?.ended
    })
    afterAll(async () => {
      await pair?.stop()
    })

    it('shows an unlinked skeleton, with the old server active', async () => {
      const topology = await start().refresh()
      expect(topology.active).toBe('old-db')
      expect(topology.writable).toEqual(['old-db', 'new-db'])
      expect(topology.links).toEqual([])
      expect(topology.nodes.map((node) => node.failure)).toEqual([null, null])
      expect(topology.nodes[0]?.survey?.dataBytes).toBe(0)
      expect(topology.roundTripMs['old-db']).toBeLessThan(30_000)
      expect(topology.nodes[0]?.survey?.variables.version).toContain(flavour === 'my97' ? '9.7' : '10.11')
    })

    it('shows co-masters in both directions, with a lag that heartbeats measured', async () => {
      await pair.link()
      start()
      await until(
        () => {
          const link = linkToNew()
          return link?.state === 'running' && link.lagSeconds !== null && link.lagSeconds > 0
        },
        60_000,
        'the heartbeat is not seen'
      )
      const topology = seen.at(-1) as Topology
      expect(topology.links.map(({ id }) => id).sort()).toEqual(['new-db>old-db', 'old-db>new-db'])
      expect(topology.active).toBe('old-db')
      expect(topology.writable).toEqual(['old-db'])
      expect(linkToNew()?.lagSeconds).toBeLessThan(30)
      expect(linkToNew()?.crossesSites).toBe(true)
      expect(topology.nodes.find((node) => node.server === 'old-db')?.survey?.dumpThreads).toHaveLength(1)
    })

    it('counts writes per second', async () => {
      await pair.root.old.query('CREATE TABLE IF NOT EXISTS siteswap.w (id INT AUTO_INCREMENT PRIMARY KEY)')
      start()
      await until(
        async () => {
          await pair.root.old.query('INSERT INTO siteswap.w VALUES (), (), (), (), (), (), (), (), (), ()')
          const rates = seen.at(-1)?.nodes.find((node) => node.server === 'old-db')?.writesPerSecond ?? []
          return rates.some((rate) => rate !== null && rate > 20)
        },
        60_000,
        'no writes are counted'
      )
    })

    it('sees lag grow while the applier stands still, although the server says it is not behind', async () => {
      start()
      await until(() => linkToNew()?.lagSeconds !== null && linkToNew() !== undefined, 60_000, 'no lag yet')
      const kept = () => lag.series['old-db>new-db'] ?? []
      const stop = flavour === 'my97' ? 'STOP REPLICA SQL_THREAD' : 'STOP SLAVE SQL_THREAD'
      await pair.root.new.query(stop)
      await until(
        () =>
          linkToNew()?.state === 'stopped' &&
          (linkToNew()?.lagSeconds ?? 0) > 2 &&
          kept().some((value) => Number(value) > 2),
        60_000,
        'the lag does not grow'
      )
      await pair.root.new.query(`START ${replica}`)
      await until(
        () => linkToNew()?.state === 'running' && (linkToNew()?.lagSeconds ?? 9) < 1,
        60_000,
        'it stays behind'
      )
      expect(kept()).toHaveLength(lag.at.length)
    })

    it('writes no heartbeat while it is paused', async () => {
      start().pauseHeartbeat()
      const words = statementsFor(await pair.reach.capabilities('old-db'))
      const session = await pair.reach.openSession('old-db', 'look')
      const beat = async () => (await session.query(words.readHeartbeat()))[0]?.at_us
      await until(() => seen.length >= 2, 60_000, 'nothing is published')
      const before = await beat()
      const from = seen.length
      await until(() => seen.length >= from + 4, 60_000, 'nothing is published')
      expect(await beat()).toBe(before)
      watch?.resumeHeartbeat()
      await until(async () => (await beat()) !== before, 60_000, 'the heartbeat does not come back')
      await session.close()
    })

    it('keeps the last survey of a server that falls silent, and never waits for it', async () => {
      start()
      await until(() => seen.at(-1)?.nodes.every((node) => node.survey && !node.failure), 60_000, 'no survey')
      process.kill(pair.new.pid, 'SIGSTOP')
      try {
        const from = seen.length
        await until(() => seen.length >= from + 8, 60_000, 'publishing waits for the silent server')
        await until(() => seen.at(-1)?.nodes.find((node) => node.server === 'new-db')?.failure, 60_000, 'no failure')
        const node = seen.at(-1)?.nodes.find((one) => one.server === 'new-db')
        expect(node?.survey?.identity.serverId).toBe(2)
        expect(node?.failure?.failure.kind).toBe('timeout')
        const ageOf = (server: string) =>
          (seen.at(-1)?.at ?? 0) - (seen.at(-1)?.nodes.find((one) => one.server === server)?.survey?.at ?? 0)
        await until(
          () => ageOf('old-db') < 2000 && ageOf('new-db') > 2000,
          60_000,
          'the silent server delays the other'
        )
      } finally {
        process.kill(pair.new.pid, 'SIGCONT')
      }
      await until(
        () => seen.at(-1)?.nodes.every((node) => node.failure === null),
        60_000,
        'the server does not come back'
      )
    })
  })
}
