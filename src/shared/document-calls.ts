import { z } from 'zod'
import { type MoveVersion, reviewSchema, type SavedSite } from './document'
import type { Failure } from './failure'
import { moveSchema } from './move'
import type { MoveChange } from './move-changes'
import type { MoveReview } from './move-review'

const moveId = z.strictObject({ moveId: z.string().max(64) })
const siteRef = z.strictObject({ siteId: z.string().max(64) })
const siteInMove = z.strictObject({
  moveId: z.string().max(64),
  side: z.enum(['old', 'new']),
  siteId: z.string().max(64)
})
/** In the place of what is there, or beside it. */
const siteUse = siteInMove.extend({ use: z.enum(['replace', 'add']) })
const nothing = z.strictObject({})

/** The calls of the contract that concern moves and sites as documents. */
export const documentCalls = {
  'moves.list': nothing,
  'moves.create': z.strictObject({
    name: z.string().trim().min(1).max(120),
    oldSite: z.string().trim().min(1).max(40),
    newSite: z.string().trim().min(1).max(40),
    /** Ids of saved sites whose servers, and passwords, the sites begin with. */
    oldSaved: z.string().max(64).optional(),
    newSaved: z.string().max(64).optional()
  }),
  'moves.open': moveId,
  'moves.close': moveId,
  'moves.save': z.strictObject({ move: moveSchema }),
  /** `secrets` false: the copy begins without passwords. */
  'moves.duplicate': z.strictObject({ moveId: z.string().max(64), secrets: z.boolean().default(true) }),
  'moves.remove': moveId,
  /** Opens the system's file dialog; answers the new move's id and what it asks for, or null when cancelled. */
  'moves.import': nothing,
  'moves.export': moveId,
  /** A person has looked at what a move from elsewhere asks for; `seen` is what was shown. */
  'moves.allow': z.strictObject({ moveId: z.string().max(64), seen: reviewSchema }),
  'moves.undo': moveId,
  'moves.redo': moveId,
  'moves.versions': moveId,
  'moves.restore': z.strictObject({ moveId: z.string().max(64), version: z.string().max(20) }),
  /** Something is typed that is not saved yet: an edit of the file from outside then asks. */
  'moves.drafting': z.strictObject({ moveId: z.string().max(64), drafting: z.boolean() }),
  /** What is to count after an edit from outside: the file, or what is here; `dismiss` only takes the notice away. */
  'moves.outside': z.strictObject({ moveId: z.string().max(64), choice: z.enum(['take', 'keep', 'dismiss']) }),
  'sites.list': nothing,
  /** A saved site of the same name is replaced. */
  'sites.save': z.strictObject({
    moveId: z.string().max(64),
    side: z.enum(['old', 'new']),
    name: z.string().trim().min(1).max(40),
    secrets: z.boolean()
  }),
  'sites.remove': siteRef,
  /** What saving this side of the move over a saved site would change in it. */
  'sites.changes': siteInMove,
  /** What using a saved site in the opened move would change; nothing is done. */
  'sites.preview': siteUse,
  /** Puts a saved site into the opened move, with copies of its passwords: one edit, which can be undone. */
  'sites.use': siteUse,
  /** Opens the system's file dialog; null when cancelled. The site is used only once it was allowed. */
  'sites.import': nothing,
  'sites.export': siteRef,
  /** A person has looked at what a saved site from elsewhere asks for; `seen` is what was shown. */
  'sites.allow': z.strictObject({ siteId: z.string().max(64), seen: reviewSchema })
} as const

/** A move in the list; `review`: what it asks for and nobody here has allowed, it is not opened before. */
export interface MoveListItem {
  id: string
  name: string
  old: string
  new: string
  /** 0–7: stations done. */
  stationsDone: number
  phase: string
  openedAt: number
  broken: Failure | null
  review: MoveReview | null
}

/** Their answers; that of `moves.open` stands in the contract. */
export interface DocumentAnswers {
  'moves.list': MoveListItem[]
  'moves.create': { moveId: string }
  'moves.close': null
  'moves.save': { savedAt: number }
  'moves.duplicate': { moveId: string }
  'moves.remove': null
  'moves.import': { moveId: string; review: MoveReview } | null
  'moves.export': { path: string } | null
  'moves.allow': null
  'moves.undo': null
  'moves.redo': null
  'moves.versions': MoveVersion[]
  'moves.restore': null
  'moves.drafting': null
  'moves.outside': null
  'sites.list': SavedSite[]
  'sites.save': { siteId: string }
  'sites.remove': null
  'sites.changes': { changes: MoveChange[] }
  'sites.preview': { changes: MoveChange[]; brings: number; forgets: number }
  'sites.use': null
  'sites.import': { siteId: string; name: string; review: MoveReview } | null
  'sites.export': { path: string } | null
  'sites.allow': null
}
