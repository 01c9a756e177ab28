import { useState } from 'react'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { CopyButton } from '../../parts/copy-button'
import { Icon } from '../../parts/icon'
import { RoleBadge } from '../../parts/role-badge'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { Tabs } from '../../parts/tabs'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { InspectLinks } from './inspect-links'
import { InspectServer } from './inspect-server'
import { InspectVariables } from './inspect-variables'
import { versionWords } from './nodes/box-words'
import { type Box, type Picture, staleAfterMs } from './picture'
import { serverValuesText } from './server-values'

type TabId = 'server' | 'links' | 'variables'

/** A database server in three tabs: what it says of itself, its links, its variables. */
export function InspectDatabase({
  box,
  picture,
  first,
  open,
  onClose,
  onPair
}: {
  box: Extract<Box, { kind: 'database' }>
  picture: Picture
  first: TabId
  open: boolean
  onClose: () => void
  onPair: () => void
}) {
  const { move, topology } = useMove()
  const [tab, setTab] = useState<TabId>(first)
  const links = picture.links.filter((link) => link.source === box.id || link.replica === box.id)
  const pair = move.pairs.find((one) => one[box.side] === box.id)
  const partner = pair?.[box.side === 'old' ? 'new' : 'old']
  const survey = box.node?.survey
  return (
    <SidePanel
      label={box.server.name}
      open={open}
      onClose={onClose}
      dense
      head={
        <>
          <div className="row">
            <Icon name="database" />
            <h2 className="m el">
              <ServerText cap={80}>{box.server.name}</ServerText>
            </h2>
            <RoleBadge state={box.role} side={box.side} />
            <span className="end">{survey && <Age at={survey.at} ago staleAfterMs={staleAfterMs} />}</span>
          </div>
          <div className="row" style={{ marginTop: 4 }}>
            <span className="s12 t2 el">
              {[versionWords(box) ?? 'not asked yet', partner ? `pair ${box.pair} with ${partner}` : 'no pair'].join(
                ' · '
              )}
            </span>
            <span className="end">
              <CopyButton
                text={serverValuesText(box, topology?.roundTripMs[box.id])}
                label="Copy all values with their statements"
              >
                Copy all
              </CopyButton>
            </span>
          </div>
        </>
      }
      foot={
        <>
          <Button icon="settings" onPress={() => openStation('sites', `inspect:${box.id}`)}>
            Settings
          </Button>
          <Button icon="swap" keys={['P']} onPress={onPair}>
            {partner ? 'Pair anew' : 'Pair'}
          </Button>
        </>
      }
    >
      <div className="insp-tabs">
        <Tabs
          label="About this server"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'server', label: 'Server' },
            { id: 'links', label: 'Links', count: links.length },
            { id: 'variables', label: 'Variables' }
          ]}
        />
      </div>
      {tab === 'server' && <InspectServer box={box} />}
      {tab === 'links' && <InspectLinks links={links} />}
      {tab === 'variables' && <InspectVariables box={box} />}
    </SidePanel>
  )
}
