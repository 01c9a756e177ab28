import { StationHead } from '../../parts/station-head'

/** The Cutover station. */
export function CutoverStation() {
  return <StationHead title="Cutover" />
}
