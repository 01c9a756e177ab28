import { fail } from '../../shared/failure'
import { statementsFor } from '../mysql/statements'
import { type LogPlace, samePlace } from './applier'
import { pauseFor } from './breath'
import type { CompareSession } from './compare-session'

/** Turns a session into a reader of one moment. */
export const openSnapshot = async (session: CompareSession): Promise<void> => {
  await session.rows('ROLLBACK')
  await session.rows('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
  await session.rows('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
}

/** What the active server had written when its snapshot was opened. */
export interface ActivePosition {
  place: LogPlace
  /** Executed GTIDs; '' without them. */
  gtids: string
}

const noBinlog = (session: CompareSession): Error =>
  fail('conflict', `${session.server} writes no binary log, so its snapshot has no position.`, {
    where: session.server,
    try: ['Compare without certifying.']
  })

/** The end of the binary log and the executed transactions. */
export const readActivePosition = async (session: CompareSession): Promise<ActivePosition> => {
  const statements = statementsFor(session.capabilities)
  const [row] = await session.rows(statements.binlogStatus(), 10_000)
  if (!row?.File || !row.Position) throw noBinlog(session)
  const gtids =
    session.capabilities.gtid === 'off'
      ? ''
      : ((await session.rows(statements.position(), 10_000))[0]?.executed ?? '').replace(/\s+/g, '')
  return { place: { file: row.File, offset: BigInt(row.Position) }, gtids }
}

const readPlace = async (session: CompareSession): Promise<LogPlace | null> => {
  const rows = await session.cells("SHOW STATUS LIKE 'binlog_snapshot_%'", 10_000)
  const value = (name: string): string | undefined =>
    rows.find((row) => row[0]?.toLowerCase() === `binlog_snapshot_${name}`)?.[1] ?? undefined
  const [file, offset] = [value('file'), value('position')]
  return file && offset && offset !== '0' ? { file, offset: BigInt(offset) } : null
}

const readingsAlike = 5
const mostReadings = 60

/**
 * MariaDB tells which place of its log the snapshot of a session belongs to; null on servers that do not. It answers by
 * way of variables that all sessions share (log.cc, binlog_status_vars_detail), so that another session's SHOW STATUS at
 * the same moment shows through: five readings in a row must agree, and no two sessions of ours may ask at once.
 */
export const snapshotPlace = async (session: CompareSession): Promise<LogPlace | null> => {
  let place = await readPlace(session)
  if (!place) return null
  for (let reading = 1, alike = 1; reading < mostReadings; reading += 1) {
    const next = await readPlace(session)
    alike = next && samePlace(place, next) ? alike + 1 : 1
    if (alike === readingsAlike) return place
    place = next ?? place
  }
  throw fail('conflict', `${session.server} did not tell alike which position its snapshot belongs to.`, {
    where: session.server,
    why: 'Many other sessions ask for its status at the same time.',
    try: ['Certify again, or pause what watches this server.']
  })
}

const samePosition = (a: ActivePosition, b: ActivePosition): boolean =>
  a.place.file === b.place.file && a.place.offset === b.place.offset && a.gtids === b.gtids

/** A transaction is told in the log a moment before rows of it are seen: so long nothing may have come. */
const settledMs = 60

/**
 * Snapshots of all sessions in a moment in which nothing was written, with its position; null when something was. Read
 * three times: what was already in the log but not yet committed at the first look has come by the last.
 */
export const quietSnapshots = async (
  sessions: readonly CompareSession[],
  watcher: CompareSession,
  signal: AbortSignal
): Promise<ActivePosition | null> => {
  const before = await readActivePosition(watcher)
  await Promise.all(sessions.map(openSnapshot))
  const after = await readActivePosition(watcher)
  if (!samePosition(before, after)) return null
  await pauseFor(settledMs, signal)
  return samePosition(before, await readActivePosition(watcher)) ? before : null
}

/** Sent around the opening of locked snapshots; also when opening fails. */
export const lockStatements = ['FLUSH TABLES WITH READ LOCK', 'UNLOCK TABLES'] as const

/** The same under a global read lock of some milliseconds, for servers that never come to rest. Only when it was asked for. */
export const lockedSnapshots = async (
  sessions: readonly CompareSession[],
  watcher: CompareSession
): Promise<ActivePosition> => {
  const [lock, unlock] = lockStatements
  await watcher.rows('SET SESSION lock_wait_timeout = 2')
  try {
    await watcher.rows(lock, 5_000)
    const position = await readActivePosition(watcher)
    await Promise.all(sessions.map(openSnapshot))
    return position
  } finally {
    await watcher.rows(unlock)
  }
}
