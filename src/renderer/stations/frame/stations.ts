import type { ComponentType } from 'react'
import type { StationId } from '../../../shared/journey'
import { CutoverStation } from '../cutover/cutover-station'
import { DriftStation } from '../drift/drift-station'
import { PreflightStation } from '../preflight/preflight-station'
import { ReplicateStation } from '../replicate/replicate-station'
import { ReportStation } from '../report/report-station'
import { SitesStation } from '../sites/sites-station'
import { TopologyStation } from '../topology/topology-station'

export const stationNames: Record<StationId, string> = {
  sites: 'Sites',
  topology: 'Topology',
  preflight: 'Preflight',
  replicate: 'Replicate',
  drift: 'Drift',
  cutover: 'Cutover',
  report: 'Report'
}

export const stations: Record<StationId, ComponentType> = {
  sites: SitesStation,
  topology: TopologyStation,
  preflight: PreflightStation,
  replicate: ReplicateStation,
  drift: DriftStation,
  cutover: CutoverStation,
  report: ReportStation
}
