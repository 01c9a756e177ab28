import { StationHead } from '../../parts/station-head'

/** The Preflight station. */
export function PreflightStation() {
  return <StationHead title="Preflight" />
}
