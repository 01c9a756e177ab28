import { StationHead } from '../../parts/station-head'

/** The Replicate station. */
export function ReplicateStation() {
  return <StationHead title="Replicate" />
}
