import type { DoctorRow, DoctorState } from '../../../shared/doctor'
import { layerNames } from '../../../shared/doctor-text'
import type { StatusKind } from '../../parts/status-kind'

const statuses: Record<DoctorRow['state'], StatusKind> = {
  ok: 'ok',
  warn: 'attention',
  failed: 'danger',
  running: 'running',
  skipped: 'todo'
}

/** One line of the doctor: a layer, or all layers of a jump host that let through. */
export interface DoctorLine {
  id: string
  status: StatusKind
  name: string
  words: string
  /** More lines to it: all addresses, each attempt to sign in. */
  detail: string[]
  startMs: number | null
  tookMs: number | null
}

const lineOf = (row: DoctorRow): DoctorLine => ({
  id: `${row.layer}-${row.hop ?? 'db'}`,
  status: statuses[row.state],
  name: layerNames[row.layer],
  words: row.seen,
  detail: row.detail.filter((line) => !row.seen.includes(line)),
  startMs: row.ms === null ? null : row.startMs,
  tookMs: row.ms
})

const foldedJump = (rows: DoctorRow[], hops: readonly string[], hop: number): DoctorLine => {
  const start = Math.min(...rows.map((row) => row.startMs))
  const end = Math.max(...rows.map((row) => row.startMs + (row.ms ?? 0)))
  return {
    id: `jump-${hop}`,
    status: 'ok',
    name: `Jump ${hop + 1}`,
    words: hops[hop] ?? rows.at(-1)?.seen ?? '',
    detail: [],
    startMs: start,
    tookMs: end - start
  }
}

const worst = (rows: readonly DoctorRow[]): StatusKind => {
  const states = (['failed', 'running', 'warn', 'ok'] as const).filter((state) =>
    rows.some((row) => row.state === state)
  )
  return statuses[states[0] ?? 'skipped']
}

const hopHead = (rows: readonly DoctorRow[], hops: readonly string[], hop: number): DoctorLine => ({
  ...foldedJump([...rows], hops, hop),
  id: `hop-${hop}`,
  status: worst(rows),
  name: `Hop ${hop + 1}`
})

/** Layers that were not reached are one line: which ones they are is no news. */
const foldedRest = (rows: readonly DoctorRow[]): DoctorLine[] => {
  const [first] = rows
  if (!first || rows.length < 3) return rows.map(lineOf)
  return [{ ...lineOf(first), name: 'Not reached', words: `${rows.length} more layers` }]
}

/** The figures of the line have a place of their own once they are there. */
const isFigure = ({ layer }: DoctorRow) => layer === 'clock' || layer === 'round-trip' || layer === 'throughput'

/** Lines of a run. Jump hosts that let through and the layers not reached take one line each, and figures none, unless everything is wanted. */
export const doctorLines = (state: Exclude<DoctorState, { kind: 'never' }>, full = false): DoctorLine[] => {
  const { rows, hops } = state
  const lastHop = hops.length - 1
  // What was left out on a way that led further is no news: the name is looked up by the jump host, for example.
  const furthest = rows.findLastIndex((row) => row.state !== 'skipped')
  const reached = rows.slice(0, furthest + 1).filter((row) => row.state !== 'skipped')
  const rest = rows.slice(furthest + 1)
  const lines: DoctorLine[] = []
  for (let hop = 0; hop <= lastHop; hop += 1) {
    const ofHop = reached.filter((row) => row.hop === hop)
    if (ofHop.length === 0) continue
    if (full && lastHop > 0) lines.push(hopHead(ofHop, hops, hop))
    if (!full && hop < lastHop && ofHop.every((row) => row.state === 'ok')) lines.push(foldedJump(ofHop, hops, hop))
    else lines.push(...ofHop.map(lineOf))
  }
  const behind = reached.filter((row) => row.hop === null || row.hop > lastHop)
  const told =
    full || state.kind === 'running' ? behind : behind.filter((row) => !isFigure(row) || row.state === 'failed')
  return [...lines, ...told.map(lineOf), ...(full ? rest.map(lineOf) : foldedRest(rest))]
}

/** One word and its status for a server in a list. */
export const doctorStatus = (state: DoctorState | undefined): { status: StatusKind; words: string } => {
  if (!state || state.kind === 'never') return { status: 'todo', words: 'not checked' }
  if (state.kind === 'running') return { status: 'running', words: 'checking' }
  if (state.outdated) return { status: 'attention', words: 'changed since' }
  if (!state.ok) return { status: 'danger', words: 'failed' }
  return state.rows.some((row) => row.state === 'warn')
    ? { status: 'attention', words: 'connected' }
    : { status: 'ok', words: 'connected' }
}
