import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certifyPlan } from '../../src/main/drift/certify-plan'
import { openCompareSession } from '../../src/main/drift/compare-session'
import { openSnapshot, snapshotPlace } from '../../src/main/drift/snapshot'
import { statementsFor } from '../../src/main/mysql/statements'
import type { DriftState } from '../../src/shared/drift'
import { type DriftPair, startDriftPair } from './own/drift-pair'

/** What only looks, or concerns the session alone. */
const reads =
  /^(SELECT|SHOW|EXPLAIN|SET NAMES|SET SESSION|SET STATEMENT|SET @|ROLLBACK|START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY|DO 1)/i

/** A place in a log as the plan writes one that is not known yet. */
const placeless = (statement: string): string =>
  statement.replace(/LOG_FILE = '[^']+'/, 'LOG_FILE = ‹file›').replace(/LOG_POS = \d+/, 'LOG_POS = ‹position›')

describe.each(['m1011', 'my97'] as const)('a certificate on %s', (flavour) => {
  let pair: DriftPair
  const servers = { 'old-db': () => pair.old, 'new-db': () => pair.new }

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['shop'])
    await pair.follow('new')
    await pair.old.asRoot('CREATE DATABASE shop', 'CREATE TABLE shop.orders (id INT PRIMARY KEY, a INT)')
    await pair.old.asRoot('INSERT INTO shop.orders VALUES (1, 1), (2, 2)')
    await pair.new.asRoot('SET GLOBAL read_only = 1')
    for (const database of [pair.old, pair.new])
      await database.asRoot("SET GLOBAL log_output = 'TABLE'", 'SET GLOBAL general_log = 1')
  })
  afterAll(async () => {
    await pair?.stop()
  })

  const plan = (lock: boolean) =>
    certifyPlan(
      { reach: pair.reach, oldServer: 'old-db', newServer: 'new-db', signal: AbortSignal.timeout(30_000) },
      lock
    )
  /** What each server was sent by our account beside reads, in its own words and order. */
  const sent = async (server: keyof typeof servers): Promise<string[]> => {
    const root = await servers[server]().root()
    try {
      const [rows] = await root.query(
        "SELECT CONVERT(argument USING utf8mb4) AS said FROM mysql.general_log WHERE user_host LIKE '%reader%' AND command_type = 'Query' ORDER BY event_time, thread_id"
      )
      return (rows as { said: string }[]).map((row) => row.said).filter((said) => !reads.test(said))
    } finally {
      await root.end()
    }
  }
  const forget = async (): Promise<void> => {
    for (const server of Object.values(servers)) await server().asRoot('TRUNCATE TABLE mysql.general_log')
  }
  const applierRuns = async (): Promise<string | null | undefined> => {
    const session = await pair.reach.openSession('new-db', 'look')
    try {
      const [row] = await session.query(statementsFor(await pair.reach.capabilities('new-db')).showLinks())
      return row?.Replica_SQL_Running ?? row?.Slave_SQL_Running
    } finally {
      await session.close()
    }
  }
  const certified = async (lock: boolean): Promise<DriftState> =>
    await pair.compare({ wish: { certify: lock ? 'brief-lock' : true } }).done

  it.each([false, true])('sends exactly what its plan shows, with a lock allowed: %s', async (lock) => {
    await pair.old.asRoot(`UPDATE shop.orders SET a = a + 1 WHERE id = ${lock ? 1 : 2}`)
    await forget()
    const shown = await plan(lock)
    for (const server of ['old-db', 'new-db'] as const) expect(await sent(server)).toEqual([])
    expect(await certified(lock)).toMatchObject({
      kind: 'done',
      certificate: { position: expect.stringMatching(/:\d+$/) }
    })
    for (const server of ['old-db', 'new-db'] as const)
      expect((await sent(server)).map(placeless)).toEqual(
        shown.filter((one) => one.server === server).map((one) => one.statement)
      )
    expect(shown.map((one) => one.statement).join()).toMatch(lock && flavour === 'my97' ? /FLUSH.*UNLOCK/ : /^STOP/)
    expect(shown.some((one) => one.statement.startsWith('FLUSH'))).toBe(lock && flavour === 'my97')
    expect(await applierRuns()).toBe('Yes')
  })

  it('knows the place of its own snapshot, whoever asks for the status at the same moment', async () => {
    const session = await openCompareSession(pair.reach, 'old-db', AbortSignal.timeout(60_000))
    const others = await Promise.all(Array.from({ length: 3 }, () => pair.old.root()))
    let asking = true
    try {
      await openSnapshot(session)
      const place = await snapshotPlace(session)
      if (flavour === 'my97') {
        expect(place).toBeNull()
        return
      }
      await pair.old.asRoot('UPDATE shop.orders SET a = a + 2')
      const noise = others.map(async (other) => {
        while (asking) await other.query("SHOW STATUS LIKE 'binlog%'")
      })
      for (let turn = 0; turn < 100; turn += 1) expect(await snapshotPlace(session)).toEqual(place)
      asking = false
      await Promise.all(noise)
    } finally {
      asking = false
      for (const other of others) await other.end()
      await session.close()
    }
  })

  it('starts the applier again when the lock is refused', async () => {
    if (flavour !== 'my97') {
      // A server that tells the place of its snapshots is never locked, whatever the account may do.
      expect((await plan(true)).map((one) => one.server)).toEqual(['new-db', 'new-db', 'new-db'])
      return
    }
    await pair.old.asRoot('SET SESSION sql_log_bin = 0', "REVOKE RELOAD, FLUSH_TABLES ON *.* FROM 'reader'@'%'")
    await forget()
    const state = await certified(true)
    expect(state).toMatchObject({ kind: 'failed', failure: { kind: 'denied', code: 1227 } })
    expect(await sent('new-db')).toEqual(
      (await plan(true)).flatMap(({ server, statement }) =>
        server === 'new-db' && !statement.includes('UNTIL') ? [statement] : []
      )
    )
    expect(await applierRuns()).toBe('Yes')
    expect(await certified(false)).toMatchObject({ kind: 'done' })
  })
})
