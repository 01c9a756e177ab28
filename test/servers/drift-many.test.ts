import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { driftVerdict } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'

/** `DRIFT_TABLES=100000` is for whoever has half an hour; the bounds are the same. */
const count = Number(process.env.DRIFT_TABLES ?? 320)
const minutes = Math.max(2, Math.ceil(count / 1500))
const mostBytes = 150e6
/** Spread over one schema that is read in portions and many small ones, as hosting does. */
const large = Math.max(Math.floor(count * 0.6), Math.min(count - 40, 280))
const perSmall = 20

/** Bytes that are in use: what V8 has not collected yet is as much as it likes. */
const held = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

const nameOf = (index: number): string =>
  index < large ? `shop.t${index}` : `blog${Math.floor((index - large) / perSmall)}.t${index}`

describe(`${count} tables in one server`, () => {
  let pair: DriftPair

  beforeAll(async () => {
    pair = await startDriftPair('m1011')
    const schemas = new Set(Array.from({ length: count }, (_, index) => nameOf(index).split('.')[0]))
    await Promise.all(
      (['old', 'new'] as const).map(async (side) => {
        await pair[side].asRoot(
          'SET GLOBAL innodb_flush_log_at_trx_commit = 0',
          'SET GLOBAL sync_binlog = 0',
          'SET SESSION sql_log_bin = 0',
          ...[...schemas].map((schema) => `CREATE DATABASE ${schema}`),
          ...Array.from(
            { length: count },
            (_, index) =>
              `CREATE TABLE ${nameOf(index)} (id INT PRIMARY KEY, a VARCHAR(40), b DATETIME, KEY (b)) ENGINE = MyISAM`
          ),
          // One has another shape, so that not everything is shared.
          'ALTER TABLE shop.t3 ADD COLUMN more INT',
          'INSERT INTO shop.t1 (id, a) VALUES (1, 1), (2, 2)'
        )
      })
    )
    await pair.new.asRoot('SET SESSION sql_log_bin = 0', `INSERT INTO ${nameOf(count - 1)} (id) VALUES (7)`)
  }, minutes * 60_000)
  afterAll(async () => {
    await pair?.stop()
  })

  it(
    'are all compared, in little memory',
    async () => {
      const before = held()
      let most = 0
      const looking = setInterval(
        () => {
          most = Math.max(most, held() - before)
        },
        Math.max(100, count / 30)
      )
      const state = await pair.compare({ signal: AbortSignal.timeout(minutes * 60_000), keep: () => {} }).done
      clearInterval(looking)
      if (state.kind !== 'done') throw new Error(JSON.stringify(state.kind === 'failed' && state.failure))
      expect(state.tables).toHaveLength(count)
      expect(new Set(state.tables.map((table) => `${table.schema}.${table.table}`)).size).toBe(count)
      expect(driftVerdict(state)).toBe('differs')
      expect(
        state.tables.filter(({ verdict }) => verdict.kind !== 'same').map(({ schema, table }) => `${schema}.${table}`)
      ).toEqual([nameOf(count - 1)])
      expect(state.objects.filter((one) => one.kind !== 'account')).toEqual([])
      expect(most).toBeLessThan(mostBytes)
      if (process.env.DRIFT_TABLES) console.log(`${count} tables: ${Math.round(most / 1e6)} MB held at most`)
    },
    minutes * 60_000
  )
})
