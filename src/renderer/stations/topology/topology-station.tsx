import { StationHead } from '../../parts/station-head'

/** The Topology station. */
export function TopologyStation() {
  return <StationHead title="Topology" />
}
