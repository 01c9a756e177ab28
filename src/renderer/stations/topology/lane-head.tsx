import { type ReactFlowState, useStore } from '@xyflow/react'
import type { SiteSide } from '../../../shared/move'
import { HalfDisc } from '../../parts/half-disc'
import { MarkBadge } from '../../parts/mark-badge'
import { Status } from '../../parts/status'
import { useMove } from '../../state/open-move'
import type { Layout } from './lanes'
import { useLevel } from './level'
import { UnderBoxes } from './under-boxes'

/** In steps, so that heads are not drawn anew at every frame of a zoom. */
const zoomOf = (store: ReactFlowState) => Math.max(0.04, Math.round(store.transform[2] * 25) / 25)

/** The two sites: lanes with the identity colour on their upper edge. */
export function Lanes({ layout }: { layout: Layout }) {
  const { move, topology } = useMove()
  const level = useLevel()
  const zoom = useStore(zoomOf)
  const reached = (side: SiteSide): number =>
    (topology?.nodes.filter((node) => node.side === side && node.survey && !node.failure).length ?? 0) +
    (topology?.apps.filter((app) => app.side === side && app.reached).length ?? 0)
  return (
    <UnderBoxes>
      {(['old', 'new'] as const).map((side) => {
        const rect = layout.lanes[side]
        const total = move[side].servers.length
        const now = reached(side)
        return (
          <div
            key={side}
            className={`lane ${side === 'old' ? 'o' : 'n'}`}
            style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
          >
            <div
              className={level === 'near' ? 'lh' : 'lh above'}
              style={level === 'near' ? undefined : { zoom: 1 / zoom }}
            >
              <HalfDisc side={side} />
              <b className="el">{move[side].name}</b>
              {/* A narrow lane has room for the name and one word; the top bar says which site it is. */}
              {!move[side].mark && <span className="s12 t2">{side} site</span>}
              <MarkBadge mark={move[side].mark} />
              {total > 0 && (
                <span className="end s12">
                  <Status status={now === total ? 'ok' : topology ? 'attention' : 'todo'} size={12}>
                    {now} of {total}
                  </Status>
                </span>
              )}
            </div>
          </div>
        )
      })}
    </UnderBoxes>
  )
}
