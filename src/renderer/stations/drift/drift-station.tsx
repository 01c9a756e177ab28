import { StationHead } from '../../parts/station-head'

/** The Drift station. */
export function DriftStation() {
  return <StationHead title="Drift" />
}
