import { StationHead } from '../../parts/station-head'

/** The Sites station. */
export function SitesStation() {
  return <StationHead title="Sites" />
}
