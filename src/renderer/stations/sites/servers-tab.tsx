import { type ServerEntry, type SiteSide, serverOf } from '../../../shared/move'
import { Body } from '../../parts/body'
import { useEpoch } from '../../state/documents'
import { useMove } from '../../state/open-move'
import type { BegunServer } from './found-draft'
import { NewServerPanel } from './new-server-panel'
import { ServerPanel } from './server-panel'
import { SiteColumn } from './site-column'

/** What stands in the panel at the right. */
export type ServersShown =
  | { kind: 'nothing' }
  | { kind: 'server'; id: string }
  | { kind: 'adding'; side: SiteSide; server: ServerEntry['kind']; begun?: BegunServer }

/** Both locations side by side, and the server that is being looked at or added. */
export function ServersTab({ shown, onShow }: { shown: ServersShown; onShow: (shown: ServersShown) => void }) {
  const { move } = useMove()
  const epoch = useEpoch()
  const close = () => onShow({ kind: 'nothing' })
  const chosen = shown.kind === 'server' ? serverOf(move, shown.id) : undefined
  const column = (side: SiteSide) => (
    <SiteColumn
      side={side}
      selected={shown.kind === 'server' ? shown.id : null}
      onSelect={(id) => onShow({ kind: 'server', id })}
      onAdd={(to, server) => onShow({ kind: 'adding', side: to, server })}
    />
  )
  return (
    <Body>
      <div className="site-cols">
        {column('old')}
        {column('new')}
      </div>
      {shown.kind === 'adding' && (
        <NewServerPanel
          key={`${shown.side}-${shown.server}-${shown.begun?.draft.database.host}-${shown.begun?.draft.note}`}
          side={shown.side}
          kind={shown.server}
          begun={shown.begun}
          onClose={close}
          onAdded={(id) => onShow({ kind: 'server', id })}
        />
      )}
      {chosen && (
        <ServerPanel
          key={`${chosen.server.id} ${epoch}`}
          server={chosen.server}
          side={chosen.side}
          open
          onClose={close}
        />
      )}
    </Body>
  )
}
