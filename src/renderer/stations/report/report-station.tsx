import { StationHead } from '../../parts/station-head'

/** The Report station. */
export function ReportStation() {
  return <StationHead title="Report" />
}
