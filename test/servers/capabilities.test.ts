import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capabilities } from '../../src/main/mysql/capabilities'
import { probeCapabilities } from '../../src/main/mysql/probe-capabilities'
import type { Session } from '../../src/main/mysql/session'
import { type Statements, statementsFor } from '../../src/main/mysql/statements'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { admin, type Pair, startPair } from './preflight-pair'
import { portSession } from './preflight-reach'

const expected: Partial<Record<FlavourName, Partial<Capabilities>>> = {
  m1011: {
    flavour: 'mariadb',
    superReadOnly: false,
    replicaWords: false,
    gtid: 'mariadb',
    gtidWait: 'master-gtid-wait',
    persist: false
  },
  my97: {
    flavour: 'mysql',
    superReadOnly: true,
    replicaWords: true,
    binaryLogStatusWords: true,
    gtid: 'mysql',
    gtidWait: 'executed-set',
    persist: true,
    cachingSha2: true
  }
}

for (const flavour of ['m1011', 'my97'] satisfies FlavourName[]) {
  describe(`capabilities and words of ${flavour}`, () => {
    let pair: Pair
    let old: Session
    let fresh: Session
    let words: Statements
    const run = async (session: Session, statements: string[]) => {
      for (const statement of statements) await session.query(statement)
    }
    const token = (turn: number) =>
      flavour === 'my97' ? `00000000-0000-0000-0000-00000000000${turn}:1` : `1-1-${turn}000000`

    beforeAll(async () => {
      pair = await startPair(flavour)
      old = await portSession('old-db', { port: pair.old.port, ...admin }, 'hold', { packets: true })
      fresh = await portSession('new-db', { port: pair.new.port, ...admin }, 'arm', { packets: true })
      words = statementsFor(await probeCapabilities(old))
      await pair.link()
    })
    afterAll(async () => {
      await old?.close()
      await fresh?.close()
      await pair?.stop()
    })

    it('are what the server is known to be able to do', async () => {
      expect(await probeCapabilities(old)).toMatchObject(expected[flavour] ?? {})
    })

    it('name the server in one row', async () => {
      const [row] = await old.query(words.identity())
      expect(row).toMatchObject({ server_id: '1', port: String(pair.old.port) })
    })

    it('leave an armed server closed when the token does not come', async () => {
      const answers = await fresh.packet(words.arm({ position: token(1) }, 1))
      expect(words.armOpened(answers.at(-1)?.[0])).toBe(false)
      const [role] = await fresh.query(words.showReadOnly())
      expect(role?.read_only).toBe('1')
    })

    it('hold, throw and open: the armed server opens itself, the old one stays sealed', async () => {
      const armed = fresh.packet(words.arm({ position: token(2) }, 20), { deadlineMs: 30_000 })
      await run(old, [...words.lease(3), ...words.hold(1, 3)])
      const [before] = await old.query(words.position())
      await old.packet(words.throwToken({ position: token(2) }))
      const answer = (await armed).at(-1)?.[0]
      expect(words.armOpened(answer)).toBe(true)
      const [sealed] = await old.query(words.showReadOnly())
      expect(sealed?.read_only).toBe('1')
      const wait = words.waitFor(before?.executed ?? '', 10)
      const [waited] = await fresh.query(wait.statement)
      expect(wait.reached(waited)).toBe(true)
      await run(old, words.unseal())
      await run(fresh, words.setReadOnly(true))
    })

    it('a wait that ends without the position says so', async () => {
      const wait = words.waitFor(token(9), 1)
      const [waited] = await fresh.query(wait.statement)
      expect(wait.reached(waited)).toBe(false)
    })

    it('a heartbeat that waited behind the hold writes nothing on the sealed server', async () => {
      const beating = await portSession('old-db', { port: pair.old.port, ...admin }, 'heartbeat')
      const seen = async () => (await old.query(words.readHeartbeat()))[0]?.at_us
      await run(old, [...words.hold(1, 3)])
      const before = await seen()
      const beat = beating.query(words.heartbeat()).catch(() => undefined)
      await until(
        async () => {
          const rows = await fresh.query('SELECT 1')
          const [waiting] = await old.query(
            "SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for %lock%'"
          )
          return rows.length === 1 && Number(waiting?.n) >= 1
        },
        60_000,
        'the heartbeat does not wait'
      )
      await old.packet([words.seal(), words.letGo()])
      await beat
      expect(await seen()).toBe(before)
      await run(old, words.unseal())
      await run(beating, [words.heartbeat()])
      expect(BigInt((await seen()) ?? '0') > BigInt(before ?? '0')).toBe(true)
      await beating.close()
    })

    it('disable an event as a replica does, keeping its definer, without a trace in the log', async () => {
      await run(old, [
        'CREATE DATABASE IF NOT EXISTS shop',
        "CREATE USER 'who'@'10.%' IDENTIFIED BY 'who-pw-1'",
        "CREATE DEFINER = 'who'@'10.%' EVENT shop.`a``b` ON SCHEDULE EVERY 1 DAY DO SELECT 1"
      ])
      const event = { schema: 'shop', name: 'a`b', definer: 'who@10.%' }
      const seen = async () => {
        const rows = await old.query(
          "SELECT STATUS AS status, DEFINER AS definer FROM information_schema.EVENTS WHERE EVENT_NAME = 'a`b'"
        )
        return rows[0]
      }
      const position = async () => (await old.query(words.binlogStatus()))[0]?.Position
      const before = await position()
      await run(old, [words.sessionBinlogOff(), words.disableEvent(event)])
      const disabled = await seen()
      expect(words.disabledOnReplica).toContain(disabled?.status)
      expect(disabled?.definer).toBe('who@10.%')
      await run(old, [words.enableEvent(event), words.sessionBinlogOn()])
      expect(await seen()).toMatchObject({ status: 'ENABLED', definer: 'who@10.%' })
      expect(await position()).toBe(before)
    })

    it('claim a server for one operator', async () => {
      const other = await portSession('old-db', { port: pair.old.port, ...admin }, 'other')
      expect((await old.query(words.claim()))[0]?.claimed).toBe('1')
      expect((await other.query(words.claim()))[0]?.claimed).toBe('0')
      expect((await other.query(words.claimHolder()))[0]?.holder).toBe(String(old.connectionId))
      await other.close()
    })

    it('make, copy and drop accounts, and take links down', async () => {
      await run(fresh, words.setReadOnly(false))
      await run(fresh, [
        words.sessionBinlogOff(),
        ...words.createAccount('siteswap_canary', '%', 'canary-pw-1'),
        ...words.grantCanary('siteswap_canary', '%'),
        ...words.portableHashes()
      ])
      const [made] = await fresh.query(words.showCreateUser('siteswap_canary', '%'))
      expect(Object.values(made ?? {})[0]).toMatch(/siteswap_canary/)
      await run(fresh, [words.dropAccount('siteswap_canary', '%'), words.sessionBinlogOn()])
      await run(fresh, [...words.stopLink(''), ...words.resetLink('')])
      expect(await fresh.query(words.showLinks())).toEqual([])
      await run(fresh, words.persistReadOnly(true))
      await run(fresh, [...words.persistReadOnly(false), ...words.setReadOnly(false)])
    })
  })
}
