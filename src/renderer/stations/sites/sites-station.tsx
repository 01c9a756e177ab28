import { useState } from 'react'
import type { FoundServer } from '../../../shared/discovery'
import { verdictOf } from '../../../shared/doctor'
import { serversOf } from '../../../shared/move'
import { Button } from '../../parts/button'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { StationHead } from '../../parts/station-head'
import { Tabs } from '../../parts/tabs'
import { useDiscovery } from '../../state/discovery'
import { useEpoch } from '../../state/documents'
import { useMove } from '../../state/open-move'
import { checkAll } from '../../state/sites'
import { useCommand } from '../frame/use-command'
import { BridgeTab } from './bridge-tab'
import { DiscoverTab } from './discover-tab'
import { DomainsTab } from './domains-tab'
import { begunFromFound } from './found-draft'
import { LimitsTab } from './limits-tab'
import { likeNeighbours } from './new-server-panel'
import { type ServersShown, ServersTab } from './servers-tab'

type TabId = 'servers' | 'discover' | 'bridge' | 'domains' | 'limits'

/** Sites: what there is in both locations, how it is reached, and whether it answers. */
export function SitesStation() {
  const { move, doctors } = useMove()
  const epoch = useEpoch()
  const [tab, setTab] = useState<TabId>('servers')
  /** The one server a search was asked for; null: all. */
  const [seed, setSeed] = useState<string | null>(null)
  /** The found server that is ticked from the beginning. */
  const [chosen, setChosen] = useState<string | null>(null)
  const [shown, setShown] = useState<ServersShown>({ kind: 'nothing' })
  const servers = serversOf(move).map((entry) => entry.server)
  const failing = servers.filter((server) => verdictOf(doctors[server.id])?.ok === false).length
  const checking = servers.some((server) => doctors[server.id]?.kind === 'running')
  const show = (what: ServersShown) => {
    setTab('servers')
    setShown(what)
  }
  const search = useDiscovery()
  const foundBy = (id: string) =>
    search.kind === 'open' ? search.discovery.servers.find((found) => found.id === id) : undefined
  const fill = (found: FoundServer) => {
    const begun = begunFromFound(move, found, (side) => likeNeighbours(move[side].servers, 'database'))
    show({ kind: 'adding', side: begun.side, server: 'database', begun })
  }
  useCommand('sites', (command) => {
    if (command === 'add-old') show({ kind: 'adding', side: 'old', server: 'database' })
    else if (command === 'add-new') show({ kind: 'adding', side: 'new', server: 'database' })
    else if (command === 'check-all') void checkAll()
    else if (command.startsWith('inspect:')) show({ kind: 'server', id: command.slice('inspect:'.length) })
    else if (command.startsWith('found:')) {
      setChosen(command.slice('found:'.length))
      setTab('discover')
    } else if (command.startsWith('fill:')) {
      const found = foundBy(command.slice('fill:'.length))
      if (found) fill(found)
    } else if (command.startsWith('discover')) {
      setSeed(command.split(':')[1] ?? null)
      setTab('discover')
    } else if (command === 'bridge' || command === 'domains' || command === 'limits') setTab(command)
  })
  useShortcut('r', () => void checkAll(), { enabled: servers.length > 0 })
  const attention = failing > 0 ? `, ${failing} ${failing === 1 ? 'needs' : 'need'} attention` : ''
  return (
    <>
      <StationHead
        title="Sites"
        sub={
          servers.length === 0 ? undefined : `${servers.length} server${servers.length === 1 ? '' : 's'}${attention}`
        }
        tabs={
          <Tabs
            label="Sites"
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'servers', label: 'Servers' },
              { id: 'discover', label: 'Discover' },
              { id: 'bridge', label: 'Bridge' },
              { id: 'domains', label: 'Domains', count: move.domains.length || undefined },
              { id: 'limits', label: 'Limits' }
            ]}
          />
        }
        actions={
          servers.length > 0 && (
            <Button icon="refresh" keys={['R']} busy={checking && 'Checking'} onPress={() => void checkAll()}>
              Check all
            </Button>
          )
        }
      />
      {tab === 'servers' && <ServersTab shown={shown} onShow={setShown} />}
      {tab === 'discover' && <DiscoverTab key={`${seed} ${chosen}`} seed={seed} chosen={chosen} onFill={fill} />}
      {tab === 'bridge' && <BridgeTab key={epoch} />}
      {tab === 'domains' && <DomainsTab />}
      {tab === 'limits' && <LimitsTab key={epoch} />}
    </>
  )
}
