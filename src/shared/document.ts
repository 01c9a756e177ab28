import { z } from 'zod'
import type { Failure } from './failure'
import type { MoveChange } from './move-changes'
import type { MoveReview } from './move-review'

/** Somebody else wrote the file of an opened move: an editor, git, a second program. */
export type OutsideEdit =
  /** Nothing was unsaved here and nothing new is contacted: the file counts. */
  | { kind: 'taken'; at: number; changes: MoveChange[] }
  /** A person decides; until then nothing is saved here and nothing of the file is used. `asksFor`: what it newly contacts, runs or reads. */
  | { kind: 'asks'; at: number; why: 'unsaved' | 'new-ways' | 'running'; changes: MoveChange[]; asksFor: MoveReview }
  | { kind: 'unreadable'; at: number; failure: Failure }
  | { kind: 'gone'; at: number }

/** How the document of an opened move stands. */
export interface DocumentState {
  /** Grows when the document was put in from elsewhere (file, undo, earlier version): open forms begin anew. */
  epoch: number
  /** What undo would take back, in words; null: nothing. */
  undo: string | null
  redo: string | null
  outside: OutsideEdit | null
}

export const freshDocument: DocumentState = { epoch: 0, undo: null, redo: null, outside: null }

/** An earlier version of a move, newest first in a list; `changes` lead from it to the next newer one. */
export interface MoveVersion {
  id: string
  savedAt: number
  changes: MoveChange[]
  /** Set when this version cannot be restored. */
  failure: Failure | null
}

/** A site that can be used in several moves. */
export interface SavedSite {
  id: string
  name: string
  servers: { name: string; kind: 'database' | 'web' | 'other' }[]
  /** Passwords kept with it, by name. */
  secrets: number
  /** What it asks for that nobody here has looked at yet; it is not used before. */
  review: MoveReview | null
  broken: Failure | null
}

export const reviewSchema = z.strictObject({
  contacts: z.array(z.string().max(5000)).max(20_000),
  commands: z.array(z.string().max(5000)).max(5000),
  files: z.array(z.string().max(5000)).max(20_000)
})
