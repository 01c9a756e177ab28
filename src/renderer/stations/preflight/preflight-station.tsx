import { databasePair } from '../../../shared/move'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Loading } from '../../parts/loading'
import { StationHead } from '../../parts/station-head'
import { useMove } from '../../state/open-move'
import { runPreflight, usePreflight } from '../../state/preflight'
import { openStation } from '../../state/shell'
import { useCommand } from '../frame/use-command'
import { FailurePanel } from '../runbook/failure-panel'
import { PreflightHead } from './preflight-head'
import { PreflightResults } from './preflight-results'
import './preflight.css'

const means = 'Preflight only reads: nothing was changed on any server.'

/** Preflight: asks both servers everything that could spoil the move, and shows what they answered. */
export function PreflightStation() {
  const open = useMove()
  const { asking, failed } = usePreflight()
  const state = open.preflight
  const pair = databasePair(open.move)
  const running = asking || state.kind === 'running'
  const result = state.kind === 'done' ? state.result : state.kind === 'running' ? state.last : null
  const failure = failed?.moveId === open.move.id && !running ? failed : null
  const ask = () => {
    if (pair) void runPreflight()
  }
  useShortcut('r', ask)
  useCommand('preflight', (command) => {
    if (command === 'run') ask()
  })
  const again = (
    <Button icon="refresh" onPress={ask}>
      Ask again
    </Button>
  )
  const panel = failure && (
    <FailurePanel failure={failure.failure} at={failure.at} means={means} actions={result ? undefined : again} />
  )
  if (result)
    return (
      <>
        <PreflightHead open={open} result={result} running={running} onAsk={ask} />
        <PreflightResults open={open} result={result} running={running} failure={panel} />
      </>
    )
  if (running)
    return (
      <>
        <PreflightHead open={open} result={null} running onAsk={ask} />
        <div className="preflight-first">
          <Loading rows={9}>
            Asking {pair ? `${pair.old.name} and ${pair.new.name}` : 'both servers'} who may write, what is logged, what
            blocks and what differs. Nothing is changed.
          </Loading>
        </div>
      </>
    )
  return (
    <>
      <StationHead title="Preflight" sub="nothing was asked yet" />
      <div className="preflight-first empty-room">
        {panel ? <div className="preflight-failed">{panel}</div> : pair ? <NeverAsked ask={ask} /> : <NoPair />}
      </div>
    </>
  )
}

function NeverAsked({ ask }: { ask: () => void }) {
  return (
    <EmptyState
      icon="check-ring"
      title="Nothing was asked yet"
      actions={
        <Button variant="primary" size="md" icon="play" keys={['R']} onPress={ask}>
          Run preflight
        </Button>
      }
    >
      Preflight asks both database servers about everything that has spoiled moves before: accounts that write past the
      seal, logs, keys, variables, open transactions, DNS. It only reads, and takes a few seconds.
    </EmptyState>
  )
}

function NoPair() {
  return (
    <EmptyState
      icon="swap"
      title="No database pair yet"
      actions={
        <Button variant="primary" size="md" icon="link" onPress={() => openStation('topology', 'pair')}>
          Pair the databases
        </Button>
      }
    >
      Preflight compares the old database server with its counterpart at the new site. Say on Topology which two they
      are.
    </EmptyState>
  )
}
