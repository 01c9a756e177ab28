import type { Connection, RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeCapabilities } from '../../src/main/mysql/probe-capabilities'
import { statementsFor } from '../../src/main/mysql/statements'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { startOwnDatabase } from './own/database'
import { admin, type Pair, pairMove, preflightOf, startPair, told } from './preflight-pair'
import { portReach } from './preflight-reach'

const binlogs = async (pair: Pair): Promise<string> => {
  const seen: string[] = []
  for (const connection of [pair.root.old, pair.root.new]) {
    const words = statementsFor(await pair.reach.capabilities(connection === pair.root.old ? 'old-db' : 'new-db'))
    const [rows] = await connection.query<RowDataPacket[]>(words.binlogStatus())
    seen.push(`${rows[0]?.File}:${rows[0]?.Position}`)
  }
  return seen.join(' ')
}
const all = async (connection: Connection, statements: string[]) => {
  for (const statement of statements) await connection.query(statement)
}

for (const flavour of ['m1011', 'my97'] satisfies FlavourName[]) {
  const mysql = flavour === 'my97'
  const netTimeout = mysql ? 'replica_net_timeout' : 'slave_net_timeout'
  const replica = mysql ? 'REPLICA' : 'SLAVE'

  describe(`preflight on a pair of ${flavour}`, () => {
    let pair: Pair
    const own: Connection[] = []
    const another = async (side: 'old' | 'new') => {
      const connection = await pair[side].root()
      own.push(connection)
      return connection
    }

    beforeAll(async () => {
      pair = await startPair(flavour)
      await all(pair.root.old, [
        'CREATE DATABASE shop',
        'CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, total INT)',
        'INSERT INTO shop.orders (total) VALUES (1), (2)',
        "CREATE USER 'shop'@'%' IDENTIFIED BY 'shop-pw-1'",
        "GRANT ALL ON shop.* TO 'shop'@'%'",
        "CREATE DEFINER = 'shop'@'%' EVENT shop.clean ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01' DO DELETE FROM shop.orders WHERE total < 0"
      ])
    })
    afterAll(async () => {
      for (const connection of own) connection.destroy()
      await pair?.stop()
    })

    it('stops nothing before the servers are linked, and writes nothing', async () => {
      const before = await binlogs(pair)
      const findings = await preflightOf(pair)
      expect(findings.filter(({ verdict }) => verdict === 'stop' || verdict === 'unknown')).toEqual([])
      expect(findings.find(({ check }) => check === 'H09')).toMatchObject({
        verdict: 'info',
        title: 'The passive server is read-only',
        consequence: 'Not set up yet: the station Replicate does it.'
      })
      expect(await binlogs(pair)).toBe(before)
    })

    it('finds what differs in variables, engines, keys, locks and rights', async () => {
      const before = await pair.root.new.query<RowDataPacket[]>(
        `SELECT @@global.sql_mode AS sql_mode, @@global.collation_server AS collation_server, @@global.max_connections AS max_connections`
      )
      await all(pair.root.old, [
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
      await all(pair.root.new, [
        "SET GLOBAL sql_mode = 'NO_ENGINE_SUBSTITUTION'",
        "SET GLOBAL collation_server = 'latin1_swedish_ci'",
        "SET GLOBAL time_zone = '+02:00'",
        `SET GLOBAL ${mysql ? 'transaction_isolation' : 'tx_isolation'} = 'READ-COMMITTED'`,
        'SET GLOBAL max_connections = 50'
      ])
      const transaction = await another('old')
      await all(transaction, ['START TRANSACTION', 'INSERT INTO shop.orders (total) VALUES (3)'])
      const prepared = await another('old')
      await all(prepared, [
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
        10_000,
        'nobody waits for the lock'
      )
      let findings = await preflightOf(pair)
      await until(
        async () => {
          findings = await preflightOf(pair)
          return ['F01', 'F08'].every((id) => findings.some((it) => it.check === id && it.verdict === 'warn'))
        },
        10_000,
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
      for (const line of expected)
        expect(
          seen.filter((one) => one.startsWith(line)),
          `${line}\n${seen.join('\n')}`
        ).toHaveLength(1)
      const privileged = findings.find(({ check, server }) => check === 'B02' && server === 'old-db')
      expect(privileged?.evidence[0]?.answer.map((row) => row[0])).toContain('helper@10.9.%')
      // Variables are put back by the remedies themselves: each must be accepted by the server.
      for (const finding of findings)
        for (const remedy of finding.remedies.filter(({ safe }) => safe))
          await all(remedy.server === 'old-db' ? pair.root.old : pair.root.new, remedy.statements)
      await pair.root.old.query(`KILL ${mine?.id}`)
      await all(locker, ['UNLOCK TABLES'])
      await Promise.all([slow, stuck])
      await all(prepared, ["XA ROLLBACK 'x'"])
      await transaction.query('ROLLBACK')
      await all(claim, ["SELECT RELEASE_LOCK('siteswap.claim')"])
      await all(pair.root.old, [
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
        5_000,
        'findings are left',
        200
      )
      await settled.catch(() => undefined)
      expect(left).toEqual([])
    })

    it('is content with a linked pair', async () => {
      await pair.link()
      const before = await binlogs(pair)
      const bad = (await preflightOf(pair)).filter(({ verdict }) => verdict !== 'ok' && verdict !== 'info')
      expect(told(bad)).toEqual([])
      expect(await binlogs(pair)).toBe(before)
    })

    it('finds what is wrong with links, roles and events', async () => {
      const words = statementsFor(await pair.reach.capabilities('new-db'))
      await all(pair.root.old, [`STOP ${replica}`, 'SET GLOBAL auto_increment_offset = 2'])
      await all(pair.root.new, [
        `STOP ${replica}`,
        mysql ? 'CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 60' : 'CHANGE MASTER TO MASTER_DELAY = 60',
        mysql
          ? 'CHANGE REPLICATION FILTER REPLICATE_IGNORE_TABLE = (shop.carts)'
          : "SET GLOBAL replicate_ignore_table = 'shop.carts'",
        `START ${replica}`,
        `SET GLOBAL ${mysql ? 'replica' : 'slave'}_exec_mode = 'IDEMPOTENT'`,
        ...words.setReadOnly(false),
        "ALTER DEFINER = 'shop'@'%' EVENT shop.clean ENABLE",
        'INSERT INTO shop.orders (id, total) VALUES (1000, 1)'
      ])
      const beat = statementsFor(await pair.reach.capabilities('old-db')).heartbeat()
      await all(pair.root.old, ['INSERT INTO shop.orders (total) VALUES (9)', beat])
      let seen: string[] = []
      await until(
        async () => {
          seen = told(await preflightOf(pair))
          return seen.some((line) => line.startsWith('D02 new-db stop'))
        },
        15_000,
        'the delay does not show'
      )
      const expected = [
        'C09 new-db stop: A link waits 60 s on purpose',
        'D01 old-db stop: The link from new-db is stopped',
        'D02 new-db stop:',
        'D05 new-db stop: A replication filter is set: ',
        'D07 new-db stop: The applier passes over missing and doubled rows',
        'E10 new-db stop: Transactions that only new-db has: ',
        'G04 new-db stop: 1 event enabled on new-db: shop.clean',
        'G16 pair warn: Increments 2 and 2, offsets 2 and 2: ids may collide',
        'H09 new-db stop: new-db takes writes'
      ]
      for (const line of expected)
        expect(
          seen.filter((one) => one.startsWith(line)),
          `${line}\n${seen.join('\n')}`
        ).toHaveLength(1)
    })

    it('puts roles, events and the link right with its own safe remedies', async () => {
      await all(pair.root.old, ['SET GLOBAL auto_increment_offset = 1'])
      await all(pair.root.new, [
        `STOP ${replica}`,
        mysql ? 'CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 0' : 'CHANGE MASTER TO MASTER_DELAY = 0',
        mysql ? 'CHANGE REPLICATION FILTER REPLICATE_IGNORE_TABLE = ()' : "SET GLOBAL replicate_ignore_table = ''",
        `SET GLOBAL ${mysql ? 'replica' : 'slave'}_exec_mode = 'STRICT'`,
        `START ${replica}`
      ])
      for (const finding of await preflightOf(pair))
        for (const remedy of finding.remedies.filter(({ safe }) => safe))
          await all(remedy.server === 'old-db' ? pair.root.old : pair.root.new, remedy.statements)
      await all(pair.root.new, [
        ...(mysql ? ['SET GLOBAL super_read_only = 0'] : []),
        'SET SESSION sql_log_bin = 0',
        "ALTER DEFINER = 'shop'@'%' EVENT shop.clean ENABLE",
        'SET SESSION sql_log_bin = 1',
        ...(mysql ? ['SET GLOBAL super_read_only = 1'] : [])
      ])
      const event = (await preflightOf(pair)).find(({ check }) => check === 'G04')
      expect(event?.verdict).toBe('stop')
      const asAdmin = await pair.reach.openSession('new-db', 'operate')
      for (const statement of event?.remedies[0]?.statements ?? []) await asAdmin.query(statement)
      await asAdmin.close()
      let left: string[] = []
      const settled = until(
        async () => {
          left = told((await preflightOf(pair)).filter(({ verdict }) => verdict === 'stop'))
          return left.length === 0
        },
        20_000,
        'stops are left'
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

    it('finds an account of ours that lacks rights, and does not guess what it may not see', async () => {
      await all(pair.root.old, [
        "CREATE USER 'weak'@'%' IDENTIFIED BY 'weak-pw-1'",
        "GRANT SELECT ON shop.* TO 'weak'@'%'"
      ])
      const reach = portReach(pair.move, {
        'old-db': { port: pair.old.port, user: 'weak', password: 'weak-pw-1' },
        'new-db': pair.ports['new-db'] as Pair['ports'][string]
      })
      const seen = told(await preflightOf({ reach, move: pair.move }))
      await reach.close()
      expect(seen.filter((line) => line.startsWith('A10 old-db stop: admin lacks SELECT'))).toHaveLength(1)
      expect(seen).toContain('B02 old-db unknown: Not known: Accounts that write past the seal')
      await pair.root.old.query("DROP USER 'weak'@'%'")
    })

    it('knows one server behind two names', async () => {
      const at = pair.ports['old-db'] as Pair['ports'][string]
      const reach = portReach(pair.move, { 'old-db': at, 'new-db': at })
      const seen = told(await preflightOf({ reach, move: pair.move }))
      await reach.close()
      expect(seen).toContain('A01 pair stop: Both sites lead to the same database server')
    })
  })
}

describe('preflight on a server that was set up badly', () => {
  it('finds what only a restart can change', async () => {
    const [old, bad] = await Promise.all([
      startOwnDatabase('m1011', { serverId: 7, extra: ['binlog-ignore-db=stats', 'log-slave-updates=OFF'] }),
      startOwnDatabase('m1011', {
        serverId: 7,
        extra: ['skip-log-bin', 'lower-case-table-names=1', 'slave-skip-errors=1062', 'log-slave-updates=OFF']
      })
    ])
    try {
      for (const one of [old, bad])
        await one.asRoot(
          `CREATE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`,
          `GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%'`
        )
      const move = pairMove(old.port, bad.port)
      const as = (port: number) => ({ port, ...admin })
      const reach = portReach(move, { 'old-db': as(old.port), 'new-db': as(bad.port) })
      await probeCapabilities(await reach.session('old-db', 'observe'))
      const seen = told(await preflightOf({ reach, move }))
      await reach.close()
      for (const line of [
        'A04 new-db stop: Both servers have server id 7',
        'A17 old-db info: Started only',
        'D06 old-db stop: stats is left out of the binary log',
        'D07 new-db stop: Errors 1062 are skipped',
        'E01 new-db stop: log_bin is off: no way back',
        'E02 old-db warn: log_slave_updates is off',
        'E02 new-db stop: log_slave_updates is off: the way back has gaps',
        'H01 pair stop: lower_case_table_names is 0 on the old and 1 on the new server'
      ])
        expect(
          seen.filter((one) => one.startsWith(line)),
          `${line}\n${seen.join('\n')}`
        ).toHaveLength(1)
    } finally {
      await Promise.all([old.stop(), bad.stop()])
    }
  })
})
