import { useEffect } from 'react'
import { create } from 'zustand'
import type { PlannedStatement, RowDifference } from '../../shared/drift'
import type { DriftWish } from '../../shared/drift-wish'
import { type Failure, failureOf } from '../../shared/failure'
import { call } from '../api'
import { openMoveId } from './open-move'
import { attempt, notify } from './shell'

/** Most differing rows that are asked for; the verdict counts all. */
export const rowLimit = 1000

export type RowsState =
  | { kind: 'asking' }
  | { kind: 'ready'; rows: RowDifference[] }
  | { kind: 'failed'; failure: Failure }

type DriftCommand = 'start' | 'stop' | 'pause' | 'resume'

interface DriftCommands {
  busy: DriftCommand | null
  /** Why a command was refused. */
  failed: { moveId: string; failure: Failure; at: number } | null
  /** Rows of the table looked at; `key` says of which comparison and table. */
  rows: { key: string; state: RowsState } | null
}

export const useDrift = create<DriftCommands>(() => ({ busy: null, failed: null, rows: null }))

const command = async (name: DriftCommand, wish?: DriftWish): Promise<void> => {
  if (useDrift.getState().busy) return
  const moveId = openMoveId()
  useDrift.setState({ busy: name, failed: null })
  try {
    if (name === 'start') await call('drift.start', wish ? { moveId, wish } : { moveId })
    else await call(`drift.${name}`, { moveId })
  } catch (error) {
    useDrift.setState({ failed: { moveId, failure: failureOf(error), at: Date.now() } })
  } finally {
    useDrift.setState({ busy: null })
  }
}

/** Compares both servers anew; only reads, unless it is to be certified. */
export const startDrift = (wish?: DriftWish): Promise<void> => command('start', wish)
export const stopDrift = (): Promise<void> => command('stop')
/** Holds a comparison where it is; what was found stays. */
export const pauseDrift = (): Promise<void> => command('pause')
export const resumeDrift = (): Promise<void> => command('resume')

/** What certifying would send beside reads. Rejects when it cannot be done. */
export const askCertifyPlan = (lock: boolean): Promise<PlannedStatement[]> =>
  call('drift.plan', { moveId: openMoveId(), lock })

/** Saves the kept rows of a table as a file. */
export const exportRows = async (at: { schema: string; table: string }, format: 'csv' | 'json', mask: boolean) => {
  const done = await attempt(call('drift.exportRows', { moveId: openMoveId(), ...at, format, mask }))
  if (done) notify({ tone: 'ok', text: 'The differing rows were saved.', detail: done.path })
}

/** Asks once more for the rows of a table; an answer that comes after another table was chosen is dropped. */
export const askRows = async (key: string, schema: string, table: string): Promise<void> => {
  const put = (state: RowsState) =>
    useDrift.setState(({ rows }) => (rows === null || rows.key === key ? { rows: { key, state } } : {}))
  useDrift.setState({ rows: { key, state: { kind: 'asking' } } })
  try {
    put({ kind: 'ready', rows: await call('drift.rows', { moveId: openMoveId(), schema, table, limit: rowLimit }) })
  } catch (error) {
    put({ kind: 'failed', failure: failureOf(error) })
  }
}

/** The differing rows of a table, asked when it is shown; `stamp` changes when there may be others. */
export const useRows = (schema: string, table: string, stamp: string): RowsState => {
  const key = JSON.stringify([openMoveId(), schema, table, stamp])
  useEffect(() => {
    void askRows(key, schema, table)
  }, [key, schema, table])
  const rows = useDrift((drift) => drift.rows)
  return rows?.key === key ? rows.state : { kind: 'asking' }
}
