import { z } from 'zod'
import type { DriftState, PlannedStatement, RowDifference } from './drift'
import { driftWishSchema } from './drift-wish'

const move = { moveId: z.string().max(64) }
const table = { ...move, schema: z.string().max(64), table: z.string().max(64) }

/** The calls of the contract that concern the comparison of data. */
export const driftCalls = {
  /** The whole of it, for a window that missed what its changes build on. */
  'drift.state': z.strictObject(move),
  'drift.start': z.strictObject({ ...move, wish: driftWishSchema.optional() }),
  /** What certifying would send beside reads; `lock`: with a brief lock of the active side. */
  'drift.plan': z.strictObject({ ...move, lock: z.boolean() }),
  'drift.stop': z.strictObject(move),
  'drift.pause': z.strictObject(move),
  'drift.resume': z.strictObject(move),
  'drift.rows': z.strictObject({ ...table, limit: z.number().int().min(1).max(1000) }),
  /** Opens the save dialog for the differing rows; `mask`: without personal data. Answers the written path, or null when cancelled. */
  'drift.exportRows': z.strictObject({ ...table, format: z.enum(['csv', 'json']), mask: z.boolean() })
} as const

/** Their answers. */
export interface DriftAnswers {
  'drift.state': DriftState
  'drift.start': null
  'drift.plan': PlannedStatement[]
  'drift.stop': null
  'drift.pause': null
  'drift.resume': null
  'drift.rows': RowDifference[]
  'drift.exportRows': { path: string } | null
}
