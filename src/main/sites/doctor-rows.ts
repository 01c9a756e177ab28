import type { DoctorLayer, DoctorMeasures, DoctorRow, DoctorState } from '../../shared/doctor'
import type { Failure } from '../../shared/failure'
import type { ServerEntry } from '../../shared/move'

export interface PlannedRow {
  layer: DoctorLayer
  hop: number | null
}

const figures = ['clock', 'round-trip', 'throughput'] as const

/** The layers of a server from this computer to its database, in the order in which they can fail; `measure`: the figures of the line too. */
export const plannedRows = (entry: ServerEntry, hops: number, measure = true): PlannedRow[] => {
  const direct = entry.database?.via === 'direct'
  const perHop: PlannedRow[] = Array.from({ length: hops }, (_, hop) => hop).flatMap((hop) =>
    (['name', 'tcp', 'ssh', 'host-key', 'ssh-auth'] as const).map((layer) => ({ layer, hop }))
  )
  const host: DoctorLayer[] = hops > 0 ? ['command'] : []
  const way: DoctorLayer[] = direct ? ['name', 'tcp'] : ['forward']
  const database: DoctorLayer[] = entry.database
    ? [...way, 'handshake', 'login', 'grants', ...(measure ? figures : [])]
    : []
  const rows = [...perHop, ...[...host, ...database].map((layer) => ({ layer, hop: null }))]
  return rows.length > 0 ? rows : [{ layer: 'name', hop: null }]
}

/** What a layer came to. */
export type RowEnd = Pick<DoctorRow, 'state' | 'seen'> & Partial<Pick<DoctorRow, 'detail' | 'failure'>>

/** Rows as they come: one row per layer runs at a time, and each change is told whole. */
export interface DoctorRows {
  /** Names the hops and what is ahead. */
  plan(rows: readonly PlannedRow[], hops: string[]): void
  begin(layer: DoctorLayer, hop: number | null, seen: string, detail?: string[]): void
  end(layer: DoctorLayer, hop: number | null, end: RowEnd): void
  /** Fails the row that is running, or the first one not reached. */
  fail(failure: Failure): void
  finish(more: {
    measures: DoctorMeasures
    grantScript: string | null
    notes?: string[]
  }): Extract<DoctorState, { kind: 'done' }>
}

const summaryOf = (rows: readonly DoctorRow[]): string => {
  const failed = rows.find((row) => row.state === 'failed')
  if (failed) return failed.failure?.what ?? 'A layer failed.'
  const warned = rows.find((row) => row.state === 'warn')
  return warned ? (warned.failure?.what ?? warned.seen) : 'Every layer answers.'
}

/** Keeps the rows of one run of the doctor. `clean` takes secrets out of words, should one ever come that far. */
export const makeDoctorRows = (
  now: () => number,
  clean: <T>(told: T) => T,
  onChange: (state: Extract<DoctorState, { kind: 'running' }>) => void
): DoctorRows => {
  const since = now()
  const rows: DoctorRow[] = []
  let plan: readonly PlannedRow[] = []
  let hops: string[] = []
  const copy = () => clean(rows.map((row) => ({ ...row })))
  const find = (layer: DoctorLayer, hop: number | null) => rows.find((row) => row.layer === layer && row.hop === hop)
  const put = (row: DoctorRow) => {
    const known = find(row.layer, row.hop)
    if (known) Object.assign(known, row)
    else rows.push(row)
    onChange({ kind: 'running', since, hops, rows: copy() })
  }
  const begin: DoctorRows['begin'] = (layer, hop, seen, detail) => {
    const known = find(layer, hop)
    // Told again while it runs: it keeps its beginning and what is known of it.
    const startMs = known?.state === 'running' ? known.startMs : now() - since
    const kept = known?.state === 'running' ? known.detail : []
    put({ layer, hop, state: 'running', seen, detail: detail ?? kept, startMs, ms: null, failure: null })
  }
  const end: DoctorRows['end'] = (layer, hop, { state, seen, detail, failure }) => {
    const known = find(layer, hop)
    const startMs = known?.startMs ?? now() - since
    const ms = state === 'skipped' ? null : known?.state === state ? known.ms : now() - since - startMs
    put({ layer, hop, state, seen, detail: detail ?? known?.detail ?? [], startMs, ms, failure: failure ?? null })
  }
  return {
    plan: (planned, names) => {
      plan = planned
      hops = names
    },
    begin,
    end,
    fail: (failure) => {
      const ended = { state: 'failed' as const, seen: failure.what, failure }
      if (failure.kind === 'tls' && find('handshake', null)) {
        // TLS belongs to the handshake; the sign-in that had begun never took place.
        rows.splice(0, rows.length, ...rows.filter((row) => row.layer !== 'login'))
        return end('handshake', null, ended)
      }
      const running = rows.find((row) => row.state === 'running')
      const next = running ?? plan.find((row) => !find(row.layer, row.hop))
      if (next) end(next.layer, next.hop, ended)
      for (const row of rows)
        if (row.state === 'running') Object.assign(row, { state: 'skipped', seen: 'not reached', ms: null })
    },
    finish: (more) => {
      const startMs = now() - since
      for (const { layer, hop } of plan)
        if (!find(layer, hop))
          rows.push({
            layer,
            hop,
            state: 'skipped',
            seen: 'not reached',
            detail: [],
            startMs,
            ms: null,
            failure: null
          })
      const order = (row: DoctorRow) =>
        plan.findIndex((planned) => planned.layer === row.layer && planned.hop === row.hop)
      rows.sort((a, b) => order(a) - order(b))
      const told = copy()
      return {
        kind: 'done',
        at: now(),
        tookMs: now() - since,
        hops,
        rows: told,
        ok: told.every((row) => row.state !== 'failed'),
        summary: summaryOf(told),
        ...more
      }
    }
  }
}
