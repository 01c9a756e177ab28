import { type FoundAddress, isUnreached } from '../../../shared/discovery'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Icon } from '../../parts/icon'
import { type KeyValue, KeyValues } from '../../parts/key-values'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { Status } from '../../parts/status'
import { useDiscovery } from '../../state/discovery'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { foundStatus, placeOf, roleWords } from '../sites/found-words'
import { Asked } from './asked'
import { foundWords } from './found-boxes'
import type { Box } from './picture'

/** When an address was asked last; one that never was is as old as the search. */
const askedAt = ({ state }: FoundAddress, searchedAt: number): number =>
  state.kind === 'answered' || state.kind === 'failed' ? state.at : searchedAt

/** A server outside the move: what is known of it and from whom, what to fill in, and the way to add it; nothing is changed from here. */
export function InspectFound({
  box,
  open,
  onClose
}: {
  box: Extract<Box, { kind: 'found' }>
  open: boolean
  onClose: () => void
}) {
  const { move } = useMove()
  const search = useDiscovery()
  const { found } = box
  const searchedAt = search.kind === 'open' ? search.discovery.at : 0
  const names = new Map(search.kind === 'open' ? search.discovery.servers.map((one) => [one.id, one.name]) : [])
  const text = (key: string, value: string, asked: string, at: number): KeyValue => ({
    ...{ key, asked, copy: value, mono: true, wraps: true },
    value: <ServerText cap={200}>{value}</ServerText>,
    age: <Age at={at} />
  })
  const sightings = found.addresses.flatMap((address) => address.seenBy.map((seen) => ({ address, seen })))
  const statements = [...new Set(sightings.map(({ seen }) => seen.asked))]
  const answeredAt = Math.max(0, ...found.addresses.map((address) => askedAt(address, searchedAt)))
  const { identity, told } = found
  const { status, words } = foundStatus(found)
  const failures = found.addresses.flatMap(({ state }) => (state.kind === 'failed' ? [state] : []))
  return (
    <SidePanel
      label={found.name}
      open={open}
      onClose={onClose}
      dense
      head={
        <>
          <div className="row">
            <Icon name="database" />
            <h2 className="m el">
              <ServerText cap={80}>{found.name}</ServerText>
            </h2>
          </div>
          <p className="s12 t2" style={{ marginTop: 4 }}>
            {foundWords(found)}
          </p>
        </>
      }
      foot={
        <>
          {!isUnreached(found) && (
            <Button icon="plus" onPress={() => openStation('sites', `found:${found.id}`)}>
              {identity ? `Add to ${move[box.side].name}…` : 'Ask it…'}
            </Button>
          )}
          {isUnreached(found) && (
            <Button icon="plus" onPress={() => openStation('sites', `fill:${found.id}`)}>
              Fill in and add…
            </Button>
          )}
          {failures.length > 0 && (
            <Button onPress={() => openStation('sites', `found:${found.id}`)}>Ask it another way…</Button>
          )}
        </>
      }
    >
      {failures.map(({ failure, at }) => (
        <Section key={`${at} ${failure.what}`}>
          <Note tone="att" title={failure.what} aside={<Age at={at} ago />}>
            {failure.why}
          </Note>
        </Section>
      ))}
      {found.fill.length > 0 && (
        <Section title="To fill in">
          <ol className="tries">
            {found.fill.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Where it is">
        <KeyValues
          items={[
            ...found.addresses.map((address, index) =>
              text(
                index === 0 ? 'Address' : `Address ${index + 1}`,
                `${placeOf(address)}${address.guessed ? ', port guessed' : ''}`,
                address.seenBy[0]?.asked ?? 'what was entered in Sites',
                askedAt(address, searchedAt)
              )
            ),
            {
              key: 'State',
              value: (
                <Status status={status} size={12}>
                  {words}
                </Status>
              ),
              copy: words,
              asked: 'the search for servers',
              age: <Age at={answeredAt} />
            }
          ]}
        />
      </Section>
      <Section title="Who names it">
        <KeyValues
          items={sightings.map(({ seen }, index) => ({
            ...text(
              `${index + 1}`,
              `${names.get(seen.by) ?? seen.by}, as its ${seen.as}${seen.channel ? `, channel ${seen.channel}` : ''}`,
              seen.asked,
              searchedAt
            ),
            mono: false
          }))}
        />
        {statements.map((sql) => (
          <Asked key={sql} sql={sql} />
        ))}
      </Section>
      {(identity || told.serverId !== null || told.uuid !== null) && (
        <Section title="Identity">
          <KeyValues
            items={[
              ...(identity
                ? [
                    text('Version', identity.version, 'SELECT @@version', answeredAt),
                    text('Host', `${identity.hostname}:${identity.port}`, 'SELECT @@hostname, @@port', answeredAt)
                  ]
                : []),
              ...(told.serverId === null
                ? []
                : [
                    text(
                      'server_id',
                      String(told.serverId),
                      identity ? 'SELECT @@server_id' : (statements[0] ?? ''),
                      answeredAt
                    )
                  ]),
              ...(told.uuid === null
                ? []
                : [
                    text(
                      'server_uuid',
                      told.uuid,
                      identity ? 'SELECT @@server_uuid' : (statements[0] ?? ''),
                      answeredAt
                    )
                  ]),
              ...(roleWords[found.role] === ''
                ? []
                : [text('Role', roleWords[found.role], 'the links of all that have answered', answeredAt)])
            ]}
          />
        </Section>
      )}
      {found.notes.map(({ kind, tone, text: remark }) => (
        <Section key={`${kind} ${remark}`}>
          <Note tone={tone === 'attention' ? 'att' : 'info'}>
            <ServerText cap={400}>{remark}</ServerText>
          </Note>
        </Section>
      ))}
    </SidePanel>
  )
}
