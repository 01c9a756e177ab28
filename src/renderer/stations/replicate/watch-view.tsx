import { useState } from 'react'
import { databasePair } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Card } from '../../parts/card'
import { EmptyState } from '../../parts/empty-state'
import { Loading } from '../../parts/loading'
import { Note } from '../../parts/note'
import { useMove } from '../../state/open-move'
import { chooseTab, useReplicate } from '../../state/replicate'
import { openStation } from '../../state/shell'
import { FailurePanel } from '../runbook/failure-panel'
import { BridgeFacts } from './bridge-facts'
import { LagCard } from './lag-card'
import { LinkFacts } from './link-facts'
import { LinkTroubles } from './link-troubles'
import { LinksCard } from './links-card'
import { neededFirst, nextTab } from './setup-stages'
import { WritesCard } from './writes-card'

/** Both links and the bridge while they run: lag, writes, and what is wrong. */
export function WatchView() {
  const open = useMove()
  const { move, topology } = open
  const restart = useReplicate((state) => state.restart)
  const [chosen, setChosen] = useState<string | null>(null)
  if (!topology)
    return databasePair(move) ? (
      <Loading rows={6}>Asking the database servers of both sites who follows whom</Loading>
    ) : (
      <NothingYet />
    )
  const crossing = topology.links.filter((link) => link.crossesSites)
  const link = topology.links.find(({ id }) => id === chosen)
  const silent = topology.nodes.filter((node) => node.failure !== null)
  return (
    <div className="watch scroll">
      <div className="watch-main">
        {topology.bridge.kind !== 'absent' && (
          <BridgeFacts bridge={topology.bridge} actions={topology.bridge.kind !== 'down'} />
        )}
        {restart.kind === 'failed' && restart.moveId === move.id && (
          <FailurePanel
            failure={restart.failure}
            at={restart.at}
            means="The links wait and go on by themselves once it is up."
          />
        )}
        {crossing.length === 0 ? (
          <Card>
            <NothingYet />
          </Card>
        ) : (
          <LagCard open={open} />
        )}
        <WritesCard open={open} />
      </div>
      <div className="watch-side">
        <LinkTroubles open={open} />
        {silent.map((node) => (
          <Note
            key={node.server}
            tone="att"
            title={`${node.server} does not answer.`}
            actions={
              <Button onPress={() => openStation('sites', `inspect:${node.server}`)}>Test the connection</Button>
            }
          >
            {node.failure?.failure.what} What is shown of it is older.
          </Note>
        ))}
        <LinksCard open={open} selected={link?.id} onSelect={(id) => setChosen(id === chosen ? null : id)} />
        {link && <LinkFacts link={link} move={move} />}
      </div>
    </div>
  )
}

function NothingYet() {
  const open = useMove()
  const tab = nextTab(open)
  const kind = tab === 'watch' ? 'replicate' : tab
  const needed = neededFirst(open, kind)
  const label = { link: 'Build the bridge', seed: 'Seed the new server', replicate: 'Make them co-masters' }[kind]
  return (
    <EmptyState
      icon="link"
      title="No link between the sites yet"
      actions={
        needed && needed.station !== 'replicate' ? (
          <Button variant="primary" onPress={() => openStation(needed.station, needed.command)}>
            {needed.label}
          </Button>
        ) : (
          <Button variant="primary" onPress={() => chooseTab(needed ? 'link' : kind)}>
            {needed?.label ?? label}
          </Button>
        )
      }
    >
      First the bridge, then a copy of the data, then both servers follow each other. Lag and errors are shown here from
      then on.
    </EmptyState>
  )
}
