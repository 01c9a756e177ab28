import type { TopologyLink } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { formatLag } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { KeyValues } from '../../parts/key-values'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { Sparkline } from '../../parts/sparkline'
import { Status } from '../../parts/status'
import type { StatusKind } from '../../parts/status-kind'
import { Asked } from './asked'
import { LinkErrorWords } from './link-error-words'

const statuses: Record<TopologyLink['state'], StatusKind> = {
  running: 'ok',
  lagging: 'attention',
  connecting: 'attention',
  stopped: 'danger',
  broken: 'danger'
}

/** Every link from and to a server, with the replica's own words when it stopped. */
export function InspectLinks({ links }: { links: readonly TopologyLink[] }) {
  if (links.length === 0) return <p className="pad s12 t2">No link from or to this server.</p>
  return links.map((link) => {
    const error = link.status.applierError ?? link.status.receiverError
    const age = <Age at={link.at} />
    return (
      <Section
        key={link.id}
        title={
          <span className="row g4 m">
            {link.source} <Icon name="arrow-right" size={12} label="to" /> {link.replica}
          </span>
        }
        aside={age}
      >
        {error && (
          <div style={{ marginBottom: 8 }}>
            <LinkErrorWords link={link} />
          </div>
        )}
        <KeyValues
          items={[
            {
              key: 'State',
              value: (
                <Status status={statuses[link.state]} size={12}>
                  {link.state}
                </Status>
              ),
              age
            },
            {
              key: 'Lag',
              value: (
                <span className="row">
                  <b>{formatLag(link.lagSeconds)}</b>
                  <Sparkline values={link.lagHistory} width={96} height={16} label="lag over the last minute" />
                </span>
              ),
              age
            },
            { key: 'Receiver', value: link.status.receiver, age },
            { key: 'Applier', value: link.status.applier, age },
            {
              key: 'Received',
              value: <ServerText cap={600}>{link.status.received || 'unknown'}</ServerText>,
              mono: true,
              wraps: true,
              age
            },
            {
              key: 'Applied',
              value: <ServerText cap={600}>{link.status.applied || 'unknown'}</ServerText>,
              mono: true,
              wraps: true,
              age
            },
            {
              key: 'Reads from',
              value: <ServerText cap={200}>{`${link.status.sourceHost}:${link.status.sourcePort}`}</ServerText>,
              mono: true,
              wraps: true
            },
            {
              key: 'Channel',
              value:
                link.status.channel === '' ? (
                  'the default one'
                ) : (
                  <ServerText cap={80}>{link.status.channel}</ServerText>
                ),
              mono: link.status.channel !== ''
            },
            { key: 'GTID', value: link.status.usesGtid ? 'used' : 'not used' },
            ...(link.status.configuredDelaySeconds > 0
              ? [{ key: 'Delay', value: `${link.status.configuredDelaySeconds} s, configured` }]
              : []),
            ...(link.status.filters.length > 0
              ? [
                  {
                    key: 'Filters',
                    value: <ServerText cap={400}>{link.status.filters.join(', ')}</ServerText>,
                    wraps: true
                  }
                ]
              : [])
          ]}
        />
        <Asked sql={link.status.words.asked} />
      </Section>
    )
  })
}
