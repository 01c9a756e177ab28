import type { DoctorLayer, DoctorRow, DoctorState } from '../../shared/doctor'
import type { Failure } from '../../shared/failure'
import type { ServerEntry } from '../../shared/move'

export interface PlannedRow {
  layer: DoctorLayer
  hop: number | null
}

/** The layers of a server from this computer to its database, in the order in which they can fail. */
export const plannedRows = (entry: ServerEntry): PlannedRow[] => {
  const direct = entry.database?.via === 'direct'
  const perHop: PlannedRow[] = [...entry.ssh.keys()].flatMap((hop) =>
    (['name', 'tcp', 'host-key', 'ssh-auth'] as const).map((layer) => ({ layer, hop }))
  )
  if (!entry.database) return perHop.length > 0 ? perHop : [{ layer: 'name', hop: null }]
  const way: DoctorLayer[] = direct ? ['name', 'tcp'] : ['forward']
  const database: DoctorLayer[] = [...way, 'handshake', 'login', 'grants']
  return [...perHop, ...database.map((layer) => ({ layer, hop: null }))]
}

/** Rows as they come: one row per layer runs at a time, and each change is told whole. */
export interface DoctorRows {
  begin(layer: DoctorLayer, hop: number | null, seen: string): void
  end(layer: DoctorLayer, hop: number | null, state: DoctorRow['state'], seen: string, failure?: Failure): void
  /** Fails the row that is running, or the first one not reached. */
  fail(failure: Failure): void
  all(): DoctorRow[]
  finish(more: { roundTripMs: number | null; grantScript: string | null }): Extract<DoctorState, { kind: 'done' }>
}

const summaryOf = (rows: readonly DoctorRow[]): string => {
  const failed = rows.find((row) => row.state === 'failed')
  if (failed) return failed.failure?.what ?? 'A layer failed.'
  const warned = rows.find((row) => row.state === 'warn')
  return warned ? warned.seen : 'Every layer answers.'
}

/** Keeps the rows of one run of the doctor. */
export const makeDoctorRows = (
  plan: readonly PlannedRow[],
  now: () => number,
  onChange: (rows: DoctorRow[], since: number) => void
): DoctorRows => {
  const since = now()
  const rows: DoctorRow[] = []
  const copy = () => rows.map((row) => ({ ...row }))
  const find = (layer: DoctorLayer, hop: number | null) => rows.find((row) => row.layer === layer && row.hop === hop)
  const tell = () => onChange(copy(), since)
  const put = (row: DoctorRow) => {
    const known = find(row.layer, row.hop)
    if (known) Object.assign(known, row)
    else rows.push(row)
    tell()
  }
  const begin: DoctorRows['begin'] = (layer, hop, seen) =>
    put({ layer, hop, state: 'running', seen, startMs: now() - since, ms: null, failure: null })
  const end: DoctorRows['end'] = (layer, hop, state, seen, failure) => {
    const startMs = find(layer, hop)?.startMs ?? now() - since
    const ms = state === 'skipped' ? null : now() - since - startMs
    put({ layer, hop, state, seen, startMs, ms, failure: failure ?? null })
  }
  return {
    begin,
    end,
    fail: (failure) => {
      const greeted = failure.kind === 'tls' && find('handshake', null)
      if (greeted) {
        // TLS belongs to the handshake; the sign-in that had begun never took place.
        rows.splice(0, rows.length, ...rows.filter((row) => row.layer !== 'login'))
        return end('handshake', null, 'failed', failure.what, failure)
      }
      const running = rows.find((row) => row.state === 'running')
      const next = running ?? plan.find((row) => !find(row.layer, row.hop))
      if (next) end(next.layer, next.hop, 'failed', failure.what, failure)
    },
    all: copy,
    finish: ({ roundTripMs, grantScript }) => {
      const startMs = now() - since
      for (const { layer, hop } of plan)
        if (!find(layer, hop))
          rows.push({ layer, hop, state: 'skipped', seen: 'not reached', startMs, ms: null, failure: null })
      const order = (row: DoctorRow) =>
        plan.findIndex((planned) => planned.layer === row.layer && planned.hop === row.hop)
      rows.sort((a, b) => order(a) - order(b))
      return {
        kind: 'done',
        at: now(),
        tookMs: now() - since,
        rows: copy(),
        ok: rows.every((row) => row.state !== 'failed'),
        summary: summaryOf(rows),
        roundTripMs,
        grantScript
      }
    }
  }
}
