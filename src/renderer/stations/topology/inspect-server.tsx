import { Age } from '../../parts/age'
import { formatBytes, formatCount, formatDuration, formatLag, formatRate } from '../../parts/format'
import { type KeyValue, KeyValues } from '../../parts/key-values'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { Status } from '../../parts/status'
import { useMove } from '../../state/open-move'
import { Asked } from './asked'
import { lastKnown } from './nodes/box-words'
import { type Box, staleAfterMs } from './picture'
import { ServerFactsSections } from './server-facts-sections'

type Database = Extract<Box, { kind: 'database' }>

const thread = (state: 'running' | 'connecting' | 'stopped') => (
  <Status status={state === 'running' ? 'ok' : state === 'connecting' ? 'attention' : 'danger'} size={12}>
    {state}
  </Status>
)

/** What a database says of itself, with the age of every value and the statement it came from. */
export function InspectServer({ box }: { box: Database }) {
  const { topology } = useMove()
  const survey = box.node?.survey ?? null
  const failure = box.node?.failure ?? null
  const age = survey && <Age at={survey.at} staleAfterMs={staleAfterMs} />
  const put = (key: string, value: KeyValue['value'], mono = false, wraps = false): KeyValue => ({
    key,
    value,
    mono,
    wraps,
    age
  })
  const { follows } = box
  const rate = lastKnown(box.node?.writesPerSecond ?? [])
  const rtt = topology?.roundTripMs[box.id]
  return (
    <>
      {failure && (
        <Section>
          <Note tone="dan" title={failure.failure.what} aside={<Age at={failure.at} ago />}>
            {failure.failure.why} {failure.failure.words && <ServerText cap={400}>{failure.failure.words}</ServerText>}
            {failure.failure.try.length > 0 && (
              <ol className="tries">
                {failure.failure.try.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            )}
          </Note>
        </Section>
      )}
      {!survey && !failure && <p className="pad s12 t2">Not asked yet. Values appear with the first look.</p>}
      {follows && (
        <Section title={`Follows ${follows.source}`}>
          <KeyValues
            items={[
              put('Lag', <b>{formatLag(follows.lagSeconds)}</b>),
              put('Receiver', thread(follows.status.receiver)),
              put('Applier', thread(follows.status.applier)),
              put('Received', <ServerText cap={400}>{follows.status.received || 'unknown'}</ServerText>, true, true),
              put('Applied', <ServerText cap={400}>{follows.status.applied || 'unknown'}</ServerText>, true, true)
            ]}
          />
        </Section>
      )}
      {survey && (
        <>
          <Section title="Role and identity">
            <KeyValues
              items={[
                put('read_only', survey.readOnly ? 'ON' : 'OFF', true),
                ...(survey.superReadOnly === null
                  ? []
                  : [put('super_read_only', survey.superReadOnly ? 'ON' : 'OFF', true)]),
                put('server_id', String(survey.identity.serverId), true),
                ...(survey.identity.uuid ? [put('server_uuid', survey.identity.uuid, true, true)] : []),
                put(
                  'Host',
                  <ServerText cap={120}>{`${survey.identity.hostname}:${survey.identity.port}`}</ServerText>,
                  true
                ),
                put('Version', <ServerText cap={120}>{survey.identity.version}</ServerText>, true, true),
                put(
                  'Binary log',
                  survey.logBin
                    ? `${survey.variables.binlog_format ?? ''} ${survey.variables.binlog_row_image ?? ''}`.trim() ||
                        'on'
                    : 'off',
                  true
                ),
                put('Position', <ServerText cap={600}>{survey.gtid.executed || 'unknown'}</ServerText>, true, true)
              ]}
            />
            <Asked sql={askedOf(box)} />
          </Section>
          <ServerFactsSections survey={survey} age={age} />
          <Section title="Load">
            <KeyValues
              items={[
                put('Writes', formatRate(rate)),
                put(
                  'Connections',
                  `${formatCount(survey.connections.total)} of ${formatCount(survey.connections.limit)}`
                ),
                put('Data', formatBytes(survey.dataBytes)),
                put('Up', formatDuration(survey.uptimeSeconds * 1000)),
                ...(rtt === undefined ? [] : [put('RTT from here', formatDuration(rtt))]),
                put('Survey took', formatDuration(survey.tookMs))
              ]}
            />
          </Section>
          <Section title="Connections by account">
            <KeyValues
              keyWidth={196}
              items={survey.connections.byAccount.slice(0, 30).map((account) => ({
                key: `${account.user}@${account.host}`,
                value: formatCount(account.count),
                age
              }))}
            />
            <Asked sql="SELECT USER, HOST, COUNT(*) FROM information_schema.PROCESSLIST GROUP BY 1, 2" />
          </Section>
        </>
      )}
    </>
  )
}

const askedOf = (box: Database): string =>
  box.node?.survey?.identity.flavour === 'mysql' && box.node.survey.superReadOnly !== null
    ? 'SELECT @@read_only, @@super_read_only, @@server_id, @@server_uuid, @@version'
    : 'SELECT @@read_only, @@server_id, @@version, @@hostname, @@port'
