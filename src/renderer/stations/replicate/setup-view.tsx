import { lastRun } from '../../../shared/journey'
import { databasePair } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { Note } from '../../parts/note'
import { useMove } from '../../state/open-move'
import { useReplicate } from '../../state/replicate'
import { openStation } from '../../state/shell'
import { FailurePanel } from '../runbook/failure-panel'
import { RunView } from '../runbook/run-view'
import { BridgeFacts, RestartBridge } from './bridge-facts'
import { neededFirst, type SetupKind, shownRun } from './setup-stages'

const actions: Record<SetupKind, string> = {
  link: 'Build the bridge',
  seed: 'Seed the new server',
  replicate: 'Make them co-masters'
}

const wordsOf = (kind: SetupKind, oldDb: string, newDb: string): string => {
  switch (kind) {
    case 'link':
      return `Makes a key on ${newDb}, lets it in on ${oldDb} for two ports only, and keeps the tunnel alive. The shop is not touched.`
    case 'seed':
      return `Copies everything from ${oldDb} to ${newDb}, host to host, while customers go on ordering. Nothing on ${newDb} is overwritten.`
    case 'replicate':
      return `Each server follows the other; ${oldDb} keeps taking the writes and ${newDb} is read-only.`
    default:
      return kind satisfies never
  }
}

/** Bridge, Seed or Co-masters: what would be sent, the run, or what has to be there first. */
export function SetupView({ kind }: { kind: SetupKind }) {
  const open = useMove()
  const needed = neededFirst(open, kind)
  const run = shownRun(open.runs, kind)
  const pair = databasePair(open.move)
  if (needed && run === null)
    return (
      <div className="replicate-empty">
        <EmptyState
          icon="link"
          title={needed.title}
          actions={
            <Button variant="primary" size="md" onPress={() => openStation(needed.station, needed.command)}>
              {needed.label}
            </Button>
          }
        >
          {needed.text}
        </EmptyState>
      </div>
    )
  const [oldDb, newDb] = [pair?.old.name ?? open.move.old.name, pair?.new.name ?? open.move.new.name]
  return (
    <RunView
      key={kind}
      kind={kind}
      run={run}
      action={actions[kind]}
      words={wordsOf(kind, oldDb, newDb)}
      means={`The shop is not affected: ${oldDb} keeps taking writes. What was done so far is kept for another try, or for the undo.`}
      actions={kind === 'link' && run?.state.kind === 'done' ? <RestartBridge /> : undefined}
    >
      <TakenBack run={lastRun(open.runs, kind)} />
      {kind === 'link' && <BridgeNow />}
    </RunView>
  )
}

/** The run before was taken back: said once above the preview. */
function TakenBack({ run }: { run: Run | null }) {
  if (!run || (run.state.kind !== 'undone' && run.state.kind !== 'aborted')) return null
  return (
    <Note
      tone="info"
      title={
        run.state.kind === 'undone' ? 'This was done before, and taken back.' : 'This was begun before, and put back.'
      }
      aside={<Age at={run.endedAt ?? run.startedAt} ago />}
    >
      Below is what would be sent now.
    </Note>
  )
}

function BridgeNow() {
  const { move, topology } = useMove()
  const restart = useReplicate((state) => state.restart)
  if (!topology || topology.bridge.kind === 'absent') return null
  return (
    <>
      <BridgeFacts bridge={topology.bridge} />
      {restart.kind === 'failed' && restart.moveId === move.id && (
        <FailurePanel
          failure={restart.failure}
          at={restart.at}
          means="The links wait and go on by themselves once it is up."
        />
      )}
    </>
  )
}
