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
  detail: row.layer === 'name' && row.detail.length === 1 ? [] : row.detail,
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

/** Lines of a run: jump hosts that let through take one line each unless all layers are wanted, everything else one line a layer. */
export const doctorLines = (
  { rows, hops }: { rows: readonly DoctorRow[]; hops: readonly string[] },
  unfolded = false
): DoctorLine[] => {
  const lastHop = hops.length - 1
  // What was left out on a way that led further is no news: the name is looked up by the jump host, for example.
  const furthest = rows.findLastIndex((row) => row.state !== 'skipped')
  const told = rows.filter((row, index) => row.state !== 'skipped' || index > furthest)
  const lines: DoctorLine[] = []
  for (let hop = 0; hop <= lastHop; hop += 1) {
    const ofHop = told.filter((row) => row.hop === hop)
    const through = ofHop.length > 0 && ofHop.every((row) => row.state === 'ok' || row.state === 'skipped')
    const reached = ofHop.some((row) => row.state === 'ok')
    if (hop < lastHop && through && reached && !unfolded) lines.push(foldedJump(ofHop, hops, hop))
    else lines.push(...ofHop.map(lineOf))
  }
  lines.push(...told.filter((row) => row.hop === null || row.hop > lastHop).map(lineOf))
  return lines
}

/** One word and its status for a server in a list. */
export const doctorStatus = (state: DoctorState | undefined): { status: StatusKind; words: string } => {
  if (!state || state.kind === 'never') return { status: 'todo', words: 'not checked' }
  if (state.kind === 'running') return { status: 'running', words: 'checking' }
  if (!state.ok) return { status: 'danger', words: 'failed' }
  return state.rows.some((row) => row.state === 'warn')
    ? { status: 'attention', words: 'connected' }
    : { status: 'ok', words: 'connected' }
}
