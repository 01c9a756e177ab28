import { create } from 'zustand'
import type { Calls } from '../../shared/contract'
import type { MoveVersion, SavedSite } from '../../shared/document'
import { type Failure, failureOf } from '../../shared/failure'
import type { SiteSide } from '../../shared/move'
import type { MoveChange } from '../../shared/move-changes'
import type { MoveReview } from '../../shared/move-review'
import { call } from '../api'
import { openMoveId, useOpenMove } from './open-move'
import { attempt, loadMoves, notify } from './shell'

/** Takes the last edit of the document back, or does it again; says what it was. */
export const travel = async (way: 'undo' | 'redo'): Promise<void> => {
  const { state } = useOpenMove.getState()
  if (state.kind !== 'open') return
  const what = state.open.document[way]
  if (what === null) return
  const done = await attempt(call(way === 'undo' ? 'moves.undo' : 'moves.redo', { moveId: state.open.move.id }))
  if (done === null && useOpenMove.getState().state.kind !== 'open') return
  notify({ tone: 'ok', text: way === 'undo' ? 'Undone' : 'Done again', detail: what })
}

const lastEdit = (): string | null => {
  const { state } = useOpenMove.getState()
  return state.kind === 'open' ? state.open.document.undo : null
}

/** What counts after the file was changed outside. */
export const answerOutside = async (choice: 'take' | 'keep' | 'dismiss'): Promise<void> => {
  await attempt(call('moves.outside', { moveId: openMoveId(), choice }))
  useOpenMove.setState({ saveFailure: null })
}

const drafting = new Set<string>()

/** A form tells whether something is typed in it that is not saved; the main process then asks before a file from outside counts. */
export const reportDraft = (form: string, unsaved: boolean): void => {
  const before = drafting.size > 0
  if (unsaved) drafting.add(form)
  else drafting.delete(form)
  const moveId = openMoveId()
  if (moveId && drafting.size > 0 !== before) void attempt(call('moves.drafting', { moveId, drafting: !before }))
}

/** How often the document was put in from elsewhere: forms begin anew with it. */
export const useEpoch = (): number =>
  useOpenMove(({ state }) => (state.kind === 'open' ? state.open.document.epoch : 0))

export const documentEpoch = (): number => {
  const { state } = useOpenMove.getState()
  return state.kind === 'open' ? state.open.document.epoch : 0
}

export type VersionsState =
  | { kind: 'reading' }
  | { kind: 'read'; versions: MoveVersion[] }
  | { kind: 'failed'; failure: Failure }

/** The earlier versions of a move, open or not. */
export const readVersions = async (moveId: string): Promise<VersionsState> => {
  try {
    return { kind: 'read', versions: await call('moves.versions', { moveId }) }
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) }
  }
}

export const restoreVersion = async (moveId: string, version: string): Promise<boolean> => {
  const done = await attempt(call('moves.restore', { moveId, version }).then(() => true))
  await loadMoves()
  if (done)
    notify({ tone: 'ok', text: 'The earlier version is back', detail: 'What was there before is among the versions.' })
  return done === true
}

/** Lets a move from elsewhere be opened, after a person has seen what it asks for. */
export const allowMove = async (moveId: string, seen: MoveReview): Promise<boolean> => {
  const done = await attempt(call('moves.allow', { moveId, seen }).then(() => true))
  await loadMoves()
  return done === true
}

export const useSavedSites = create<{ sites: SavedSite[] | null }>(() => ({ sites: null }))

export const loadSites = async (): Promise<void> => {
  const sites = await attempt(call('sites.list', {}))
  if (sites) useSavedSites.setState({ sites })
}

export const saveSite = async (side: SiteSide, name: string, secrets: boolean): Promise<boolean> => {
  const saved = await attempt(call('sites.save', { moveId: openMoveId(), side, name, secrets }))
  if (!saved) return false
  await loadSites()
  notify({ tone: 'ok', text: `${name} saved`, detail: 'Use it in this move or in others, or begin a new one with it.' })
  return true
}

/** What saving this side over a saved site would change in it; null when it cannot be told. */
export const siteChanges = async (side: SiteSide, siteId: string): Promise<MoveChange[] | null> =>
  (await attempt(call('sites.changes', { moveId: openMoveId(), side, siteId })))?.changes ?? null

/** A saved site, the side it goes to, and whether it takes the place of what is there. */
export type WantedSite = { siteId: string; side: SiteSide; use: 'replace' | 'add' }

export const previewSite = async (wanted: WantedSite): Promise<Calls['sites.preview']['answer'] | null> =>
  attempt(call('sites.preview', { moveId: openMoveId(), ...wanted }))

/** Puts a saved site into the opened move; undo takes it out again. */
export const applySite = async (wanted: WantedSite, name: string): Promise<boolean> => {
  const done = await attempt(call('sites.use', { moveId: openMoveId(), ...wanted }).then(() => true))
  const mine = lastEdit()
  if (done)
    notify({
      ...{ tone: 'ok', text: `${name} is in the move`, detail: 'Nothing was contacted.' },
      // A later edit must not be taken back in its place.
      action: { label: 'Undo', run: () => void (lastEdit() === mine && travel('undo')) }
    })
  return done === true
}

/** Takes a site in from a file; null when none was chosen, or it is none. */
export const importSite = async (): Promise<Calls['sites.import']['answer']> => {
  const taken = await attempt(call('sites.import', {}))
  await loadSites()
  return taken
}

export const exportSite = async (siteId: string): Promise<void> => {
  const written = await attempt(call('sites.export', { siteId }))
  if (written) notify({ tone: 'ok', text: 'Site exported, without secrets', detail: written.path })
}

/** Lets moves use a site from elsewhere, after a person has seen what it asks for. */
export const allowSite = async (siteId: string, name: string, seen: MoveReview): Promise<boolean> => {
  const done = await attempt(call('sites.allow', { siteId, seen }).then(() => true))
  await loadSites()
  if (done) notify({ tone: 'ok', text: `Moves can use ${name} now`, detail: null })
  return done === true
}

export const removeSite = async (siteId: string): Promise<void> => {
  await attempt(call('sites.remove', { siteId }))
  await loadSites()
}

/** Names of the passwords kept for a move; null when they cannot be told. */
export const secretNames = async (moveId: string): Promise<string[] | null> => attempt(call('secrets.list', { moveId }))
