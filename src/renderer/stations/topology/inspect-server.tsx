import { Age } from '../../parts/age'
import { formatCount } from '../../parts/format'
import { type KeyValue, KeyValues } from '../../parts/key-values'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { Status } from '../../parts/status'
import { visibleString } from '../../parts/visible-text'
import { useMove } from '../../state/open-move'
import { Asked } from './asked'
import { type Box, staleAfterMs } from './picture'
import { ServerFactsSections, ServerLimits } from './server-facts-sections'
import { connectionsAsked, type ServerValue, serverValues } from './server-values'

type Database = Extract<Box, { kind: 'database' }>

const thread = (state: string) => (
  <Status status={state === 'running' ? 'ok' : state === 'connecting' ? 'attention' : 'danger'} size={12}>
    {state}
  </Status>
)

const drawn = (one: ServerValue): KeyValue['value'] => {
  if (one.key === 'Receiver' || one.key === 'Applier') return thread(one.text)
  if (one.key === 'Lag') return <b>{one.text}</b>
  return one.isServerText ? <ServerText cap={600}>{one.text}</ServerText> : one.text
}

/** What a database says of itself, with the age of every value and the statement it came from. */
export function InspectServer({ box }: { box: Database }) {
  const { topology } = useMove()
  const survey = box.node?.survey ?? null
  const failure = box.node?.failure ?? null
  const age = survey && <Age at={survey.at} staleAfterMs={staleAfterMs} />
  const values = serverValues(box, topology?.roundTripMs[box.id])
  const group = (name: ServerValue['group']): KeyValue[] =>
    values
      .filter((one) => one.group === name)
      .map((one) => ({
        key: one.key,
        value: drawn(one),
        copy: one.text,
        asked: one.asked,
        mono: one.mono,
        wraps: one.isServerText,
        age
      }))
  const { follows } = box
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
      {survey && <ServerLimits survey={survey} />}
      {!survey && !failure && <p className="pad s12 t2">Not asked yet. Values appear with the first look.</p>}
      {follows && (
        <Section title={`Follows ${follows.source}`}>
          <KeyValues items={group('follows')} />
          <Asked sql={follows.status.words.asked} />
        </Section>
      )}
      {survey && (
        <>
          <Section title="Role and identity">
            <KeyValues items={group('identity')} />
            <Asked sql={askedOf(box)} />
          </Section>
          <ServerFactsSections survey={survey} age={age} />
          <Section title="Load">
            <KeyValues items={group('load')} />
          </Section>
          <Section title="Connections by account">
            <KeyValues
              keyWidth={196}
              items={survey.connections.byAccount.slice(0, 30).map((account) => ({
                key: visibleString(`${account.user}@${account.host}`, 120),
                value: formatCount(account.count),
                copy: `${account.user}@${account.host} ${account.count}`,
                asked: connectionsAsked(survey),
                age
              }))}
            />
            <Asked sql={connectionsAsked(survey)} />
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
