import type { ReactNode } from 'react'
import type { Failure } from '../../../shared/failure'
import type { Gate, Run } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { formatDuration } from '../../parts/format'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { openStation } from '../../state/shell'
import { FailureLines } from '../runbook/failure-lines'
import { FailurePanel } from '../runbook/failure-panel'
import type { End } from './ends'
import { gateCount, gateStation, stationWords } from './gate-links'

/** What stands above the steps before a switch: why it is not possible, that it should be rehearsed, or how the last try ended. */
export function PlanNotes({ gates, blockers, after, rehearsed, from, onRehearse, onLook }: PlanNotesProps) {
  const { shut } = gateCount(gates)
  const others = blockers.filter((blocker) => !gates.some((gate) => gate.id === blocker.where))
  const nodes: ReactNode[] = []
  if (after) nodes.push(<AfterNote key="after" run={after} from={from} onLook={onLook} />)
  for (const blocker of others)
    nodes.push(
      <FailurePanel key={blocker.what} failure={blocker} means="It cannot start now; nothing has been changed." />
    )
  const loose = gates.find((gate) => gate.id === 'redirect' && gate.state === 'warn' && gate.todo)
  if (shut.length > 0) nodes.push(<ShutNote key="shut" shut={shut} />)
  if (loose) nodes.push(<LooseNote key="loose" gate={loose} />)
  if (shut.length === 0 && !rehearsed && !after)
    nodes.push(
      <Note
        key="rehearse"
        tone="info"
        title="Rehearse first."
        actions={
          <Button variant="primary" icon="flask" onPress={onRehearse}>
            Rehearse…
          </Button>
        }
      >
        A rehearsal holds writes on {from.site} under the lease, reads the position, measures how long the other server
        needs to reach it, checks the tables, and lets go. Writers wait for some tens of milliseconds and get no error.
        Nothing is switched, and the pause to expect is then measured instead of guessed.
      </Note>
    )
  return nodes.length ? <div className="run-notes">{nodes}</div> : null
}

/** What `PlanNotes` are told. */
export type PlanNotesProps = {
  gates: readonly Gate[]
  blockers: readonly Failure[]
  after: Run | null
  rehearsed: boolean
  from: End
  onRehearse: () => void
  onLook: () => void
}

function ShutNote({ shut }: { shut: readonly Gate[] }) {
  return (
    <Note
      tone="dan"
      title={
        shut.length === 1 ? 'Not possible yet: one gate is shut.' : `Not possible yet: ${shut.length} gates are shut.`
      }
    >
      <ul className="shut-list">
        {shut.map((gate) => {
          const station = gateStation(gate)
          return (
            <li key={gate.id}>
              <div className="grow">
                <b>{gate.title}</b>{' '}
                <span className="t2">
                  <ServerText>{gate.seen}</ServerText>
                </span>
                {gate.todo && <p>{gate.todo}</p>}
              </div>
              {station && (
                <Button size="sm" icon="arrow-right" onPress={() => openStation(station)}>
                  {stationWords[station]}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </Note>
  )
}

/** Hosts that nobody tells their new database: a switch is possible, but what it costs is said before. */
function LooseNote({ gate }: { gate: Gate }) {
  return (
    <Note
      tone="att"
      title={<ServerText>{gate.seen}</ServerText>}
      actions={
        <Button icon="arrow-right" onPress={() => openStation('sites')}>
          {stationWords.sites}
        </Button>
      }
    >
      {gate.todo}
    </Note>
  )
}

function AfterNote({ run, from, onLook }: { run: Run; from: End; onLook: () => void }) {
  const failed = run.steps.find((step) => step.failure)
  const why = run.state.kind === 'aborted' ? run.state.why : ''
  const name = run.kind === 'rehearsal' ? 'The rehearsal' : run.kind === 'reverse' ? 'The reverse' : 'The cutover'
  return (
    <Note
      tone={failed ? 'att' : 'info'}
      title={`${name} was aborted. Nothing changed: ${from.site} takes writes as before.`}
      actions={
        <Button icon="eye" onPress={onLook}>
          Look at the run
        </Button>
      }
    >
      <ServerText>{why}</ServerText>
      {failed?.failure && (
        <>
          {' '}
          Step “{failed.title}”.
          <FailureLines failure={failed.failure} />
        </>
      )}
      {run.pause.holdMs !== null && ` Writes waited ${formatDuration(run.pause.holdMs)}.`}
    </Note>
  )
}
