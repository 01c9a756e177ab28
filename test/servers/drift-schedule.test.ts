import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeOpenMoves, type OpenMoves } from '../../src/main/engine/open-moves'
import { forkKeyringInNode } from '../../src/main/store/fork-keyring'
import { Moves } from '../../src/main/store/moves'
import { makeSecrets, type SecretStore } from '../../src/main/store/secrets'
import type { DriftState } from '../../src/shared/drift'
import type { ScheduledDrift } from '../../src/shared/drift-schedule'
import type { News } from '../../src/shared/drift-schedule-words'
import { databaseSecret, secretEnvName } from '../../src/shared/secret'
import { type DriftPair, driftPassword, startDriftPair } from './own/drift-pair'

const day = 86_400_000

describe('a comparison every day at two', () => {
  let pair: DriftPair
  let folder: string
  let secrets: SecretStore
  let open: OpenMoves
  let moveId: string
  /** The clock of the computer, set by the test. */
  let clock = new Date(2026, 10, 24, 1, 59).getTime()
  const due = clock + 60_000
  const told: News[] = []
  const paces: string[] = []
  let ended: (() => void) | null = null

  beforeAll(async () => {
    pair = await startDriftPair('m1011', ['shop'])
    for (const side of ['old', 'new'] as const)
      await pair[side].asRoot(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE shop',
        'CREATE TABLE shop.orders (id INT PRIMARY KEY, buyer VARCHAR(20))',
        "INSERT INTO shop.orders VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Mary')"
      )
    folder = mkdtempSync(join(tmpdir(), 'siteswap-drift-schedule-'))
    const file = join(folder, 'given.json')
    writeFileSync(file, JSON.stringify({ ...pair.move, driftSchedule: { dailyAt: '02:00' } }))
    const moves = new Moves(folder)
    moveId = (await moves.importFrom(file, true)).move.id
    const ids = ['old-db', 'new-db'].map((id) => [secretEnvName(databaseSecret(id)), driftPassword])
    const worker = join(process.cwd(), 'src/main/store/keyring-worker.ts')
    const fork = forkKeyringInNode(worker, ['--import', 'tsx'])
    secrets = makeSecrets({ dir: folder, fork, environment: Object.fromEntries(ids) })
    open = makeOpenMoves({
      ...{ moves, secrets, operator: 'nora@laptop', askHostKey: null },
      emit: (name, payload) => {
        if (name === 'drift' && 'drift' in payload && payload.drift.kind === 'running')
          paces.push(payload.drift.pace?.kind ?? 'full')
        if (name === 'driftSchedule' && 'driftSchedule' in payload && payload.driftSchedule.now === null) ended?.()
      },
      tell: (news) => told.push(news),
      now: () => clock
    })
    await open.open(moveId)
  })
  afterAll(async () => {
    await open?.closeAll()
    secrets?.close()
    await pair?.stop()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  const schedule = () => open.get(moveId).snapshot().driftSchedule
  /** It is this late; answers when what began by it has ended. */
  const at = async (time: number): Promise<ScheduledDrift | null> => {
    const done = new Promise<void>((resolve) => {
      ended = resolve
    })
    clock = time
    open.woke()
    await done
    return schedule().last
  }

  it('does not begin before, and at two compares both servers gently and tells', async () => {
    open.woke()
    expect(schedule()).toEqual({ now: null, last: null })
    const last = await at(due + 5000)
    expect(last).toMatchObject({ dueAt: due, end: { kind: 'compared', verdict: 'equal', rows: 0 } })
    expect(last).not.toHaveProperty('late')
    const drift: DriftState = open.get(moveId).drift.state()
    expect(drift).toMatchObject({ kind: 'done', id: last?.end.kind === 'compared' && last.end.id })
    expect(new Set(paces)).toEqual(new Set(['gentle']))
    expect(told.splice(0)).toEqual([{ title: 'drift test: equal', body: 'Compared today at 02:00 by itself: equal.' }])
    open.woke()
    expect(schedule().now).toBeNull()
  })

  it('waits for a comparison that a person began, then counts what differs and names none of it', async () => {
    await pair.new.asRoot("UPDATE shop.orders SET buyer = 'Eve' WHERE id < 3")
    const byHand = open.get(moveId).drift.start()
    clock = due + day
    open.woke()
    expect(schedule().now).toMatchObject({ kind: 'waiting', dueAt: due + day })
    await byHand
    const last = await at(due + day + 90_000)
    expect(last).toMatchObject({ end: { verdict: 'differs', rows: 2, tables: 1 } })
    const [news, ...more] = told.splice(0)
    expect(more).toEqual([])
    expect(news?.body).toMatch(/ 2 rows differ in 1 table\. It was due .*: it waited for another comparison\.$/)
    expect(JSON.stringify(news)).not.toMatch(/Eve|Ada|orders/)
  })

  it('says after it was closed what it kept, and what it missed', async () => {
    await open.close(moveId)
    await open.open(moveId)
    expect(schedule().last).toMatchObject({ dueAt: due + day, end: { kind: 'compared', verdict: 'differs' } })
    await open.close(moveId)
    clock = due + 4 * day + 3600_000
    await open.open(moveId)
    expect(schedule().last).toMatchObject({ dueAt: due + 4 * day, end: { kind: 'missed' } })
    expect(told).toEqual([])
  })

  it('begins anew when another time is set, also by undo', async () => {
    const live = open.get(moveId)
    const now = new Date(clock)
    const soon = new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours() + 1).getTime()
    const clockOf = (time: number) => new Date(time).toTimeString().slice(0, 5)
    const past = { dailyAt: clockOf(clock - 60_000) }
    await live.save({ ...live.move(), driftSchedule: past })
    expect(schedule().now).toBeNull()
    await live.document.undo()
    expect(live.move().driftSchedule).toEqual({ dailyAt: '02:00' })
    await live.document.redo()
    expect(live.move().driftSchedule).toEqual(past)
    expect(live.document.state().undo).toBe('comparison by itself · dailyAt: 02:00 → 02:59')
    await live.save({ ...live.move(), driftSchedule: { dailyAt: clockOf(soon) } })
    const last = await at(soon)
    expect(last).toMatchObject({ dueAt: soon, end: { kind: 'compared' } })
  })
})
