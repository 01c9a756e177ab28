import type { Failure } from './failure'

export type RowKind = 'changed' | 'missing' | 'extra'

/** Values as text exactly as the server renders them; null is SQL NULL. Keys beyond 2^53 stay text. */
export interface RowDifference {
  kind: RowKind
  key: Record<string, string | null>
  old: Record<string, string | null> | null
  new: Record<string, string | null> | null
  columns: string[]
  /** Rows without a key: how many more such rows this side holds than the other. */
  copies?: number
}

export type TableVerdict =
  | { kind: 'queued' }
  | { kind: 'comparing'; doneRows: number }
  /** `note`: what was left out by choice, with its reason. */
  | { kind: 'same'; at: number; position: string; rechecked: number; note?: string }
  | { kind: 'differs'; at: number; position: string; rows: number; kinds: Record<RowKind, number> }
  | { kind: 'inconclusive'; at: number; why: string }
  | { kind: 'left-out'; why: string }

export interface TableDrift {
  schema: string
  table: string
  estimatedRows: number
  bytes: number
  verdict: TableVerdict
  /** A view: what it shows is in its tables, so it is told and never counted. */
  view?: true
  /** What the comparison before said, until this one has a verdict. */
  previous?: TableVerdict
}

export interface ObjectDifference {
  kind: 'schema' | 'table' | 'column' | 'index' | 'view' | 'routine' | 'trigger' | 'event' | 'account'
  name: string
  what: string
  old: string | null
  new: string | null
  /** What follows from it, where that is known better than by its kind. */
  meaning?: string
  /** It is so on healthy sites too, and does not count. */
  expected?: true
}

/** It keeps the sites from being called equal. */
export const isObjectDrift = ({ kind, expected }: ObjectDifference): boolean => kind !== 'account' && !expected

export interface DriftProgress {
  doneTables: number
  totalTables: number
  doneRows: number
  totalRows: number
  rowsPerSecond: number
  etaSeconds: number | null
}

/** How fast a comparison goes just now. */
export type DriftPace =
  /** The servers serve nobody else. */
  | { kind: 'full' }
  /** Slowed, because the servers are at work. */
  | { kind: 'gentle'; why: string }
  /** Waits for a server. */
  | { kind: 'waiting'; why: string; since: number }
  /** Held by hand. */
  | { kind: 'paused'; since: number }

/** A statement that is not a read, as it will be sent. */
export interface PlannedStatement {
  /** Server id. */
  server: string
  statement: string
}

/** What both sides were compared at: one transaction after which both held exactly this. */
export interface Certificate {
  position: string
  at: number
  /** How the position was made sure of. */
  how: string
}

export type DriftState =
  | { kind: 'never' }
  | {
      kind: 'running'
      id: string
      since: number
      /** When this was told. */
      at: number
      progress: DriftProgress
      tables: TableDrift[]
      objects: ObjectDifference[]
      pace?: DriftPace
    }
  | {
      kind: 'done'
      id: string
      since: number
      at: number
      certificate?: Certificate
      /** Only some tables were asked for: says nothing of the rest, so it opens no gate. */
      partial?: boolean
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

/** What counts as a table: views are covered by theirs. */
export const tablesAmong = (tables: readonly TableDrift[]): TableDrift[] => tables.filter(({ view }) => !view)

/** One word for a gate: every compared table same, objects equal, nothing inconclusive. */
export const driftVerdict = (state: DriftState): 'equal' | 'differs' | 'inconclusive' | 'unknown' => {
  if (state.kind !== 'done') return 'unknown'
  if (state.tables.some((table) => table.verdict.kind === 'differs') || state.objects.some(isObjectDrift))
    return 'differs'
  if (state.partial || state.tables.some((table) => table.verdict.kind !== 'same' && table.verdict.kind !== 'left-out'))
    return 'inconclusive'
  return 'equal'
}

/** The moment a finished comparison speaks of: that of its oldest verdict, however long it went on or was interrupted. */
export const comparedAt = (state: Extract<DriftState, { kind: 'done' }>): number =>
  // A certificate's two snapshots were opened when it began.
  state.certificate
    ? state.since
    : state.tables.reduce((oldest, { verdict }) => ('at' in verdict ? Math.min(oldest, verdict.at) : oldest), state.at)
