import { z } from 'zod'

/** How a comparison is to be done, as it comes from the window or the command line. */
export const driftWishSchema = z.strictObject({
  /** Compare two snapshots of one position; `brief-lock`: with a global read lock of some milliseconds when needed. */
  certify: z.union([z.literal(true), z.literal('brief-lock')]).optional(),
  /** SHA-256 in place of CRC32: about three times the work. */
  strong: z.boolean().optional(),
  /** `auto`: as fast as the servers have time. */
  pace: z.enum(['auto', 'gentle', 'full']).optional(),
  /** `schema.table` or `schema.*`; empty = all. */
  only: z.array(z.string().max(140)).max(10_000).optional(),
  without: z.array(z.string().max(140)).max(10_000).optional(),
  /** `schema.table.column`, each with the reason. */
  withoutColumns: z.record(z.string().max(210), z.string().max(300)).optional(),
  /** Begin anew even when an earlier comparison can be continued. */
  fresh: z.boolean().optional()
})

export type DriftWish = z.infer<typeof driftWishSchema>
