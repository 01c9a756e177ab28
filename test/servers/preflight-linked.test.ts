import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statementsFor } from '../../src/main/mysql/statements'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
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

for (const flavour of ['m1011', 'my97'] satisfies FlavourName[]) {
  const mysql = flavour === 'my97'
  const replica = mysql ? 'REPLICA' : 'SLAVE'

  describe(`preflight on a linked pair of ${flavour}`, () => {
    let pair: Pair

    beforeAll(async () => {
      pair = await startShopPair(flavour)
    })
    afterAll(async () => {
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
      const words = statementsFor(await pair.reach.capabilities('new-db'))
      await sayAll(pair.root.old, [`STOP ${replica}`, 'SET GLOBAL auto_increment_offset = 2'])
      await sayAll(pair.root.new, [
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
      await sayAll(pair.root.old, ['INSERT INTO shop.orders (total) VALUES (9)', beat])
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
      expectEachOnce(seen, expected)
    })

    it('puts roles, events and the link right with its own safe remedies', async () => {
      await sayAll(pair.root.old, ['SET GLOBAL auto_increment_offset = 1'])
      await sayAll(pair.root.new, [
        `STOP ${replica}`,
        mysql ? 'CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 0' : 'CHANGE MASTER TO MASTER_DELAY = 0',
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
        20_000,
        'stops are left'
      )
      await settled.catch(() => undefined)
      expect(left).toEqual([])
    })
  })
}
