import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import { makeReaching } from '../../src/main/runbooks/hands'
import { failureOf } from '../../src/shared/failure'
import { moveSchema } from '../../src/shared/move'
import type { SqlAction } from '../../src/shared/runbook'
import { type OwnDatabase, startOwnDatabase } from './own/database'

const password = 'look-only-test'
let database: OwnDatabase
const reaches: Reach[] = []

const reachTo = (lookOnly: boolean): Reach => {
  const entry = {
    id: 'db1',
    name: 'db1',
    kind: 'database',
    database: { host: '127.0.0.1', port: database.port, via: 'direct', user: 'app' },
    ...(lookOnly ? { lookOnly: true } : {})
  }
  const move = moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: 'look-only',
    name: 'Look only',
    createdAt: 0,
    old: { name: 'Old', servers: [entry] },
    new: { name: 'New' }
  })
  const reach = makeReach({ move, secrets: { get: async () => password }, askHostKey: null })
  reaches.push(reach)
  return reach
}

const make: SqlAction = {
  kind: 'sql',
  server: 'db1',
  session: 'operate',
  statements: ['CREATE DATABASE made_by_siteswap'],
  onePacket: false,
  changes: true
}

const made = async (): Promise<number> => {
  const root = await database.root()
  try {
    const [rows] = await root.query("SHOW DATABASES LIKE 'made_by_siteswap'")
    return (rows as unknown[]).length
  } finally {
    await root.end()
  }
}

beforeAll(async () => {
  database = await startOwnDatabase('m1011')
  await database.asRoot(`CREATE USER app@'%' IDENTIFIED BY '${password}'`, "GRANT ALL ON *.* TO app@'%'")
})
afterAll(async () => {
  for (const reach of reaches) await reach.close()
  await database?.stop()
})

describe('a real server that is marked “only look”', () => {
  it('is read from, and stays as it is when a change is asked for', async () => {
    const hands = makeReaching(reachTo(true))
    const refused = [make, { ...make, onePacket: true }].map((action) => hands.sql(action).then(() => null, failureOf))
    for (const failure of await Promise.all(refused)) expect(failure).toMatchObject({ kind: 'denied', where: 'db1' })
    expect(await made()).toBe(0)
    expect(await hands.read('db1', 'watch', 'SELECT 1 AS one')).toEqual([{ one: '1' }])
  })

  it('gets the same statement once the mark is off', async () => {
    await makeReaching(reachTo(false)).sql(make)
    expect(await made()).toBe(1)
  })
})
