import type { RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statementsFor } from '../../src/main/mysql/statements'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { startOwnDatabase } from './own/database'
import { expectListed } from './preflight-made-to-fail'
import {
  admin,
  applySafe,
  binlogsOf,
  expectEachOnce,
  type Pair,
  pairMove,
  preflightOf,
  sayAll,
  startShopPair,
  told
} from './preflight-pair'
import { type Ports, portReach } from './preflight-reach'
import { openStrayTunnel, type StrayTunnel } from './preflight-tunnel'

for (const flavour of ['m1011', 'my97'] satisfies FlavourName[]) {
  const mysql = flavour === 'my97'
  const replica = mysql ? 'REPLICA' : 'SLAVE'

  describe(`preflight on a linked pair of ${flavour}`, () => {
    let pair: Pair
    let tunnel: StrayTunnel | null = null

    beforeAll(async () => {
      pair = await startShopPair(flavour)
    })
    afterAll(async () => {
      await tunnel?.close()
      await pair?.stop()
    })

    it('is content with a linked pair', async () => {
      await pair.link()
      const before = await binlogsOf(pair)
      const bad = (await preflightOf(pair)).filter(({ verdict }) => verdict !== 'ok' && verdict !== 'info')
      expect(told(bad)).toEqual([])
      expect(await binlogsOf(pair)).toBe(before)
    })

    it('finds what is wrong with links, roles and events', async () => {
      tunnel = await openStrayTunnel(pair.old.port)
      const words = statementsFor(await pair.reach.capabilities('new-db'))
      await sayAll(pair.root.old, [`STOP ${replica}`, 'SET GLOBAL auto_increment_offset = 2'])
      await sayAll(pair.root.new, [
        `STOP ${replica}`,
        mysql
          ? `CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 60, SOURCE_PORT = ${tunnel.port}`
          : `CHANGE MASTER TO MASTER_DELAY = 60, MASTER_PORT = ${tunnel.port}`,
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
      await sayAll(pair.root.old, ['INSERT INTO shop.orders (total) VALUES (9)', beat])
      let seen: string[] = []
      await until(
        async () => {
          seen = told(await preflightOf(pair))
          return seen.some((line) => line.startsWith('D02 new-db stop'))
        },
        60_000,
        'the delay does not show'
      )
      const expected = [
        'C09 new-db stop: A link waits 60 s on purpose',
        'D01 old-db stop: The link from new-db is stopped',
        'D02 new-db stop:',
        'D05 new-db stop: A replication filter is set: ',
        'D07 new-db stop: The applier passes over missing and doubled rows',
        `D20 new-db stop: The link runs through 127.0.0.1:${tunnel.port}, which is not the bridge`,
        'E10 new-db stop: Transactions that only new-db has: ',
        'G04 new-db stop: 1 event enabled on new-db: shop.clean',
        'G16 pair warn: Increments 2 and 2, offsets 2 and 2: ids may collide',
        'H09 new-db stop: new-db takes writes'
      ]
      expectEachOnce(seen, expected)
    })

    it('puts roles, events and the link right with its own safe remedies', async () => {
      await sayAll(pair.root.old, ['SET GLOBAL auto_increment_offset = 1'])
      await sayAll(pair.root.new, [
        `STOP ${replica}`,
        mysql
          ? `CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 0, SOURCE_PORT = ${pair.old.port}`
          : `CHANGE MASTER TO MASTER_DELAY = 0, MASTER_PORT = ${pair.old.port}`,
        mysql ? 'CHANGE REPLICATION FILTER REPLICATE_IGNORE_TABLE = ()' : "SET GLOBAL replicate_ignore_table = ''",
        `SET GLOBAL ${mysql ? 'replica' : 'slave'}_exec_mode = 'STRICT'`,
        `START ${replica}`
      ])
      await applySafe(pair, await preflightOf(pair))
      await sayAll(pair.root.new, [
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
        60_000,
        'stops are left'
      )
      await settled.catch(() => undefined)
      expect(left).toEqual([])
    })

    it('finds a third server in the chain, of another kind', async () => {
      const third = await startOwnDatabase('m1011', { serverId: 3 })
      try {
        await third.asRoot(
          `CREATE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`,
          `GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%' WITH GRANT OPTION`
        )
        const at = { port: third.port, ...admin }
        const seenWith = async (ports: Partial<Ports>, oldPort: number, newPort: number) => {
          const move = pairMove(oldPort, newPort)
          const reach = portReach(move, { ...pair.ports, ...ports } as Ports)
          const findings = await preflightOf({ reach, move })
          await reach.close()
          return told(findings)
        }
        const kinds = mysql
          ? [
              'A05 pair stop: One server is MySQL, the other MariaDB',
              'E10 new-db unknown: Not known: The passive server wrote nothing of its own'
            ]
          : []
        expectEachOnce(await seenWith({ 'new-db': at }, pair.old.port, third.port), [
          `C02 old-db stop: old-db itself follows 127.0.0.1:${pair.new.port}`,
          ...kinds
        ])
        expectEachOnce(await seenWith({ 'old-db': at }, third.port, pair.new.port), [
          'C05 new-db stop: new-db follows another server than old-db',
          ...kinds
        ])
      } finally {
        await third.stop()
      }
    })

    it('finds that the logs which the new server needs are gone', async () => {
      await pair.root.new.query(`STOP ${replica}`)
      await sayAll(pair.root.old, ['INSERT INTO shop.orders (total) VALUES (21)', 'FLUSH BINARY LOGS'])
      // A log that a connection which has just ended still reads is kept by the server.
      await until(
        async () => {
          const [logs] = await pair.root.old.query<RowDataPacket[]>('SHOW BINARY LOGS')
          await pair.root.old.query(`PURGE BINARY LOGS TO '${logs.at(-1)?.Log_name}'`)
          return logs.length === 1
        },
        60_000,
        'the logs are still read'
      )
      await pair.root.new.query(`START ${replica}`)
      let seen: string[] = []
      await until(
        async () => {
          seen = told(await preflightOf(pair))
          return seen.some((line) => line.startsWith('D01 new-db stop'))
        },
        60_000,
        'the link does not fail'
      )
      expectEachOnce(seen, [
        `E09 new-db stop: The log it asks for is gone (error ${mysql ? 13114 : 1236})`,
        'D01 new-db stop: '
      ])
      const [[at]] = await pair.root.old.query<RowDataPacket[]>(
        `SELECT ${mysql ? '@@global.gtid_purged' : '@@global.gtid_binlog_pos'} AS position`
      )
      await sayAll(pair.root.new, [
        `STOP ${replica}`,
        mysql
          ? `SET GLOBAL gtid_purged = CONCAT('+', GTID_SUBTRACT('${at?.position}', @@global.gtid_executed))`
          : `SET GLOBAL gtid_slave_pos = '${at?.position}'`,
        `START ${replica}`
      ])
      await until(
        async () => {
          seen = told(await preflightOf(pair))
          return !seen.some((line) => line.includes(' stop: '))
        },
        60_000,
        'stops are left'
      ).catch(() => undefined)
      expect(seen.filter((line) => line.includes(' stop: '))).toEqual([])
    })
  })
}

it('makes fail what the list of this file says', () => expectListed('preflight-linked.test.ts'))
