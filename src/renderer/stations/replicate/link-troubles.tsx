import type { OpenMove } from '../../../shared/contract'
import type { LinkTry } from '../../../shared/link-errors/link-error'
import { databasePair } from '../../../shared/move'
import type { TopologyLink } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { ErrorPanel } from '../../parts/error-panel'
import { formatLag, formatLimit } from '../../parts/format'
import { Note } from '../../parts/note'
import { SqlBlock } from '../../parts/sql-block'
import { tryPlaces } from '../../state/link-try'
import { restartBridge, useReplicate } from '../../state/replicate'
import { openStation } from '../../state/shell'
import { serverName } from '../runbook/names'
import { explainLink } from './explain-link'

const tryOf = (one: LinkTry, link: TopologyLink) => {
  const go = one.go && tryPlaces[one.go]
  return {
    title: one.title,
    why: one.why,
    action: go && <Button onPress={() => go.run(link.replica)}>{go.label}</Button>,
    detail: one.statements && (
      <SqlBlock wraps head={<>by hand on {one.server}</>} sql={one.statements.map((line) => `${line};`).join('\n')} />
    )
  }
}

/** Every link that does not run, explained in four parts; before them the bridge, when it is the cause. */
export function LinkTroubles({ open }: { open: OpenMove }) {
  const { move, topology } = open
  const restarting = useReplicate((state) => state.restart.kind === 'restarting')
  if (!topology) return null
  const bridgeDown = topology.bridge.kind === 'down'
  const pair = databasePair(move)
  return (
    <>
      {bridgeDown && (
        <ErrorPanel
          title="The bridge is down"
          age={<Age at={topology.bridge.at} ago />}
          serverWords={topology.bridge.detail || undefined}
          where={pair ? `from ${pair.new.name} to ${pair.old.name}` : undefined}
          happened="The SSH connection between the two database hosts ended, and its supervisor has not brought it up again."
          means="The shop is not affected. Both links wait, and lag grows with every order until it is up again; nothing is lost by waiting."
          tries={[
            {
              title: 'Restart the bridge',
              why: 'Its process is ended and started again; the links go on by themselves.'
            },
            {
              title: 'Test the connection of both database hosts on Sites',
              why: 'If SSH to them fails as well, the network is down.'
            }
          ]}
          actions={
            <>
              <Button
                variant="primary"
                icon="refresh"
                busy={restarting && 'Restarting'}
                onPress={() => void restartBridge()}
              >
                Restart the bridge
              </Button>
              {pair && (
                <Button onPress={() => openStation('sites', `inspect:${pair.new.id}`)}>Test {pair.new.name}</Button>
              )}
            </>
          }
        />
      )}
      {topology.links.map((link) => {
        // The panel above says it for both links; only an applier has troubles of its own then.
        if (bridgeDown && link.crossesSites && !link.status.applierError) return null
        if (link.state === 'lagging') return <Late key={link.id} link={link} open={open} />
        const trouble = explainLink(link, {
          source: serverName(move, link.source),
          replica: serverName(move, link.replica),
          sourceIsActive: link.source === topology.active,
          active: topology.active === null ? null : serverName(move, topology.active),
          bridgeDown
        })
        if (!trouble) return null
        return (
          <ErrorPanel
            key={link.id}
            title={trouble.title}
            age={<Age at={link.at} ago />}
            serverWords={trouble.serverWords ?? undefined}
            where={trouble.where}
            happened={trouble.happened}
            means={trouble.means}
            tries={trouble.tries.map((one) => tryOf(one, link))}
            notOffered={trouble.notOffered ?? undefined}
          />
        )
      })}
    </>
  )
}

function Late({ link, open }: { link: TopologyLink; open: OpenMove }) {
  const { move } = open
  const limit = move.thresholds.lagLimitSeconds
  return (
    <Note
      tone="att"
      title={`${serverName(move, link.replica)} is ${formatLag(link.lagSeconds)} behind ${serverName(move, link.source)}.`}
      aside={<Age at={link.at} ago />}
      actions={<Button onPress={() => openStation('preflight', 'run')}>Look for long transactions</Button>}
    >
      The shop is not affected. Usually one large transaction is being applied, or more is written than the applier
      manages; it catches up by itself when that ends. The cutover starts below {formatLimit(limit * 1000)} only.
    </Note>
  )
}
