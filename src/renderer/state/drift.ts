import { useEffect } from 'react'
import { create } from 'zustand'
import type { RowDifference } from '../../shared/drift'
import { type Failure, failureOf } from '../../shared/failure'
import { call } from '../api'
import { openMoveId } from './open-move'

/** Most differing rows that are asked for; the verdict counts all. */
export const rowLimit = 1000

export type RowsState =
  | { kind: 'asking' }
  | { kind: 'ready'; rows: RowDifference[] }
  | { kind: 'failed'; failure: Failure }

interface DriftCommands {
  busy: 'start' | 'stop' | null
  /** Why the comparison could not be started or stopped. */
  failed: { moveId: string; failure: Failure; at: number } | null
  /** Rows of the table looked at; `key` says of which comparison and table. */
  rows: { key: string; state: RowsState } | null
}

export const useDrift = create<DriftCommands>(() => ({ busy: null, failed: null, rows: null }))

const command = async (name: 'start' | 'stop'): Promise<void> => {
  if (useDrift.getState().busy) return
  const moveId = openMoveId()
  useDrift.setState({ busy: name, failed: null })
  try {
    await call(`drift.${name}`, { moveId })
  } catch (error) {
    useDrift.setState({ failed: { moveId, failure: failureOf(error), at: Date.now() } })
  } finally {
    useDrift.setState({ busy: null })
  }
}

/** Compares both servers anew; only reads. */
export const startDrift = (): Promise<void> => command('start')
export const stopDrift = (): Promise<void> => command('stop')

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
