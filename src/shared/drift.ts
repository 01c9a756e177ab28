import type { Failure } from './failure'

export type RowKind = 'changed' | 'missing' | 'extra'

/** Values as text exactly as the server renders them; null is SQL NULL. Keys beyond 2^53 stay text. */
export interface RowDifference {
  kind: RowKind
  key: Record<string, string | null>
  old: Record<string, string | null> | null
  new: Record<string, string | null> | null
  columns: string[]
}

export type TableVerdict =
  | { kind: 'queued' }
  | { kind: 'comparing'; doneRows: number }
  | { kind: 'same'; at: number; position: string; rechecked: number }
  | { kind: 'differs'; at: number; position: string; rows: number; kinds: Record<RowKind, number> }
  | { kind: 'inconclusive'; at: number; why: string }
  | { kind: 'left-out'; why: string }

export interface TableDrift {
  schema: string
  table: string
  estimatedRows: number
  bytes: number
  verdict: TableVerdict
  /** What the comparison before said, until this one has a verdict. */
  previous?: TableVerdict
}

export interface ObjectDifference {
  kind: 'schema' | 'table' | 'column' | 'index' | 'view' | 'routine' | 'trigger' | 'event' | 'account'
  name: string
  what: string
  old: string | null
  new: string | null
}

export interface DriftProgress {
  doneTables: number
  totalTables: number
  doneRows: number
  totalRows: number
  rowsPerSecond: number
  etaSeconds: number | null
}

export type DriftState =
  | { kind: 'never' }
  | {
      kind: 'running'
      id: string
      since: number
      progress: DriftProgress
      tables: TableDrift[]
      objects: ObjectDifference[]
    }
  | {
      kind: 'done'
      id: string
      since: number
      at: number
      progress: DriftProgress
      tables: TableDrift[]
      objects: ObjectDifference[]
    }
  | {
      kind: 'failed'
      id: string
      since: number
      at: number
      failure: Failure
      progress: DriftProgress
      tables: TableDrift[]
      objects: ObjectDifference[]
    }

/** One word for a gate: every compared table same, objects equal, nothing inconclusive. */
export const driftVerdict = (state: DriftState): 'equal' | 'differs' | 'inconclusive' | 'unknown' => {
  if (state.kind !== 'done') return 'unknown'
  if (
    state.tables.some((table) => table.verdict.kind === 'differs') ||
    state.objects.some((object) => object.kind !== 'account')
  )
    return 'differs'
  if (state.tables.some((table) => table.verdict.kind !== 'same' && table.verdict.kind !== 'left-out'))
    return 'inconclusive'
  return 'equal'
}
