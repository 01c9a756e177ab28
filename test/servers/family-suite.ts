import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capabilities } from '../../src/main/mysql/capabilities'
import { collationsOf, collationsStatement, unknownTo } from '../../src/main/mysql/collations'
import { quoteText } from '../../src/main/mysql/identifiers'
import { probeCapabilities } from '../../src/main/mysql/probe-capabilities'
import { surveyServer } from '../../src/main/mysql/survey'
import { wayBackWarnings } from '../../src/main/mysql/way-back'
import { positionDistance, positionReached } from '../../src/shared/gtid'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { type FamilyPair, hostileChannel, startFamilyPair } from './family-pair'
import { expectEachOnce, preflightOf, told } from './preflight-pair'

const mariadb: Partial<Capabilities> = {
  flavour: 'mariadb',
  channels: true,
  replicaWords: false,
  gtid: 'mariadb',
  limits: []
}
const known: Record<FlavourName, { version: RegExp; can: Partial<Capabilities> }> = {
  m105: { version: /^10\.5\./, can: mariadb },
  m1011: { version: /^10\.11\./, can: mariadb },
  m118: { version: /^11\.8\./, can: mariadb },
  my56: {
    version: /^5\.6\./,
    can: { flavour: 'mysql', channels: false, superReadOnly: false, persist: false, gtid: 'mysql', limits: [] }
  },
  my97: {
    version: /^9\.7\./,
    can: {
      flavour: 'mysql',
      channels: true,
      superReadOnly: true,
      binaryLogStatusWords: true,
      persist: true,
      limits: []
    }
  }
}

export interface FamilyCase {
  flavours: readonly [FlavourName, FlavourName]
  /** What the preflight says of the two versions; [] where there is nothing to say. */
  said: string[]
  /** The old server stops at the first statement of the new one that is logged as text, until the preflight's remedy. */
  stopsAtStatements?: boolean
}

/** Identity, status, link, lag, hold, arm and throw, the way back, and undo, on two real servers. */
export const familySuite = ({ flavours: [oldFlavour, newFlavour], said, stopsAtStatements }: FamilyCase): void => {
  describe(`${oldFlavour} to ${newFlavour}`, () => {
    let at: FamilyPair
    const token = (turn: number) =>
      at.old.can.flavour === 'mysql' ? `00000000-0000-0000-0000-00000000000${turn}:1` : `1-1-${turn}000000`

    beforeAll(async () => {
      at = await startFamilyPair(oldFlavour, newFlavour)
    })
    afterAll(() => at?.stop())

    it('is known by its variables and surveyed in one round trip', async () => {
      for (const [end, flavour] of [
        [at.old, oldFlavour],
        [at.new, newFlavour]
      ] as const) {
        expect(end.can).toMatchObject(known[flavour].can)
        const survey = await end.look()
        expect(survey.identity.version).toMatch(known[flavour].version)
        expect(survey.identity.key).toBe(end.can.identity.key)
        expect(survey).toMatchObject({ roundTrips: 1, untold: [], limits: [], logBin: true, links: [], registered: [] })
        expect(survey.replication).toMatchObject({
          binlog: { format: 'ROW', rowImage: 'FULL', logsReplicated: true },
          semiSync: { asSource: false, asReplica: false }
        })
        expect(survey.replication?.binlog.keepSeconds).toBeGreaterThan(0)
        expect(survey.replication?.applier.workers).not.toBeNull()
      }
    })

    it('is told before anything starts what the two cannot do', async () => {
      const seen = told(await preflightOf(at.pair)).filter((line) => /^(A05|A07|A09|G12) /.test(line))
      expectEachOnce(seen, said)
      expect(seen).toHaveLength(said.length)
      const [here, there] = await Promise.all(
        [at.old, at.new].map(async (end) => collationsOf(await end.session.query(collationsStatement)))
      )
      if (!here || !there) throw new Error('two servers were asked')
      const unknown = unknownTo(here, [there.session, there.server])
      const names = { old: 'old-db', new: 'new-db' }
      const words = wayBackWarnings(names, at.old.can.identity, at.new.can.identity, unknown)
      expect(words).toHaveLength(said.length)
    })

    it('follows in both directions, over a link with a name that must be quoted', async () => {
      await at.follow('new')
      await at.follow('old')
      await at.old.run([...at.old.say.ownSchema(), at.old.say.heartbeat()])
      await at.caughtUp()
      for (const [end, other] of [
        [at.new, at.old],
        [at.old, at.new]
      ] as const) {
        const survey = await end.look()
        expect(survey.links).toHaveLength(1)
        expect(survey.links[0]).toMatchObject({
          channel: end.channel,
          receiver: 'running',
          applier: 'running',
          usesGtid: true,
          sourceServerId: other.can.identity.serverId,
          sourceUuid: other.can.identity.uuid
        })
        expect(survey.dumpThreads).toHaveLength(1)
        expect(survey.registered?.map(({ serverId }) => serverId)).toEqual([other.can.identity.serverId])
      }
      await at.new.run(at.new.say.setReadOnly(true))
      expect((await at.new.look()).readOnly).toBe(true)
    })

    it('tells how far a replica is behind by positions and by heartbeats', async () => {
      const positions = async () => {
        const [old, fresh] = await Promise.all([at.old.look(), at.new.look()])
        return {
          wanted: old.gtid.executed,
          have: [fresh.gtid.executed, fresh.gtid.replicaPos].filter(Boolean).join(',')
        }
      }
      const stopApplier = (at.new.say.stopLink(at.new.channel)[0] ?? '').replace(
        /^(STOP (?:SLAVE|REPLICA))/,
        '$1 SQL_THREAD'
      )
      const applier = at.new.can.flavour === 'mariadb' ? at.new.say.stopLink(at.new.channel) : [stopApplier]
      await at.new.run(applier)
      await at.old.run([at.old.say.heartbeat(), at.old.say.heartbeat()])
      const behind = await positions()
      expect(positionReached(at.old.can.flavour, behind.have, behind.wanted)).toBe(false)
      expect(positionDistance(at.old.can.flavour, behind.have, behind.wanted)).toBe(2n)
      expect((await at.new.link())?.applier).toBe('stopped')
      await at.new.run(at.new.say.startLink(at.new.channel))
      await at.caughtUp()
      const after = await positions()
      expect(positionDistance(at.old.can.flavour, after.have, after.wanted)).toBe(0n)
      const beat = async (end: FamilyPair['old']) =>
        (await end.session.query(end.say.readHeartbeat())).find((row) => row.server_id === '1')?.at_us
      expect(await beat(at.new)).toBe(await beat(at.old))
    })

    it('addresses the one link of two that is meant', async () => {
      if (!at.new.can.channels) return
      const { say } = at.new
      const aside = { sourceHost: '127.0.0.1', sourcePort: 1, user: 'u', password: 'p', channel: `${hostileChannel}2` }
      await at.new.run(say.configureLink(aside, { kind: 'held' }))
      const two = (await at.new.look()).links
      expect(two.map(({ channel }) => channel).sort()).toEqual([hostileChannel, `${hostileChannel}2`])
      const [asked] = await at.new.session.query(
        two.find(({ channel }) => channel === aside.channel)?.words.status ?? ''
      )
      expect(asked?.Master_Port ?? asked?.Source_Port).toBe('1')
      await at.new.run([
        ...say.startLink(aside.channel),
        ...say.stopLink(aside.channel),
        ...say.resetLink(aside.channel)
      ])
      const left = (await at.new.look()).links
      expect(left).toMatchObject([{ channel: hostileChannel, receiver: 'running', applier: 'running' }])
    })

    it('tells a delay, a filter and semi-synchronous commits as the server has them', async () => {
      const { say, can, channel } = at.new
      const aside = can.channels ? `${hostileChannel}2` : channel
      const of = can.flavour === 'mariadb' ? '' : ` FOR CHANNEL ${quoteText(aside)}`
      const target = { sourceHost: '127.0.0.1', sourcePort: 1, user: 'u', password: 'p', channel: aside }
      const changes = {
        m: [
          `CHANGE MASTER ${quoteText(aside)} TO MASTER_DELAY = 600, IGNORE_DOMAIN_IDS = (7)`,
          'SET GLOBAL rpl_semi_sync_master_enabled = 1, rpl_semi_sync_master_timeout = 777'
        ],
        my97: [
          `CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 600${of}`,
          `CHANGE REPLICATION FILTER REPLICATE_REWRITE_DB = ((a, b))${of}`,
          "INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'",
          'SET GLOBAL rpl_semi_sync_source_enabled = 1, rpl_semi_sync_source_timeout = 777'
        ]
      }
      if (newFlavour === 'my56') {
        await at.new.run([...say.stopLink(channel), 'CHANGE MASTER TO MASTER_DELAY = 600'])
        expect((await at.new.look()).links[0]?.configuredDelaySeconds).toBe(600)
        expect((await at.new.look()).replication?.semiSync.kind).toBe('absent')
        await at.new.run(['CHANGE MASTER TO MASTER_DELAY = 0', ...say.startLink(channel)])
        return
      }
      const mysql = newFlavour === 'my97'
      await at.new.run(say.setReadOnly(false))
      await at.new.run([...say.configureLink(target, { kind: 'held' }), ...(mysql ? changes.my97 : changes.m)])
      const survey = await at.new.look()
      expect(survey.links.find((link) => link.channel === aside)).toMatchObject({
        configuredDelaySeconds: 600,
        remainingDelaySeconds: null,
        filters: [mysql ? 'Replicate_Rewrite_DB: (a,b)' : 'Replicate_Ignore_Domain_Ids: 7']
      })
      expect(survey.links.find((link) => link.channel === channel)).toMatchObject({
        configuredDelaySeconds: 0,
        filters: []
      })
      expect(survey.replication?.semiSync).toMatchObject({
        kind: 'on',
        asSource: true,
        asReplica: false,
        replicas: 0,
        timeoutMs: 777,
        named: mysql ? 'rpl_semi_sync_source' : 'rpl_semi_sync_master'
      })
      await at.new.run([
        ...say.resetLink(aside),
        ...(mysql
          ? ['SET GLOBAL rpl_semi_sync_source_enabled = 0', 'UNINSTALL PLUGIN rpl_semi_sync_source']
          : ['SET GLOBAL rpl_semi_sync_master_enabled = 0']),
        ...say.setReadOnly(true)
      ])
    })

    it('names what an account without rights is not told, and costs one round trip from then on', async () => {
      const poor = await at.old.withAccount('poor')
      try {
        expect(await probeCapabilities(poor)).toMatchObject(known[oldFlavour].can)
        const first = await surveyServer(poor, at.old.can, 'old-db')
        expect(first.untold?.map(({ asked }) => asked)).toContain(at.old.say.showLinks())
        expect(first.links).toEqual([])
        expect(first.gtid.executed).not.toBe('')
        expect((await surveyServer(poor, at.old.can, 'old-db')).roundTrips).toBe(1)
      } finally {
        await poor.close()
      }
    })

    it('stays shut when the token does not come, and opens itself when it does', async () => {
      const shut = await at.new.session.packet(at.new.say.arm({ position: token(1) }, 1))
      expect(at.new.say.armOpened(shut.at(-1)?.[0])).toBe(false)
      const armed = at.new.session.packet(at.new.say.arm({ position: token(2) }, 20), { deadlineMs: 30_000 })
      await at.old.run([...at.old.say.lease(5), ...at.old.say.hold(1, 5)])
      await at.old.session.packet(at.old.say.throwToken({ position: token(2) }))
      expect(at.new.say.armOpened((await armed).at(-1)?.[0])).toBe(true)
      expect([(await at.old.look()).readOnly, (await at.new.look()).readOnly]).toEqual([true, false])
    })

    it(`carries what is written on the new server back${stopsAtStatements ? ', statements once the remedy is applied' : ''}`, async () => {
      const count = async (table: string) =>
        (await at.old.session.query(`SELECT COUNT(*) AS n FROM ${table}`).catch(() => []))[0]?.n
      await at.new.run(["INSERT INTO siteswap.canary VALUES ('a', 'r', 'h', 1, 1)"])
      await until(async () => (await count('siteswap.canary')) === '1', 60_000, 'a row does not flow back')
      if (stopsAtStatements) {
        const [warning] = (await preflightOf(at.pair)).filter(({ check }) => check === 'G12')
        await at.new.run((warning?.remedies ?? []).flatMap((remedy) => remedy.statements))
        // Connections that are open keep their collation.
        await at.new.anew()
        expect(told(await preflightOf(at.pair)).filter((line) => line.startsWith('G12'))).toEqual([])
      }
      await at.new.run(['CREATE TABLE siteswap.back (id INT PRIMARY KEY)', 'INSERT INTO siteswap.back VALUES (1)'])
      await until(async () => (await count('siteswap.back')) === '1', 60_000, 'a statement does not flow back')
      expect(await at.old.link()).toMatchObject({ applier: 'running', applierError: null })
    })

    it('is undone without a trace', async () => {
      await at.old.run(at.old.say.unseal())
      for (const end of [at.old, at.new]) {
        await end.run([...end.say.stopLink(end.channel), ...end.say.resetLink(end.channel)])
        await end.run([
          end.say.sessionBinlogOff(),
          end.say.dropAccount('siteswap_repl', '%'),
          end.say.sessionBinlogOn()
        ])
        const survey = await end.look()
        expect(survey).toMatchObject({ links: [], readOnly: false })
      }
      await until(
        async () => (await at.old.look()).dumpThreads.length === 0,
        60_000,
        'the old server still sends its log'
      )
    })
  })
}
