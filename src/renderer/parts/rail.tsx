import type { ReactNode } from 'react'
import { RailStation, type RailStationProps } from './rail-station'

/** The rail of seven stations, with the way back at its foot. Keys 1 to 7 are bound by the app, not here. */
export function Rail({ stations, wayBack }: { stations: readonly RailStationProps[]; wayBack?: ReactNode }) {
  return (
    <nav className="rail" aria-label="Stations">
      <ol>
        {stations.map((station) => (
          <li key={station.name}>
            <RailStation {...station} />
          </li>
        ))}
      </ol>
      {wayBack}
    </nav>
  )
}
