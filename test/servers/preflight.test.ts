import type { Connection, RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveSchema } from '../../src/shared/move'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { freePort } from './own/free-port'
import { breaks, proveBreak } from './preflight-breaks'
import { expectListed } from './preflight-made-to-fail'
import {
  applySafe,
  binlogsOf,
  expectEachOnce,
  type Pair,
  preflightOf,
  sayAll,
  startShopPair,
  told
} from './preflight-pair'
import { portReach } from './preflight-reach'
import { askThroughRole, runWithNeededRights } from './preflight-run-rights'

for (const flavour of ['m1011', 'my97'] satisfies FlavourName[]) {
  const mysql = flavour === 'my97'
  const netTimeout = mysql ? 'replica_net_timeout' : 'slave_net_timeout'

  describe(`preflight on a pair of ${flavour}`, () => {
    let pair: Pair
    const own: Connection[] = []
    const another = async (side: 'old' | 'new') => {
      const connection = await pair[side].root()
      own.push(connection)
      return connection
    }

    beforeAll(async () => {
      pair = await startShopPair(flavour)
    })
    afterAll(async () => {
      for (const connection of own) connection.destroy()
      await pair?.stop()
    })

    it('stops nothing before the servers are linked, and writes nothing', async () => {
      const before = await binlogsOf(pair)
      const findings = await preflightOf(pair)
      expect(findings.filter(({ verdict }) => verdict === 'stop' || verdict === 'unknown')).toEqual([])
      const notYet = { verdict: 'info', consequence: 'Not set up yet: the station Replicate does it.' }
      for (const id of ['C05', 'D02', 'E09', 'G04', 'G16', 'H09'])
        expect(
          findings.find(({ check }) => check === id),
          id
        ).toMatchObject(notYet)
      expectEachOnce(told(findings), [
        'A17 new-db info: Started only ',
        ...(mysql ? [] : ['B01 new-db info: read_only is the only seal here'])
      ])
      expect(await binlogsOf(pair)).toBe(before)
    })

    it('finds what differs in variables, engines, keys, locks and rights', async () => {
      const before = await pair.root.new.query<RowDataPacket[]>(
        `SELECT @@global.sql_mode AS sql_mode, @@global.collation_server AS collation_server, @@global.max_connections AS max_connections`
      )
      await sayAll(pair.root.old, [
        'CREATE TABLE shop.log (a INT) ENGINE = MyISAM',
        'CREATE TABLE shop.carts (id INT PRIMARY KEY) ENGINE = MEMORY',
        'CREATE TABLE shop._orders_gho (id INT PRIMARY KEY)',
        "CREATE DEFINER = 'ghost'@'10.%' VIEW shop.v AS SELECT 1 AS one",
        "CREATE USER 'helper'@'10.9.%' IDENTIFIED BY 'helper-pw-1'",
        `GRANT ${mysql ? 'SUPER' : 'READ ONLY ADMIN'} ON *.* TO 'helper'@'10.9.%'`,
        "SET GLOBAL binlog_format = 'MIXED'",
        "SET GLOBAL binlog_row_image = 'MINIMAL'",
        'SET GLOBAL binlog_expire_logs_seconds = 86400',
        `SET GLOBAL ${netTimeout} = 60`,
        'SET GLOBAL sync_binlog = 0'
      ])
      await sayAll(pair.root.new, [
        "SET GLOBAL sql_mode = 'NO_ENGINE_SUBSTITUTION'",
        "SET GLOBAL collation_server = 'latin1_swedish_ci'",
        "SET GLOBAL time_zone = '+02:00'",
        `SET GLOBAL ${mysql ? 'transaction_isolation' : 'tx_isolation'} = 'READ-COMMITTED'`,
        'SET GLOBAL max_connections = 50'
      ])
      const transaction = await another('old')
      await sayAll(transaction, ['START TRANSACTION', 'INSERT INTO shop.orders (total) VALUES (3)'])
      const prepared = await another('old')
      await sayAll(prepared, [
        "XA START 'x'",
        'INSERT INTO shop.orders (total) VALUES (4)',
        "XA END 'x'",
        "XA PREPARE 'x'"
      ])
      const claim = await another('old')
      await claim.query("SELECT GET_LOCK('siteswap.claim', 0)")
      const long = await another('old')
      const [[mine]] = await long.query<RowDataPacket[]>('SELECT CONNECTION_ID() AS id')
      const slow = long.query('SELECT SLEEP(60)').catch(() => undefined)
      const locker = await another('old')
      await locker.query('LOCK TABLES shop.carts WRITE')
      const waiter = await another('old')
      const stuck = waiter.query('INSERT INTO shop.carts VALUES (1)').catch(() => undefined)
      await until(
        async () => {
          const [rows] = await pair.root.old.query<RowDataPacket[]>(
            "SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%' OR INFO LIKE 'SELECT SLEEP%'"
          )
          return Number(rows[0]?.n) >= 2
        },
        60_000,
        'nobody waits for the lock'
      )
      let findings = await preflightOf(pair)
      await until(
        async () => {
          findings = await preflightOf(pair)
          return ['F01', 'F08'].every((id) => findings.some((it) => it.check === id && it.verdict === 'warn'))
        },
        60_000,
        'transaction and statement do not grow old'
      )
      const seen = told(findings)
      const expected = [
        'C07 old-db stop: The server is claimed by',
        `D17 old-db warn: A cut line is noticed only after 60 s`,
        'E03 old-db stop: binlog_format is MIXED',
        'E05 old-db warn: binlog_row_image is MINIMAL',
        'E08 old-db warn: Binary logs kept 24 h, the move wants 3 d',
        'E15 old-db warn: sync_binlog is 0',
        'E17 old-db warn: 1 MEMORY table: shop.carts',
        'F01 old-db warn:',
        'F03 old-db stop: 1 prepared XA transaction',
        'F05 old-db stop:',
        'F07 old-db stop: A schema-change tool left shop._orders_gho',
        'F08 old-db warn: A statement of root has run for',
        'G03 old-db warn: 1 definer missing: ghost@10.%',
        'G08 old-db warn: 1 table without transactions: shop.log (MyISAM)',
        'G09 old-db warn: 1 table without a primary key: shop.log',
        'H02 pair warn: sql_mode differs',
        'H03 pair stop: old-db runs in UTC, new-db in +02:00',
        'H04 pair warn:',
        'H05 new-db warn: max_connections 50, was 200',
        'H06 new-db warn: transaction_isolation: REPEATABLE-READ → READ-COMMITTED',
        mysql ? 'B02 old-db info: ' : 'B02 old-db warn: '
      ]
      expectEachOnce(seen, expected)
      const privileged = findings.find(({ check, server }) => check === 'B02' && server === 'old-db')
      expect(privileged?.evidence[0]?.answer.map((row) => row[0])).toContain('helper@10.9.%')
      // Variables are put back by the remedies themselves: each must be accepted by the server.
      await applySafe(pair, findings)
      await pair.root.old.query(`KILL ${mine?.id}`)
      await sayAll(locker, ['UNLOCK TABLES'])
      await Promise.all([slow, stuck])
      await sayAll(prepared, ["XA ROLLBACK 'x'"])
      await transaction.query('ROLLBACK')
      await sayAll(claim, ["SELECT RELEASE_LOCK('siteswap.claim')"])
      await sayAll(pair.root.old, [
        'DROP TABLE shop.log, shop.carts, shop._orders_gho',
        'DROP VIEW shop.v',
        "DROP USER 'helper'@'10.9.%'",
        'SET GLOBAL sync_binlog = 1'
      ])
      await pair.root.new.query("SET GLOBAL time_zone = 'SYSTEM'")
      const after = await pair.root.new.query<RowDataPacket[]>(
        `SELECT @@global.sql_mode AS sql_mode, @@global.collation_server AS collation_server, @@global.max_connections AS max_connections`
      )
      expect(after[0]).toEqual(before[0])
      let left: string[] = []
      // InnoDB shows a list of transactions that may be 100 ms old.
      const settled = until(
        async () => {
          left = told((await preflightOf(pair)).filter(({ verdict }) => verdict === 'stop' || verdict === 'warn'))
          return left.length === 0
        },
        60_000,
        'findings are left',
        200
      )
      await settled.catch(() => undefined)
      expect(left).toEqual([])
    })

    it('does not call a server ok that it could not ask', async () => {
      const reach = portReach(pair.move, {
        'old-db': pair.ports['old-db'] as Pair['ports'][string],
        'new-db': { port: 1, user: 'admin', password: '' }
      })
      const findings = await preflightOf({ reach, move: pair.move })
      await reach.close()
      expect(findings.filter(({ server, verdict }) => server === 'new-db' && verdict !== 'unknown')).toEqual([])
      expect(findings.find(({ check }) => check === 'A01')?.verdict).toBe('unknown')
      expect(findings.find(({ check, server }) => check === 'E01' && server === 'old-db')?.verdict).toBe('ok')
      expect(findings.find(({ check, server }) => check === 'E01' && server === 'new-db')?.consequence).toMatch(
        /cannot be reached/
      )
    })

    it('does not call ok what it could not ask when its session ends on the way', async () => {
      const locker = await another('old')
      await locker.query(`LOCK TABLES mysql.${mysql ? 'user' : 'global_priv'} WRITE`)
      const asked = preflightOf(pair)
      const waiting = "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%'"
      const stuck = await until(
        async () => {
          const [rows] = await pair.root.old.query<RowDataPacket[]>(waiting)
          return rows[0]?.id as number | undefined
        },
        60_000,
        'nothing waits for the lock'
      )
      await pair.root.old.query(`KILL ${stuck}`)
      const findings = await asked
      await locker.query('UNLOCK TABLES')
      const verdict = (id: string, server: string) =>
        findings.find(({ check, server: of }) => check === id && of === server)?.verdict
      expect([verdict('E01', 'old-db'), verdict('G08', 'old-db')]).toEqual(['ok', 'unknown'])
      expect(verdict('E01', 'new-db')).toBe('ok')
      const lost = findings.filter((finding) => finding.verdict === 'unknown')
      expect(lost.map(({ check }) => check)).toEqual(expect.arrayContaining(['B02', 'G03', 'G08', 'G09', 'A15']))
      for (const { consequence } of lost) expect(consequence).toMatch(/connection|session/i)
    })

    if (!mysql)
      it('does not call a name ok when no name server could be asked', async () => {
        const nobody = [{ host: '127.0.0.1', port: await freePort() }]
        const domain = { name: 'shop.test', oldValues: ['10.0.0.1'], newValues: ['10.0.1.1'], authoritative: nobody }
        const findings = await preflightOf({ ...pair, move: moveSchema.parse({ ...pair.move, domains: [domain] }) })
        for (const id of ['K04', 'K06'])
          expect(findings.find(({ check }) => check === id)).toMatchObject({
            verdict: 'unknown',
            consequence: expect.stringMatching(/did not answer|refused/),
            evidence: [{ answer: [['shop.test', `127.0.0.1:${nobody[0]?.port}`, expect.stringMatching(/\S/)]] }]
          })
        expect(findings.find(({ check }) => check === 'A01')?.verdict).toBe('ok')
      })

    it('finds an account of ours that lacks rights, and does not guess what it may not see', async () => {
      await sayAll(pair.root.old, [
        "CREATE USER 'weak'@'%' IDENTIFIED BY 'weak-pw-1'",
        "GRANT SELECT ON shop.* TO 'weak'@'%'"
      ])
      const reach = portReach(pair.move, {
        'old-db': { port: pair.old.port, user: 'weak', password: 'weak-pw-1' },
        'new-db': pair.ports['new-db'] as Pair['ports'][string]
      })
      const findings = await preflightOf({ reach, move: pair.move })
      const seen = told(findings)
      await reach.close()
      expectEachOnce(seen, ['A10 old-db stop: admin lacks SELECT'])
      // It sees no session, table or event of others: an empty list is no answer.
      const unseen = findings.filter(({ server, verdict }) => server === 'old-db' && verdict === 'unknown')
      expect(unseen.map(({ check }) => check)).toEqual(
        expect.arrayContaining(['B02', 'E17', 'F01', 'F05', 'F07', 'F08', 'G03', 'G08', 'G09'])
      )
      expect(unseen.find(({ check }) => check === 'F08')?.consequence).toMatch(
        /^weak@% may not see the sessions of others: it lacks PROCESS\./
      )
      await pair.root.old.query("DROP USER 'weak'@'%'")
    })

    it('asks for rights that are enough to run, and warns of those that only the copying needs', async () => {
      const findings = await runWithNeededRights(pair)
      const own = findings.filter(({ server }) => server === 'old-db')
      expect(own.filter(({ verdict }) => verdict === 'unknown')).toEqual([])
      expectEachOnce(told(own), [
        'A10 old-db warn: admin lacks ALTER, INDEX, REFERENCES and ',
        // The move still names another account as its own.
        ...(mysql ? [] : ['B02 old-db stop: 1 account bypasses read_only and is connected now'])
      ])
    })

    it('counts the rights of an active role', async () => {
      const own = (await askThroughRole(pair)).filter(({ server }) => server === 'old-db')
      expect(own.find(({ check }) => check === 'A10')?.verdict).toBe('ok')
      expect(own.filter(({ verdict }) => verdict === 'unknown')).toEqual([])
    })

    it('knows one server behind two names', async () => {
      const at = pair.ports['old-db'] as Pair['ports'][string]
      const reach = portReach(pair.move, { 'old-db': at, 'new-db': at })
      const seen = told(await preflightOf({ reach, move: pair.move }))
      await reach.close()
      expectEachOnce(seen, ['A01 pair stop: Both sites lead to the same database server'])
    })

    for (const one of breaks.filter(({ flavours }) => flavours.includes(flavour)))
      it(`finds ${one.title}, and is content when it is mended`, async () => {
        await proveBreak(pair, one)
      })
  })
}

it('makes fail what the list of this file says', () => expectListed('preflight.test.ts'))
