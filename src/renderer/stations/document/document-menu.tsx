import { useState } from 'react'
import { modKey } from '../../parts/hooks/mod-key'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Icon } from '../../parts/icon'
import { Logo } from '../../parts/logo'
import { Menu } from '../../parts/menu'
import { travel } from '../../state/documents'
import { exportMove } from '../../state/moves'
import { closeMove, useMove } from '../../state/open-move'
import { SaveSiteDialog } from './save-site-dialog'
import { UseSiteDialog } from './use-site-dialog'
import { VersionsDialog } from './versions-dialog'

type Asked = 'versions' | 'site' | 'use' | null

/** The move's name in the top bar, with what can be done to its document. */
export function DocumentMenu() {
  const { move, document } = useMove()
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  // In a field the keys take back what was typed there; the browser does that.
  useShortcut('mod+z', () => void travel('undo'), { inFields: false })
  useShortcut('mod+shift+z', () => void travel('redo'), { inFields: false })
  useShortcut('mod+y', () => void travel('redo'), { inFields: false })
  const mod = modKey()
  return (
    <>
      <Menu
        label="The move"
        align="start"
        trigger={
          <button type="button" className="top-move" title={`${move.name}: undo, earlier versions, all moves`}>
            <Logo />
            <span className="el">{move.name}</span>
            <span className="end t3">
              <Icon name="chevron-down" size={12} />
            </span>
          </button>
        }
        items={[
          { kind: 'item', id: 'all', label: 'All moves', icon: 'arrow-left', onPress: () => void closeMove() },
          { kind: 'line', id: 'line-1' },
          {
            kind: 'item',
            id: 'undo',
            label: document.undo ? `Undo: ${document.undo}` : 'Undo',
            icon: 'back',
            keys: [mod, 'Z'],
            disabled: document.undo === null ? 'No edit to take back since the move was opened.' : undefined,
            onPress: () => void travel('undo')
          },
          {
            kind: 'item',
            id: 'redo',
            label: document.redo ? `Redo: ${document.redo}` : 'Redo',
            icon: 'redo',
            keys: [mod, 'Shift', 'Z'],
            disabled: document.redo === null ? 'Nothing was undone.' : undefined,
            onPress: () => void travel('redo')
          },
          {
            kind: 'item',
            id: 'versions',
            label: 'Earlier versions…',
            icon: 'clock',
            onPress: () => setAsked('versions')
          },
          { kind: 'line', id: 'line-2' },
          {
            kind: 'item',
            id: 'export',
            label: 'Export…',
            icon: 'export',
            onPress: () => void exportMove(move.id)
          },
          { kind: 'item', id: 'site', label: 'Save a site…', icon: 'folder', onPress: () => setAsked('site') },
          { kind: 'item', id: 'use', label: 'Use a saved site…', icon: 'import', onPress: () => setAsked('use') }
        ]}
      />
      {asked === 'versions' && <VersionsDialog moveId={move.id} name={move.name} onClose={close} />}
      {asked === 'site' && <SaveSiteDialog onClose={close} />}
      {asked === 'use' && <UseSiteDialog first={null} onClose={close} />}
    </>
  )
}
