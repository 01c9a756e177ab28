import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import type { DiffLens, TopologyDiff } from '../../shared/topology-diff'
import { call } from '../api'
import { openMoveId } from './open-move'
import { attempt, notify } from './shell'

export type DiffState =
  | { kind: 'asking'; last: TopologyDiff | null }
  | { kind: 'done'; diff: TopologyDiff }
  | { kind: 'failed'; failure: Failure; last: TopologyDiff | null }

interface Shown {
  moveId: string
  lens: DiffLens
  state: DiffState
}

/** The comparison that the picture shows; null: the picture is live. */
export const useTopologyDiff = create<{ shown: Shown | null }>(() => ({ shown: null }))

const same = (a: DiffLens, b: DiffLens): boolean => JSON.stringify(a) === JSON.stringify(b)

const lastOf = (shown: Shown | null, lens: DiffLens): TopologyDiff | null => {
  if (!shown || !same(shown.lens, lens) || shown.moveId !== openMoveId()) return null
  return shown.state.kind === 'done' ? shown.state.diff : shown.state.last
}

/** An answer that comes after another lens was chosen is dropped. */
const put = (lens: DiffLens, state: DiffState): void => {
  const { shown } = useTopologyDiff.getState()
  if (shown && same(shown.lens, lens) && shown.moveId === openMoveId())
    useTopologyDiff.setState({ shown: { ...shown, state } })
}

/** Shows a comparison and asks for it anew. */
export const showDiff = async (lens: DiffLens): Promise<void> => {
  const moveId = openMoveId()
  const last = lastOf(useTopologyDiff.getState().shown, lens)
  useTopologyDiff.setState({ shown: { moveId, lens, state: { kind: 'asking', last } } })
  try {
    put(lens, { kind: 'done', diff: await call('topology.diff', { moveId, lens }) })
  } catch (error) {
    put(lens, { kind: 'failed', failure: failureOf(error), last })
  }
}

export const showLive = (): void => useTopologyDiff.setState({ shown: null })

/** A difference is expected from now on, for a reason. */
export const acceptDifference = async (lens: DiffLens, difference: string, reason: string): Promise<boolean> => {
  const diff = await attempt(call('topology.accept', { moveId: openMoveId(), lens, difference, reason }))
  if (diff) put(lens, { kind: 'done', diff })
  return diff !== null
}

export const takeBackAcceptance = async (lens: DiffLens, difference: string): Promise<void> => {
  const diff = await attempt(call('topology.unaccept', { moveId: openMoveId(), lens, difference }))
  if (diff) put(lens, { kind: 'done', diff })
}

const written = (answer: { path: string } | null): void => {
  if (answer) notify({ tone: 'ok', text: `Written to ${answer.path}`, detail: null })
}

export const exportDiff = async (lens: DiffLens, format: 'html' | 'markdown' | 'json'): Promise<void> =>
  written(await attempt(call('topology.exportDiff', { moveId: openMoveId(), lens, format })))

export const removeSnapshot = async (snapshot: string): Promise<void> => {
  await attempt(call('topology.removeSnapshot', { moveId: openMoveId(), snapshot }))
}

/** The picture as an SVG and as text; null when it could not be made. */
export const drawing = (): Promise<{ svg: string; text: string } | null> =>
  attempt(call('topology.drawing', { moveId: openMoveId() }))

export const exportSvg = async (): Promise<void> =>
  written(await attempt(call('topology.exportPicture', { moveId: openMoveId(), format: 'svg' })))

export const exportPng = async (base64: string): Promise<void> =>
  written(await attempt(call('topology.exportPicture', { moveId: openMoveId(), format: 'png', base64 })))

export const copyText = async (text: string): Promise<void> => {
  await attempt(call('app.copy', { text: text.slice(0, 200_000) }))
}
