import { Age } from '../../../parts/age'
import { formatCount } from '../../../parts/format'
import { Icon } from '../../../parts/icon'
import { StatusIcon } from '../../../parts/status-icon'
import type { Box } from '../picture'
import { BoxMarks } from './box-marks'

type App = Extract<Box, { kind: 'app' }>

function Words({ box }: { box: App }) {
  const { app, connections, bridged } = box
  if (!app || app.at === null) return <span className="el">{app?.failure ? 'not reached' : 'not asked yet'}</span>
  if (app.failure || !app.reached)
    return (
      <>
        <StatusIcon status="attention" size={12} />
        <span className="el">not reached</span>
      </>
    )
  if (bridged)
    return (
      <span className="el" title="through the bridge">
        by the bridge
      </span>
    )
  if (connections === 0) return <span className="el">no connection</span>
  return <span className="el">{connections === 1 ? '1 connection' : `${formatCount(connections)} connections`}</span>
}

/** A host of the shop and how many connections it holds. */
export function AppBox({ box }: { box: App }) {
  return (
    <>
      <span className="n1">
        <Icon name={box.server.kind === 'web' ? 'web' : 'worker'} className="ty" />
        <span className="nm" title={box.server.name}>
          {box.server.name}
        </span>
        <BoxMarks server={box.server} />
      </span>
      <span className="n2 row g4">
        <Words box={box} />
        {box.app && box.app.at !== null && (
          <span className="end">
            <Age at={box.app.at} staleAfterMs={60_000} />
          </span>
        )}
      </span>
    </>
  )
}
