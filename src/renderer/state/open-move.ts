import { create } from 'zustand'
import type { Calls, EventName, Events, LagHistory, OpenMove } from '../../shared/contract'
import { type Failure, failureOf } from '../../shared/failure'
import { firstStation } from '../../shared/journey'
import type { Move } from '../../shared/move'
import type { Run } from '../../shared/runbook'
import { call, on } from '../api'
import { attempt, loadMoves, openStation, useShell } from './shell'

export type OpenState =
  | { kind: 'none' }
  | { kind: 'opening'; moveId: string }
  | { kind: 'open'; open: OpenMove; sessions: number }
  | { kind: 'failed'; moveId: string; failure: Failure }

export const useOpenMove = create<{ state: OpenState; saveFailure: Failure | null }>(() => ({
  state: { kind: 'none' },
  saveFailure: null
}))

/** The opened move; for stations, which are only shown while one is open. */
export const useMove = (): OpenMove => {
  const open = useOpenMove((store) => (store.state.kind === 'open' ? store.state.open : null))
  if (!open) throw new Error('No move is open.')
  return open
}

/** Beside the rest: with each second's picture comes this too, and what does not draw it is not drawn twice. */
const useLagOf = create<{ of: string; lag: LagHistory | null }>(() => ({ of: '', lag: null }))

/** The lag of all links over the last minutes, for the one chart that draws it. */
export const useLag = (): LagHistory => {
  const { move, lag } = useMove()
  const heard = useLagOf((store) => (store.of === move.id ? store.lag : null))
  return heard ?? lag
}

export const openMoveId = (): string => {
  const { state } = useOpenMove.getState()
  return state.kind === 'open' ? state.open.move.id : ''
}

const change = (moveId: string, update: (open: OpenMove) => Partial<OpenMove>): void =>
  useOpenMove.setState(({ state }) =>
    state.kind === 'open' && state.open.move.id === moveId
      ? { state: { ...state, open: { ...state.open, ...update(state.open) } } }
      : {}
  )

const withRun = (runs: Run[], run: Run): Run[] =>
  runs.some((known) => known.id === run.id) ? runs.map((known) => (known.id === run.id ? run : known)) : [...runs, run]

const listen = <Name extends EventName>(
  name: Name,
  update: (payload: Events[Name], open: OpenMove) => Partial<OpenMove>
): void => {
  on(name, (payload) => {
    if ('moveId' in payload) change(payload.moveId, (open) => update(payload, open))
  })
}

/** Every event replaces its whole snapshot. Called once at start. */
export const startOpenMove = (): void => {
  listen('move', ({ move, savedAt }) => ({ move, savedAt }))
  listen('document', ({ document }) => ({ document }))
  listen('topology', ({ topology }) => ({ topology }))
  listen('snapshots', ({ snapshots }) => ({ snapshots }))
  listen('doctor', ({ serverId, doctor }, open) => ({ doctors: { ...open.doctors, [serverId]: doctor } }))
  listen('preflight', ({ preflight }) => ({ preflight }))
  listen('drift', ({ drift }) => ({ drift }))
  listen('driftSchedule', ({ driftSchedule }) => ({ driftSchedule }))
  listen('run', ({ run }, open) => ({ runs: withRun(open.runs, run) }))
  listen('canary', ({ canary }) => ({ canary }))
  on('lag', ({ moveId, lag }) => useLagOf.setState({ of: moveId, lag }))
  listen('journal', ({ journal }) => ({ journal }))
  on('sessions', ({ moveId, open }) =>
    useOpenMove.setState(({ state }) =>
      state.kind === 'open' && state.open.move.id === moveId ? { state: { ...state, sessions: open } } : {}
    )
  )
}

/** Opens a move and shows the station where it stands. */
export const openMove = async (moveId: string): Promise<void> => {
  useOpenMove.setState({ state: { kind: 'opening', moveId }, saveFailure: null })
  try {
    const open = await call('moves.open', { moveId })
    useLagOf.setState({ of: moveId, lag: null })
    useOpenMove.setState({ state: { kind: 'open', open, sessions: 0 } })
    openStation(firstStation(open, Date.now()))
  } catch (error) {
    useOpenMove.setState({ state: { kind: 'failed', moveId, failure: failureOf(error) } })
  }
}

export const closeMove = async (): Promise<void> => {
  const moveId = openMoveId()
  useOpenMove.setState({ state: { kind: 'none' } })
  if (moveId) await attempt(call('moves.close', { moveId }))
  await loadMoves()
}

export const createMove = async (wanted: Calls['moves.create']['args']): Promise<void> => {
  const made = await attempt(call('moves.create', wanted))
  if (made) await openMove(made.moveId)
}

export const importMove = async (): Promise<Calls['moves.import']['answer']> => {
  const taken = await attempt(call('moves.import', {}))
  await loadMoves()
  return taken
}

/** Saves an edited move; the shown one changes at once, a failure to save is kept in sight until the next save. */
export const saveMove = async (move: Move): Promise<boolean> => {
  change(move.id, () => ({ move }))
  try {
    const { savedAt } = await call('moves.save', { move })
    change(move.id, () => ({ savedAt }))
    useOpenMove.setState({ saveFailure: null })
    return true
  } catch (error) {
    useOpenMove.setState({ saveFailure: failureOf(error) })
    return false
  }
}

export const showStart = async (): Promise<void> => {
  const start = useShell.getState().info?.openAtStart
  if (start) await openMove(start)
}
