import { journeyOf } from '../../../shared/journey'
import { Age } from '../../parts/age'
import { AppFrame } from '../../parts/app-frame'
import { Boundary } from '../../parts/boundary'
import { useNow } from '../../parts/hooks/use-now'
import { NextAction } from '../../parts/next-action'
import { Rail } from '../../parts/rail'
import { TopBar } from '../../parts/top-bar'
import { TopSites } from '../../parts/top-sites'
import { WayBack } from '../../parts/way-back'
import { useMove } from '../../state/open-move'
import { openStation, useShell } from '../../state/shell'
import { DocumentMenu } from '../document/document-menu'
import { OutsideBand } from '../document/outside-band'
import { flowOf, type JourneyFlow } from './flow'
import { MoveActivity } from './move-activity'
import { MovePalette } from './move-palette'
import { stationNames, stations } from './stations'
import { useKeys } from './use-keys'

const sitesOf = (flow: JourneyFlow) => ({
  old: { ...flow.old, age: <Age at={flow.at} /> },
  new: { ...flow.new, age: <Age at={flow.at} /> }
})

/** One opened move: the picture in small above, the rail of stations, the station, and the activity bar. */
export function MoveWindow() {
  const open = useMove()
  const station = useShell((shell) => shell.station)
  const now = useNow()
  const journey = journeyOf(open, now)
  const flow = flowOf(open)
  const Station = stations[station]
  const next = () => openStation(journey.next.station, journey.next.command)
  useKeys(next)
  return (
    <>
      <AppFrame
        top={
          <TopBar move={<DocumentMenu />} next={<NextAction label={journey.next.label} onPress={next} />}>
            <TopSites {...sitesOf(flow)} link={flow.link} />
          </TopBar>
        }
        rail={
          <Rail
            stations={journey.stations.map((view, index) => ({
              name: stationNames[view.id],
              state: view.state,
              line: (
                <>
                  <span className="fact">{view.line}</span>
                  {view.at !== null && (
                    <span className="when">
                      {' · '}
                      <Age at={view.at} />
                    </span>
                  )}
                </>
              ),
              current: view.id === station,
              hint: String(index + 1),
              onOpen: () => openStation(view.id)
            }))}
            wayBack={<WayBack title={journey.wayBack.title ?? undefined}>{journey.wayBack.text}</WayBack>}
          />
        }
        activity={<MoveActivity />}
      >
        <OutsideBand />
        <Boundary key={station}>
          <Station key={open.move.id} />
        </Boundary>
      </AppFrame>
      <MovePalette next={journey.next} />
    </>
  )
}
