import type { ReactNode } from 'react'
import type { TopologyLink } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { formatLag } from '../../parts/format'
import { Icon } from '../../parts/icon'
import { type KeyValue, KeyValues } from '../../parts/key-values'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { Sparkline } from '../../parts/sparkline'
import { Status } from '../../parts/status'
import type { StatusKind } from '../../parts/status-kind'
import { Asked } from './asked'
import { LinkErrorWords } from './link-error-words'
import { lagAsked } from './server-values'

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
        <KeyValues items={valuesOf(link, age)} />
        <Asked sql={link.status.words.asked} />
      </Section>
    )
  })
}

/** Everything the replica tells of a link; the lag comes from the heartbeat. */
const valuesOf = (link: TopologyLink, age: ReactNode): KeyValue[] => {
  const { status } = link
  const put = (key: string, text: string, value: ReactNode = text): KeyValue => ({
    ...{ key, value, age, copy: text, asked: status.words.asked }
  })
  const long = (key: string, text: string, cap: number): KeyValue => ({
    ...put(key, text, <ServerText cap={cap}>{text}</ServerText>),
    ...{ mono: true, wraps: true }
  })
  return [
    put(
      'State',
      link.state,
      <Status status={statuses[link.state]} size={12}>
        {link.state}
      </Status>
    ),
    {
      ...put(
        'Lag',
        formatLag(link.lagSeconds),
        <span className="row">
          <b>{formatLag(link.lagSeconds)}</b>
          <Sparkline values={link.lagHistory} width={96} height={16} label="lag over the last minute" />
        </span>
      ),
      asked: lagAsked
    },
    put('Receiver', status.receiver),
    put('Applier', status.applier),
    long('Received', status.received || 'unknown', 600),
    long('Applied', status.applied || 'unknown', 600),
    long('Reads from', `${status.sourceHost}:${status.sourcePort}`, 200),
    status.channel === '' ? put('Channel', 'the default one') : long('Channel', status.channel, 80),
    put('GTID', status.usesGtid ? 'used' : 'not used'),
    ...(status.configuredDelaySeconds > 0 ? [put('Delay', `${status.configuredDelaySeconds} s, configured`)] : []),
    ...(status.filters.length > 0 ? [long('Filters', status.filters.join(', '), 400)] : [])
  ]
}
