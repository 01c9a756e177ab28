import { markOf } from '../../../shared/look-only'
import { type Move, serverOf } from '../../../shared/move'
import { LookOnlyBadge, MarkBadge } from '../../parts/mark-badge'

/** What the server of a step or action is marked as; nothing for words such as `both`. */
export function ServerMarks({ move, server }: { move: Move; server: string }) {
  const mark = markOf(move, server)
  const lookOnly = serverOf(move, server)?.server.lookOnly
  if (!mark && !lookOnly) return null
  return (
    <span className="marks">
      <MarkBadge mark={mark} />
      {lookOnly && <LookOnlyBadge />}
    </span>
  )
}
