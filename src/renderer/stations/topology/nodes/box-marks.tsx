import type { ServerEntry } from '../../../../shared/move'
import { LookOnlyBadge, MarkBadge } from '../../../parts/mark-badge'

/** Marks of a server in the picture; that of its site stands at the head of the lane. */
export function BoxMarks({ server }: { server: ServerEntry }) {
  return (
    <>
      <MarkBadge mark={server.mark} />
      {server.lookOnly && <LookOnlyBadge iconOnly />}
    </>
  )
}
