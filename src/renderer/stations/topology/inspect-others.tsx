import type { ReactNode } from 'react'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { formatCount, formatDuration } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { KeyValues } from '../../parts/key-values'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { Status } from '../../parts/status'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import type { Box } from './picture'

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

/** A host of the shop: its connections on each database. */
export function InspectApp({
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

/** A domain: what every server that was asked answers. */
export function InspectDomain({
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

/** The tunnel between the two hosts. */
export function InspectBridge({ open, onClose }: { open: boolean; onClose: () => void }) {
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
