import type { DoctorLayer, DoctorRow, DoctorState } from '../../../shared/doctor'
import type { Failure } from '../../../shared/failure'
import { type ServerEntry, sshEntryName } from '../../../shared/move'
import type { StatusKind } from '../../parts/status-kind'

export const layerNames: Record<DoctorLayer, string> = {
  name: 'Name',
  tcp: 'TCP',
  'host-key': 'Host key',
  'ssh-auth': 'SSH sign-in',
  forward: 'Forward',
  handshake: 'Handshake',
  login: 'Sign-in',
  grants: 'Grants'
}

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
  startMs: number | null
  tookMs: number | null
}

const hopName = (server: ServerEntry, hop: number): string | undefined => {
  const entry = server.ssh[hop]
  return entry && sshEntryName(entry)
}

const lineOf = (row: DoctorRow): DoctorLine => ({
  id: `${row.layer}-${row.hop ?? 'db'}`,
  status: statuses[row.state],
  name: layerNames[row.layer],
  words: row.seen,
  startMs: row.ms === null ? null : row.startMs,
  tookMs: row.ms
})

const foldedJump = (rows: DoctorRow[], server: ServerEntry, hop: number): DoctorLine => {
  const start = Math.min(...rows.map((row) => row.startMs))
  const end = Math.max(...rows.map((row) => row.startMs + (row.ms ?? 0)))
  return {
    id: `jump-${hop}`,
    status: 'ok',
    name: `Jump ${hop + 1}`,
    words: hopName(server, hop) ?? rows.at(-1)?.seen ?? '',
    startMs: start,
    tookMs: end - start
  }
}

/** Lines of a run: jump hosts that let through take one line each, everything else one line a layer. */
export const doctorLines = (rows: readonly DoctorRow[], server: ServerEntry): DoctorLine[] => {
  const lastHop = server.ssh.length - 1
  // What was left out on a way that led further is no news: the name is looked up by the jump host, for example.
  const furthest = rows.findLastIndex((row) => row.state !== 'skipped')
  const told = rows.filter((row, index) => row.state !== 'skipped' || index > furthest)
  const lines: DoctorLine[] = []
  for (let hop = 0; hop <= lastHop; hop += 1) {
    const ofHop = told.filter((row) => row.hop === hop)
    const through = ofHop.length > 0 && ofHop.every((row) => row.state === 'ok' || row.state === 'skipped')
    const reached = ofHop.some((row) => row.state === 'ok')
    if (hop < lastHop && through && reached) lines.push(foldedJump(ofHop, server, hop))
    else lines.push(...ofHop.map(lineOf))
  }
  lines.push(...told.filter((row) => row.hop === null || row.hop > lastHop).map(lineOf))
  return lines
}

/** The failure that stopped a run, with the layer it happened at. */
export const doctorFailure = (state: DoctorState): { failure: Failure; layer: DoctorLayer } | null => {
  if (state.kind === 'never') return null
  const row = state.rows.find((one) => one.failure !== null)
  return row?.failure ? { failure: row.failure, layer: row.layer } : null
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

/** A run of the doctor as text, for a ticket or a colleague. Holds no secret: layers never say one. */
export const doctorText = (state: DoctorState, server: ServerEntry): string => {
  if (state.kind === 'never') return `${server.name}: not checked yet`
  const head =
    state.kind === 'done'
      ? `${server.name}: ${state.ok ? 'connected' : 'failed'}, ${state.tookMs} ms, ${new Date(state.at).toISOString()}`
      : `${server.name}: checking`
  const rows = state.rows.map((row) => {
    const hop = row.hop === null ? '' : ` (${hopName(server, row.hop) ?? `hop ${row.hop + 1}`})`
    const time = row.ms === null ? '' : `, ${row.ms} ms`
    return `  ${row.state.padEnd(8)}${layerNames[row.layer]}${hop}: ${row.seen}${time}`
  })
  const failed = doctorFailure(state)?.failure
  const more = failed
    ? [
        failed.what,
        failed.why,
        failed.words && `Words: ${failed.words}`,
        ...failed.try.map((line, index) => `${index + 1}. ${line}`)
      ]
    : []
  return [head, ...rows, ...more.filter(Boolean)].join('\n')
}
