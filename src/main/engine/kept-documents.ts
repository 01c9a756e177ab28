import type { JournalEntry, Json } from '../../shared/journal'

/** Names under which documents are kept in the journal for the report and for the next opening. */
export const keptNames = {
  preflight: 'preflight',
  drift: 'drift',
  driftSchedule: 'drift-schedule',
  canary: 'canary',
  topologyBefore: 'topology-before',
  topologyAfter: 'topology-after',
  snapshot: 'snapshot'
} as const

/** A typed value as JSON: what structured data becomes on disk. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json

/** The newest document of a name, or null. The reader knows its type: it wrote it. */
export const lastKept = <T>(entries: readonly JournalEntry[], name: string): T | null => {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const body = entries[index]?.body
    if (body?.type === 'kept' && body.name === name) return body.document as T
  }
  return null
}

/** All documents of a name, oldest first. */
export const allKept = <T>(entries: readonly JournalEntry[], name: string): T[] =>
  entries.flatMap((entry) => (entry.body.type === 'kept' && entry.body.name === name ? [entry.body.document as T] : []))
