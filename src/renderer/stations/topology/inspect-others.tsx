import type { ReactNode } from 'react'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { formatByteRate, formatBytes, formatCount, formatDuration } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { KeyValues } from '../../parts/key-values'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { Status } from '../../parts/status'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { Asked } from './asked'
import { type Box, staleAfterMs } from './picture'
import { connectionsAsked } from './server-values'

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

/** A value as it is shown, where it came from, and what is copied of it. */
const said = (text: string, asked: string) => ({ value: text, copy: text, asked })
const entered = 'what was entered in Sites'
const at = ({ host, port }: { host: string; port: number }) => ({ ...said(`${host}:${port}`, entered), mono: true })

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
  /** What a database counted is as old as its own survey. */
  const connections = (server: string, text: string) => {
    const survey = topology?.nodes.find((node) => node.server === server)?.survey
    return {
      ...said(text, connectionsAsked(survey)),
      age: <Age at={survey?.at ?? null} staleAfterMs={staleAfterMs} />
    }
  }
  const reached = box.app?.reached ? 'yes' : (box.app?.failure?.what ?? 'not asked')
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
            ...seen.map(([server, count]) => ({ key: server, ...connections(server, formatCount(count)) })),
            ...bridged.map(([server, count]) => ({
              key: `${server}, bridged`,
              ...connections(server, `${formatCount(count)}, of all hosts together`)
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
              ...said(reached, 'signing in to its host over SSH'),
              wraps: true,
              age
            },
            {
              key: 'Addresses',
              ...said(box.server.addresses.join(', ') || 'none named', entered),
              mono: true,
              wraps: true
            },
            { key: 'Redirect', ...said(box.server.redirect.kind, entered) }
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
  const askedOf = (resolver: string) => `dig @${resolver} ${box.domain.name} ${box.domain.type}`
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
                {
                  key: box.domain.type,
                  ...said(answer.values.join(', ') || 'no answer', askedOf(answer.resolver)),
                  mono: true,
                  wraps: true,
                  age: <Age at={answer.at} />
                },
                {
                  key: 'TTL left',
                  ...said(
                    answer.ttlSeconds === null ? 'unknown' : formatDuration(answer.ttlSeconds * 1000),
                    askedOf(answer.resolver)
                  ),
                  age: <Age at={answer.at} />
                }
              ]}
            />
          )}
          <Asked command={askedOf(answer.resolver)} />
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
  const { carried, throughput } = bridge
  const age = <Age at={bridge.at} />
  const words = { up: 'ok', down: 'danger', unknown: 'unknown', absent: 'todo' } as const
  const up = bridge.since === null ? 'unknown' : formatDuration(Date.now() - bridge.since)
  const supervised = 'the supervisor of its ssh, on the new host'
  const through = 'SELECT 1 through the bridge, less SELECT 1 beside it'
  const ssh = carried?.asked ?? 'ss -tinp, on the new host'
  const carries = (perSecond: number | undefined) => ({
    ...said(throughput ? `${formatByteRate(perSecond)}, over ${formatDuration(throughput.overMs)}` : 'unknown', ssh),
    wraps: true,
    age: <Age at={throughput?.at ?? null} />
  })
  const total = (bytes: number | undefined) => ({
    ...said(formatBytes(bytes), ssh),
    age: <Age at={carried?.at ?? null} />
  })
  return (
    <Panel label="Bridge" icon="link" open={open} onClose={onClose}>
      <Section title="SSH tunnel between the two hosts">
        <KeyValues
          items={[
            {
              key: 'State',
              ...said(bridge.kind, supervised),
              value: (
                <Status status={words[bridge.kind]} size={12}>
                  {bridge.kind}
                </Status>
              ),
              age
            },
            { key: 'Up', ...said(up, supervised), age },
            { key: 'RTT', ...said(formatDuration(bridge.roundTripMs), through), age },
            { key: 'Supervised by', ...said(bridge.supervisor ?? 'unknown', supervised), age },
            { key: 'Says', ...said(bridge.detail || 'nothing', supervised), wraps: true, age }
          ]}
        />
      </Section>
      {bridge.kind !== 'absent' && (
        <Section title="What it carries" sub="with Siteswap’s own looks">
          <KeyValues
            items={[
              { key: `To ${move.new.name}`, ...carries(throughput?.toNewPerSecond) },
              { key: `To ${move.old.name}`, ...carries(throughput?.toOldPerSecond) },
              { key: 'There in all', ...total(carried?.toNewBytes) },
              { key: 'Back in all', ...total(carried?.toOldBytes) }
            ]}
          />
          {carried ? (
            <Asked command={carried.asked} />
          ) : (
            <p className="s12 t2">
              Its host does not tell: it has no ss, or its kernel counts no bytes of the connection for this account.
            </p>
          )}
        </Section>
      )}
      {move.bridge && (
        <Section title="Where each database appears">
          <KeyValues
            items={[
              { key: `On ${move.old.name}`, ...at(move.bridge.newAt) },
              { key: `On ${move.new.name}`, ...at(move.bridge.oldAt) }
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
