import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askServer } from '../../src/main/discovery/ask-server'
import { runCrawl } from '../../src/main/discovery/run-crawl'
import { makeDiscoveries } from '../../src/main/engine/live-discovery'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import { makeSecrets } from '../../src/main/store/secrets'
import type { Discovery, FoundServer } from '../../src/shared/discovery'
import { explainLinkError, linkErrors } from '../../src/shared/link-errors/link-errors'
import { type Move, moveSchema } from '../../src/shared/move'
import { databaseSecret } from '../../src/shared/secret'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { breakages } from './own/broken-links'
import { errorOf, type LinkGround, linkGround, mended, swept, wordsOf } from './own/link-ground'
import { startTwoHops, type TwoHops } from './own/two-hops'
import { admin, type Pair, startPair } from './preflight-pair'

const deadlineMs = 2000

/** A move that knows only the old server: reached directly, or through two SSH hops. */
const seedMove = (port: number, hops: TwoHops | null): Move =>
  moveSchema.parse({
    ...{ format: 'siteswap.move', version: 2, id: 'found', name: 'found', createdAt: 0, new: { name: 'Lisbon' } },
    old: {
      name: 'Frankfurt',
      servers: [
        {
          ...{ id: 'old-db', name: 'old-db', kind: 'database', ssh: hops?.hops ?? [] },
          database: { host: '127.0.0.1', port, via: hops ? 'ssh' : 'direct', user: admin.user }
        }
      ]
    }
  })

const noKeychain = (): never => {
  throw new Error('there is no keychain here')
}

const emptyDiscovery: Discovery = {
  ...{ startedAt: 0, at: 0, seeds: [], busy: 0, proposed: 0, servers: [], links: [], leftOut: [] }
}

const families = ['m1011', 'my97'] satisfies FlavourName[]

for (const flavour of families)
  describe(`a pair of ${flavour}${flavour === 'm1011' ? ' behind two SSH hops' : ''}`, () => {
    let pair: Pair
    let ground: LinkGround
    let reach: Reach
    let mute: Server
    let hops: TwoHops | null = null
    const ending = new AbortController()

    beforeAll(async () => {
      ;[pair, hops] = await Promise.all([startPair(flavour), flavour === 'm1011' ? startTwoHops() : null])
      ground = await linkGround(pair)
      await ground.onSource(
        "CREATE USER 'repl'@'%' IDENTIFIED BY 'repl-pw-1'",
        "GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%'",
        "CREATE USER 'no_right'@'%' IDENTIFIED BY 'repl-pw-1'"
      )
      await mended(ground)
      reach = makeReach({
        move: seedMove(pair.old.port, hops),
        secrets: { get: async () => admin.password },
        askHostKey: null,
        ...(hops ? { knownHosts: hops.knownHosts } : {})
      })
      mute = createServer(() => undefined)
      await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done))
    })
    afterAll(async () => {
      ending.abort()
      mute?.close()
      await reach?.close()
      await Promise.all([pair?.stop(), hops?.stop()])
    })

    const named = ({ servers }: Discovery, port: number): FoundServer | undefined =>
      servers.find(({ addresses }) => addresses.some((address) => address.port === port))
    const addressAt = (found: FoundServer | undefined, port: number): string =>
      found?.addresses.find((address) => address.port === port)?.id ?? ''
    const mutePort = () => (mute.address() as { port: number }).port

    it('is found from its source, and a silent address beside it delays nothing', async () => {
      // A second channel to somebody who takes the connection and says nothing.
      const silent = ground.say.configureLink(
        { sourceHost: '127.0.0.1', sourcePort: mutePort(), user: 'repl', password: 'x', channel: 'mute' },
        { kind: 'held' }
      )
      for (const statement of silent) await ground.source.query(statement)
      const seen: { at: number; discovery: Discovery }[] = []
      const crawl = runCrawl({
        move: reach.move,
        seeds: ['old-db'],
        ask: (target) => askServer(reach, target, { deadlineMs, signal: ending.signal }),
        onChange: (discovery) => seen.push({ at: performance.now(), discovery }),
        tellEveryMs: 5,
        signal: ending.signal
      })
      await crawl.begun
      const first = crawl.discovery()
      expect(first.servers.find(({ server }) => server === 'old-db')?.identity).toMatchObject({ serverId: 1 })
      expect(first.proposed).toBe(2)
      const [replica, lost] = [named(first, pair.new.port), named(first, mutePort())]
      expect(replica?.identity).toBeNull()
      expect(replica?.addresses[0]).toMatchObject({ user: admin.user, like: 'old-db' })

      const began = performance.now()
      await crawl.ask(
        [addressAt(replica, pair.new.port), addressAt(lost, mutePort())].map((address) => ({ address, like: 'old-db' }))
      )
      const last = crawl.discovery()
      const found = named(last, pair.new.port)
      expect(found?.identity).toMatchObject({ flavour: flavour === 'my97' ? 'mysql' : 'mariadb', serverId: 2 })
      expect(found?.role).toBe('replica')
      expect(last.links.filter(({ confirmed }) => confirmed)).toMatchObject([{ state: 'running', replica: found?.id }])
      expect(named(last, mutePort())?.addresses[0]?.state).toMatchObject({
        kind: 'failed',
        failure: { kind: 'timeout' }
      })
      const arrived = seen.find(({ discovery }) => named(discovery, pair.new.port)?.identity)
      expect(arrived).toBeDefined()
      expect((arrived?.at ?? Number.POSITIVE_INFINITY) - began).toBeLessThan(deadlineMs - 500)
      expect(last.servers).toHaveLength(3)
      for (const statement of ground.say.resetLink('mute')) await ground.source.query(statement)
    })

    it('is asked in three round trips at most after the sign-in', async () => {
      const survey = await askServer(
        reach,
        { id: 'x', server: 'old-db', host: '', port: 0, like: 'old-db' },
        { deadlineMs, signal: ending.signal }
      )
      expect(survey.roundTrips).toBe(1)
      expect(survey.registered).toMatchObject([{ serverId: 2, host: '127.0.0.1', port: pair.new.port }])
    })

    it('joins the move in one edit, with the password of the one it was asked like', async () => {
      const dir = mkdtempSync(join(tmpdir(), 'siteswap-found-'))
      const secrets = makeSecrets({ dir, environment: {}, fork: noKeychain })
      await secrets.set('found', databaseSecret('old-db'), admin.password, 'session')
      let move = reach.move
      const saved: Move[] = []
      const seen: Discovery[] = []
      const discoveries = makeDiscoveries({
        opened: () => ({
          reach,
          move: () => move,
          topology: () => null,
          save: async (next) => {
            move = next
            return saved.push(next)
          }
        }),
        secrets,
        onChange: (_, discovery) => seen.push(discovery)
      })
      try {
        await discoveries.start('found', ['old-db'])
        const listed = await until(
          () => named(seen.at(-1) ?? emptyDiscovery, pair.new.port),
          60_000,
          'the seed answers'
        )
        discoveries.ask('found', [{ address: addressAt(listed, pair.new.port), like: 'old-db' }])
        const found = await until(
          () => seen.at(-1)?.servers.find(({ identity }) => identity?.serverId === 2),
          60_000,
          'the replica answers'
        )
        const added = await discoveries.add('found', [{ server: found.id, side: 'new', name: 'lis-db1' }], true)
        expect(added).toEqual({ servers: ['lis-db1'], missed: [] })
        expect(saved).toHaveLength(1)
        expect(move.new.servers).toMatchObject([
          { id: 'lis-db1', ssh: reach.entry('old-db').ssh, database: { host: '127.0.0.1', port: pair.new.port } }
        ])
        expect(await secrets.get('found', databaseSecret('lis-db1'))).toBe(admin.password)
        expect(seen.at(-1)?.servers.find(({ id }) => id === found.id)?.server).toBe('lis-db1')
      } finally {
        discoveries.end('found')
        secrets.close()
        rmSync(dir, { recursive: true, force: true })
      }
    })

    const here = breakages.filter(
      ({ only }) => only === undefined || only === (flavour === 'my97' ? 'mysql' : 'mariadb')
    )
    it.each(here)('explains a link that breaks because $what', async ({ codes, says, break: breakIt }) => {
      await swept(ground)
      await mended(ground)
      await breakIt(ground)
      const link = await errorOf(ground)
      const error = link.applierError ?? link.receiverError
      expect(codes, `${error?.code} ${error?.text}`).toContain(error?.code)
      expect(linkErrors[error?.code ?? 0]).toBeDefined()
      const told = explainLinkError(error?.code ?? 0, {
        source: 'old-db',
        replica: 'new-db',
        text: error?.text ?? '',
        words: wordsOf(ground),
        part: link.applierError ? 'applier' : 'receiver',
        crossesSites: false
      })
      expect(told.happened, error?.text).toContain(says)
    })
  })
