import { type ReactNode, useState } from 'react'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { formatCount, formatDuration } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { KeyValues } from '../../parts/key-values'
import { RoleBadge } from '../../parts/role-badge'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { Status } from '../../parts/status'
import { Tabs } from '../../parts/tabs'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { InspectLinks } from './inspect-links'
import { InspectServer } from './inspect-server'
import { InspectVariables } from './inspect-variables'
import { versionWords } from './nodes/box-words'
import { type Box, type Picture, staleAfterMs } from './picture'

type TabId = 'server' | 'links' | 'variables'

/** What is chosen in the picture, in numbers with their ages. */
export function Inspector({ picture, selected, open, onClose, onPair }: InspectorProps) {
  const link = picture.links.find((one) => one.id === selected)
  const box = picture.boxes.find((one) => one.id === (link?.replica ?? selected))
  if (selected === 'bridge') return <BridgeInspector open={open} onClose={onClose} />
  if (box?.kind === 'database')
    return (
      <DatabaseInspector
        key={selected}
        box={box}
        picture={picture}
        first={link ? 'links' : 'server'}
        open={open}
        onClose={onClose}
        onPair={onPair}
      />
    )
  if (box?.kind === 'app') return <AppInspector box={box} open={open} onClose={onClose} />
  if (box?.kind === 'domain') return <DomainInspector box={box} open={open} onClose={onClose} />
  return null
}

function DatabaseInspector({
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
  const { move } = useMove()
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
            <h2 className="m el">{box.server.name}</h2>
            <RoleBadge state={box.role} side={box.side} />
            <span className="end">{survey && <Age at={survey.at} ago staleAfterMs={staleAfterMs} />}</span>
          </div>
          <div className="s12 t2 el" style={{ marginTop: 4 }}>
            {[versionWords(box) ?? 'not asked yet', partner ? `pair ${box.pair} with ${partner}` : 'no pair'].join(
              ' · '
            )}
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

function Panel({
  label,
  icon,
  chip,
  open,
  onClose,
  children
}: {
  label: string
  icon: 'web' | 'worker' | 'globe' | 'link'
  chip?: ReactNode
  open: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <SidePanel
      label={label}
      open={open}
      onClose={onClose}
      dense
      head={
        <div className="row">
          <Icon name={icon} />
          <h2 className="m el">{label}</h2>
          {chip}
        </div>
      }
    >
      {children}
    </SidePanel>
  )
}

function AppInspector({
  box,
  open,
  onClose
}: {
  box: Extract<Box, { kind: 'app' }>
  open: boolean
  onClose: () => void
}) {
  const { move, topology } = useMove()
  const age = <Age at={box.app?.at ?? null} staleAfterMs={60_000} />
  const seen = Object.entries(box.app?.connections ?? {})
  const bridged = Object.entries(topology?.throughBridge ?? {}).filter(([, count]) => count > 0)
  return (
    <Panel
      label={box.server.name}
      icon={box.server.kind === 'web' ? 'web' : 'worker'}
      chip={<SiteChip side={box.side}>{move[box.side].name}</SiteChip>}
      open={open}
      onClose={onClose}
    >
      <Section title="Connections seen">
        <KeyValues
          items={[
            ...seen.map(([server, count]) => ({ key: server, value: formatCount(count), age })),
            ...bridged.map(([server, count]) => ({
              key: `${server}, bridged`,
              value: `${formatCount(count)}, of all hosts together`,
              age
            }))
          ]}
        />
        {seen.length === 0 && <p className="s12 t2">None yet: no database was asked.</p>}
      </Section>
      <Section title="Host">
        <KeyValues
          items={[
            {
              key: 'Reached',
              value: box.app?.reached ? 'yes' : (box.app?.failure?.what ?? 'not asked'),
              wraps: true,
              age
            },
            { key: 'Addresses', value: box.server.addresses.join(', ') || 'none named', mono: true, wraps: true },
            { key: 'Redirect', value: box.server.redirect.kind }
          ]}
        />
      </Section>
      <div className="pad">
        <Button icon="settings" onPress={() => openStation('sites', `inspect:${box.id}`)}>
          Settings
        </Button>
      </div>
    </Panel>
  )
}

function DomainInspector({
  box,
  open,
  onClose
}: {
  box: Extract<Box, { kind: 'domain' }>
  open: boolean
  onClose: () => void
}) {
  const answers = box.state?.answers ?? []
  return (
    <Panel label={box.domain.name} icon="globe" open={open} onClose={onClose}>
      {answers.length === 0 && <p className="pad s12 t2">Not asked yet.</p>}
      {answers.map((answer) => (
        <Section
          key={answer.resolver}
          title={answer.resolver}
          sub={answer.authoritative ? 'authoritative' : undefined}
          aside={<Age at={answer.at} ago />}
        >
          {answer.failure ? (
            <Status status="attention" size={12}>
              {answer.failure.what}
            </Status>
          ) : (
            <KeyValues
              items={[
                { key: box.domain.type, value: answer.values.join(', ') || 'no answer', mono: true, wraps: true },
                {
                  key: 'TTL left',
                  value: answer.ttlSeconds === null ? 'unknown' : formatDuration(answer.ttlSeconds * 1000)
                }
              ]}
            />
          )}
        </Section>
      ))}
    </Panel>
  )
}

function BridgeInspector({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { topology, move } = useMove()
  const bridge = topology?.bridge
  if (!bridge) return null
  const age = <Age at={bridge.at} />
  const words = { up: 'ok', down: 'danger', unknown: 'unknown', absent: 'todo' } as const
  return (
    <Panel label="Bridge" icon="link" open={open} onClose={onClose}>
      <Section title="SSH tunnel between the two hosts">
        <KeyValues
          items={[
            {
              key: 'State',
              value: (
                <Status status={words[bridge.kind]} size={12}>
                  {bridge.kind}
                </Status>
              ),
              age
            },
            { key: 'Up', value: bridge.since === null ? 'unknown' : formatDuration(Date.now() - bridge.since), age },
            { key: 'RTT', value: formatDuration(bridge.roundTripMs), age },
            { key: 'Supervised by', value: bridge.supervisor ?? 'unknown', age },
            { key: 'Says', value: bridge.detail || 'nothing', wraps: true, age }
          ]}
        />
      </Section>
      {move.bridge && (
        <Section title="Where each database appears">
          <KeyValues
            items={[
              { key: `On ${move.old.name}`, value: `${move.bridge.newAt.host}:${move.bridge.newAt.port}`, mono: true },
              { key: `On ${move.new.name}`, value: `${move.bridge.oldAt.host}:${move.bridge.oldAt.port}`, mono: true }
            ]}
          />
        </Section>
      )}
      <div className="pad row">
        <Button icon="settings" onPress={() => openStation('sites', 'bridge')}>
          Settings
        </Button>
        <Button onPress={() => openStation('replicate')}>Replicate</Button>
      </div>
    </Panel>
  )
}

/** What an `Inspector` is told. */
export type InspectorProps = {
  picture: Picture
  selected: string | null
  open: boolean
  onClose: () => void
  onPair: () => void
}
