import { type Discovery, type FoundLink, type FoundServer, isUnreached } from '../../../shared/discovery'
import type { SiteSide } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Chip } from '../../parts/chip'
import { Select } from '../../parts/select'
import { ServerText } from '../../parts/server-text'
import { Status } from '../../parts/status'
import type { StatusKind } from '../../parts/status-kind'
import { type Column, Table } from '../../parts/table'
import { visibleString } from '../../parts/visible-text'
import { useMove } from '../../state/open-move'
import { foundStatus, inMove, isAddable, isAskable, leadAddress, placeOf, roleWords } from './found-words'

const linkStatus: Record<FoundLink['state'], StatusKind> = {
  running: 'ok',
  connecting: 'attention',
  stopped: 'attention',
  broken: 'danger',
  told: 'unknown'
}

/** Every server that was found, who follows whom, and what can be ticked. */
export function FoundTable({ discovery, ticked, sides, likes, onTick, onSide, onLike, onFill }: FoundTableProps) {
  const { move } = useMove()
  const nameOf = (id: string) => discovery.servers.find((found) => found.id === id)?.name ?? id
  const databases = [...move.old.servers, ...move.new.servers].filter((server) => server.database)
  const columns: Column<FoundServer>[] = [
    {
      id: 'tick',
      head: <span className="vh">Ticked</span>,
      width: 32,
      cell: (found) =>
        (isAskable(found) || isAddable(move, found)) && (
          <Checkbox checked={ticked.has(found.id)} onChange={(on) => onTick(found.id, on)}>
            <span className="vh">{visibleString(found.name, 60)}</span>
          </Checkbox>
        )
    },
    {
      id: 'server',
      head: 'Server',
      cell: (found) => (
        <span className="found-cell">
          <b>
            <ServerText cap={60}>{found.name}</ServerText>
          </b>
          <span className="s11 t2">
            {[roleWords[found.role], found.identity && (found.readOnly ? 'read-only' : 'takes writes')]
              .filter(Boolean)
              .join(', ') || 'has not answered'}
          </span>
        </span>
      )
    },
    {
      id: 'state',
      head: 'State',
      cell: (found) => {
        const { status, words } = foundStatus(found)
        const remarks = found.notes.filter(({ tone }) => tone === 'attention').length
        return (
          <span className="found-cell">
            <Status status={status} size={12}>
              {words}
            </Status>
            {remarks > 0 && <span className="s11 warn">{remarks === 1 ? 'one remark' : `${remarks} remarks`}</span>}
          </span>
        )
      }
    },
    { id: 'address', head: 'Address, and who named it', cell: (found) => <Addresses found={found} nameOf={nameOf} /> },
    {
      id: 'identity',
      head: 'Version and identity',
      cell: ({ identity, told }) => (
        <span className="found-cell">
          <span>
            {identity ? (
              <ServerText cap={32}>
                {`${identity.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${identity.version.replace(/-MariaDB.*$/i, '')}`}
              </ServerText>
            ) : (
              <span className="t3">unknown</span>
            )}
          </span>
          <span className="s11 t2" title={identity?.uuid ?? told.uuid ?? undefined}>
            {told.serverId !== null && `server id ${told.serverId}`}
            {told.uuid !== null && <span className="m11"> {visibleString(told.uuid, 8)}</span>}
          </span>
        </span>
      )
    },
    {
      id: 'follows',
      head: 'Follows',
      fill: true,
      cell: (found) => <Follows links={discovery.links.filter((link) => link.replica === found.id)} nameOf={nameOf} />
    },
    {
      id: 'to',
      head: 'Site or way',
      cell: (found) => {
        const known = inMove(move, found)
        if (known) return <Chip>in the move</Chip>
        if (!ticked.has(found.id))
          return (
            isUnreached(found) && (
              <Button
                size="sm"
                onPress={() => onFill(found)}
                label={`Fill in and add ${visibleString(found.name, 60)}`}
              >
                Fill in and add…
              </Button>
            )
          )
        if (isAddable(move, found) && !isAskable(found))
          return (
            <Select
              width={160}
              label={`Site of ${visibleString(found.name, 60)}`}
              value={sides.get(found.id) ?? 'old'}
              onChange={(side) => onSide(found.id, side)}
              options={(['old', 'new'] as const).map((side) => ({ id: side, label: `add to ${move[side].name}` }))}
            />
          )
        return (
          <Select
            width={160}
            label={`Way to ${visibleString(found.name, 60)}`}
            value={likes.get(found.id) ?? leadAddress(found)?.like ?? ''}
            onChange={(like) => onLike(found.id, like)}
            options={databases.map((server) => ({ id: server.id, label: `ask like ${server.name}` }))}
          />
        )
      }
    }
  ]
  return (
    <Table
      label="Found servers"
      columns={columns}
      rows={discovery.servers}
      rowKey={({ id }) => id}
      dim={(found) => inMove(move, found) !== undefined}
    />
  )
}

/** What a `FoundTable` is told; sides and ways hold what was chosen by found server. */
export type FoundTableProps = {
  discovery: Discovery
  ticked: ReadonlySet<string>
  sides: ReadonlyMap<string, SiteSide>
  likes: ReadonlyMap<string, string>
  onTick: (id: string, on: boolean) => void
  onSide: (id: string, side: SiteSide) => void
  onLike: (id: string, like: string) => void
  onFill: (found: FoundServer) => void
}

function Addresses({ found, nameOf }: { found: FoundServer; nameOf: (id: string) => string }) {
  const lead = leadAddress(found)
  if (!lead) return null
  const more = found.addresses.length - 1
  const seen = lead.seenBy.map(({ by, as }) => `${visibleString(nameOf(by), 40)} as its ${as}`)
  return (
    <span className="found-cell">
      <span className="m">
        <ServerText cap={60}>{placeOf(lead)}</ServerText>
        {more > 0 && (
          <span className="s11 t3" title={found.addresses.map((one) => visibleString(placeOf(one), 60)).join('\n')}>
            {` and ${more} more`}
          </span>
        )}
      </span>
      <span className="s11 t2" title={seen.join('\n')}>
        {seen.length === 0 ? 'where the search began' : seen[0]}
        {seen.length > 1 && ` and ${seen.length - 1} more`}
        {lead.guessed && ', port guessed'}
      </span>
    </span>
  )
}

function Follows({ links, nameOf }: { links: readonly FoundLink[]; nameOf: (id: string) => string }) {
  if (links.length === 0) return <span className="t3">—</span>
  const shown = links.slice(0, 2)
  const all = links
    .slice(0, 40)
    .map((link) => `${visibleString(nameOf(link.source), 60)} ${visibleString(link.channel, 40)}`)
  return (
    <span className="found-cell" title={all.join('\n')}>
      {shown.map((link) => (
        <Status key={link.id} status={linkStatus[link.state]} size={12}>
          <ServerText cap={40}>{nameOf(link.source)}</ServerText>
          <span className="s11 t2">
            {link.state === 'told' ? ' (as that one says)' : ` ${link.state}`}
            {link.error && `, error ${link.error.code}`}
          </span>
        </Status>
      ))}
      {links.length > shown.length && <span className="s11 t2">and {links.length - shown.length} more</span>}
    </span>
  )
}
