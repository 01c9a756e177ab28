import type { StationId } from '../../../shared/journey'
import type { Gate } from '../../../shared/runbook'
import type { StatusKind } from '../../parts/status-kind'

const stations: Record<string, StationId> = {
  preflight: 'preflight',
  drift: 'drift',
  roles: 'topology',
  lag: 'replicate',
  links: 'replicate',
  statement: 'preflight',
  transaction: 'preflight',
  xa: 'preflight',
  bypass: 'preflight',
  redirect: 'sites',
  dns: 'topology'
}

/** Names of the stations, as the rail says them. */
export const stationWords: Record<StationId, string> = {
  sites: 'Sites',
  topology: 'Topology',
  preflight: 'Preflight',
  replicate: 'Replicate',
  drift: 'Drift',
  cutover: 'Cutover',
  report: 'Report'
}

/** Where a gate is mended; null: here. */
export const gateStation = (gate: Gate): StationId | null => stations[gate.id] ?? null

const kinds: Record<Gate['state'], StatusKind> = { ok: 'ok', warn: 'attention', stop: 'stop', unknown: 'unknown' }
export const gateStatus = (gate: Gate): StatusKind => kinds[gate.state]

/** Gates that are green, and the oldest moment any of them was seen. */
export const gateCount = (gates: readonly Gate[]): { open: number; shut: Gate[]; oldest: number | null } => {
  const ages = gates.flatMap((gate) => (gate.at === null ? [] : [gate.at]))
  return {
    open: gates.filter((gate) => gate.state === 'ok').length,
    shut: gates.filter((gate) => gate.state === 'stop'),
    oldest: ages.length ? Math.min(...ages) : null
  }
}
