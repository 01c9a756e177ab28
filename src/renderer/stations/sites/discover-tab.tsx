import { useState } from 'react'
import { askable, type Discovery, type FoundServer } from '../../../shared/discovery'
import { type ServerEntry, type SiteSide, serversOf } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { EmptyState } from '../../parts/empty-state'
import { LiveRegion } from '../../parts/live-region'
import { Loading } from '../../parts/loading'
import { Note } from '../../parts/note'
import { discoverFrom, endDiscovery, useDiscovery } from '../../state/discovery'
import { useMove } from '../../state/open-move'
import { FoundActions } from './found-actions'
import { FoundRemarks } from './found-remarks'
import { FoundTable } from './found-table'
import { isAddable, isAskable, leadAddress, likelySide } from './found-words'

/** Servers that the databases of the move name: asked when ticked, added when wanted. */
export function DiscoverTab({ seed, chosen = null, onFill }: DiscoverTabProps) {
  const { move } = useMove()
  const state = useDiscovery()
  const databases = serversOf(move).flatMap(({ server }) => (server.kind === 'database' ? [server] : []))
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(seed === null ? [] : databases.flatMap(({ id }) => (id === seed ? [] : [id])))
  )
  const seeds = databases.filter(({ id }) => !left.has(id))
  if (databases.length === 0)
    return (
      <div className="discover">
        <EmptyState icon="search" title="No database to begin at">
          Add the first one by hand; it then tells whom it follows and who follows it.
        </EmptyState>
      </div>
    )
  const busy = state.kind === 'starting' || (state.kind === 'open' && state.discovery.busy > 0)
  return (
    <div className="discover">
      <div className="row wrap">
        <span className="s12 t2">Begin at</span>
        <Seeds databases={databases} left={left} onChange={setLeft} />
        <span className="end row">
          {(busy || state.kind === 'open') && (
            <Button variant="ghost" onPress={() => void endDiscovery()}>
              End search
            </Button>
          )}
          <Button
            variant={state.kind === 'open' ? 'default' : 'primary'}
            icon="search"
            busy={busy && 'Asking'}
            disabled={seeds.length === 0 && 'Tick a server to begin at.'}
            onPress={() => void discoverFrom(seeds.map(({ id }) => id))}
          >
            {state.kind === 'open' ? 'Begin again' : 'Discover servers'}
          </Button>
        </span>
      </div>
      <p className="s11 t3">
        Only these are connected to, and only read from. Whom they name is listed first; nobody else is asked before you
        tick it.
      </p>
      {state.kind === 'starting' && <Loading rows={3}>Asking {seeds.map(({ name }) => name).join(', ')}</Loading>}
      {state.kind === 'failed' && (
        <Note tone="att" title={state.failure.what}>
          {state.failure.try[0]}
        </Note>
      )}
      {state.kind === 'open' && (
        <Found key={state.discovery.startedAt} discovery={state.discovery} chosen={chosen} onFill={onFill} />
      )}
    </div>
  )
}

/** What a `DiscoverTab` is told: the one server a search was asked for, and a found one that is ticked from the beginning. */
export type DiscoverTabProps = {
  seed: string | null
  chosen?: string | null
  /** A found server that nobody reached is to be added by its form. */
  onFill: (found: FoundServer) => void
}

function Seeds({ databases, left, onChange }: SeedsProps) {
  return databases.map((server) => (
    <Checkbox
      key={server.id}
      checked={!left.has(server.id)}
      onChange={(on) => {
        const next = new Set(left)
        if (on) next.delete(server.id)
        else next.add(server.id)
        onChange(next)
      }}
    >
      {server.name}
    </Checkbox>
  ))
}

type SeedsProps = {
  databases: readonly ServerEntry[]
  left: ReadonlySet<string>
  onChange: (left: ReadonlySet<string>) => void
}

function Found({ discovery, chosen, onFill }: Pick<DiscoverTabProps, 'chosen' | 'onFill'> & { discovery: Discovery }) {
  const { move } = useMove()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(chosen ? [chosen] : []))
  const [sides, setSides] = useState<ReadonlyMap<string, SiteSide>>(new Map())
  const [likes, setLikes] = useState<ReadonlyMap<string, string>>(new Map())
  const sideOf = (id: string): SiteSide => {
    const found = discovery.servers.find((one) => one.id === id)
    return sides.get(id) ?? (found ? likelySide(move, found) : 'old')
  }
  const marked = discovery.servers.filter(({ id }) => ticked.has(id))
  const asks = marked.filter(isAskable).flatMap((found) =>
    askable(found)
      .slice(0, 1)
      .map((address) => ({ address, like: likes.get(found.id) ?? leadAddress(found)?.like ?? address.like }))
  )
  const adds = marked
    .filter((found) => isAddable(move, found) && !isAskable(found))
    .map((found) => ({ found, side: sideOf(found.id) }))
  const tickable = discovery.servers.filter((found) => isAskable(found) || isAddable(move, found))
  const all = tickable.length > 0 && tickable.every(({ id }) => ticked.has(id))
  const answered = discovery.servers.filter(({ identity }) => identity !== null).length
  const words = `${discovery.servers.length} servers known, ${answered} answered`
  return (
    <>
      <div className="row wrap s12">
        <b>{words}</b>
        {discovery.proposed > 0 && <span className="t2">{discovery.proposed} not asked</span>}
        {tickable.length > 1 && (
          <span className="end">
            <Checkbox
              checked={all ? true : marked.length > 0 ? 'some' : false}
              onChange={(on) => setTicked(new Set(on ? tickable.map(({ id }) => id) : []))}
            >
              Tick all
            </Checkbox>
          </span>
        )}
      </div>
      <LiveRegion>{words}</LiveRegion>
      <div className="tscroll on-bg discover-table">
        <FoundTable
          discovery={discovery}
          ticked={ticked}
          sides={new Map(discovery.servers.map(({ id }) => [id, sideOf(id)]))}
          likes={likes}
          onTick={(id, on) =>
            setTicked(on ? new Set(ticked).add(id) : new Set([...ticked].filter((one) => one !== id)))
          }
          onSide={(id, side) => setSides(new Map(sides).set(id, side))}
          onLike={(id, like) => setLikes(new Map(likes).set(id, like))}
          onFill={onFill}
        />
        {discovery.leftOut.map((text) => (
          <Note key={text} tone="att">
            {text}
          </Note>
        ))}
        <FoundRemarks discovery={discovery} />
      </div>
      <FoundActions asks={asks} adds={adds} onDone={() => setTicked(new Set())} />
    </>
  )
}
