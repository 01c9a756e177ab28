import { observeLabel } from '../../../shared/run-marks'
import { isTakenUp, type Run } from '../../../shared/runbook'
import type { Topology } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { Band } from '../../parts/band'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { formatClock, formatDuration, UNKNOWN } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { KeyValues } from '../../parts/key-values'
import { RunbookList } from '../../parts/runbook-list'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import { useMove } from '../../state/open-move'
import { resumeRun, useBusy } from '../../state/runs'
import { FailurePanel } from '../runbook/failure-panel'
import { passedPoint } from '../runbook/run-words'
import { StepInspector } from '../runbook/step-inspector'
import { stepLines } from '../runbook/step-lines'
import { UndoButton } from '../runbook/undo-button'
import { useChosen } from '../runbook/use-chosen'
import { heldSince, isPromoted } from './cutover-phase'
import { type End, endName, endsOf } from './ends'
import { type SeenSide, stoppedTruth } from './stopped-truth'

/** Halted, interrupted or failed: what the journal knows, what the servers say now, and observing again as the one thing to do. */
export function StoppedView({ run }: { run: Run }) {
  const { move } = useMove()
  const now = useNow()
  const chosen = useChosen(run.steps)
  const { from, to } = endsOf(move, run.kind)
  return (
    <>
      <StoppedBand run={run} />
      <Body>
        <section className="run-col" aria-label={run.title}>
          <div className="run-scroll">
            {run.state.kind === 'failed' && (
              <div className="run-notes">
                <FailurePanel
                  failure={run.state.failure}
                  means={
                    passedPoint(run)
                      ? `The throw was begun: only observing tells whether ${to.site} takes writes.`
                      : `Nothing was switched; ${from.site} takes writes as before.`
                  }
                />
              </div>
            )}
            <Knows run={run} from={from} to={to} />
            <RunbookList
              label={run.title}
              lines={stepLines(run.steps, {
                move,
                now,
                cutOff: run.state.kind !== 'failed'
              })}
              timed
              selected={chosen.step?.id}
              onSelect={chosen.choose}
            />
          </div>
        </section>
        {chosen.step && (
          <StepInspector
            step={chosen.step}
            number={chosen.number}
            move={move}
            open={chosen.open}
            onClose={chosen.close}
          />
        )}
      </Body>
    </>
  )
}

function StoppedBand({ run }: { run: Run }) {
  const { move, topology } = useMove()
  const now = useNow()
  const busy = useBusy(run.id)
  const { from, to } = endsOf(move, run.kind)
  const truth = stoppedTruth(run, from, to, { from: seenOf(topology, from, now), to: seenOf(topology, to, now) })
  return (
    <Band
      tone={truth.tone}
      icon={<StatusIcon status={truth.tone === 'att' ? 'attention' : 'danger'} size={20} />}
      title={truth.title}
      stop={
        <div className="col g4">
          <Button
            variant="primary"
            size="lg"
            wide
            icon="eye"
            busy={(busy === 'resume' || isTakenUp(run)) && 'Observing both servers'}
            onPress={() => void resumeRun(run.id)}
          >
            {observeLabel(run)}
          </Button>
          {run.state.kind === 'failed' && !passedPoint(run) && <UndoButton run={run} move={move} />}
          <div className="under">Looks at both servers first; nothing is sent before that.</div>
        </div>
      }
    >
      {truth.alarm && <p className="stopped-words c-dan">{truth.alarm}</p>}
      <p className="s12 stopped-words">
        {truth.happened} {truth.next}
      </p>
      {run.state.kind === 'halted' && (
        <p className="s12 stopped-words">
          <ServerText>{run.state.why}</ServerText>
        </p>
      )}
    </Band>
  )
}

const freshMs = 10_000

/** What the last look says of this end; an old one says nothing. */
const seenOf = (topology: Topology | null, end: End, now: number): SeenSide => {
  const node = topology?.nodes.find((known) => known.server === end.server?.id)
  if (!node?.survey || node.failure || now - node.survey.at > freshMs) return 'unseen'
  return node.survey.readOnly ? 'closed' : 'writes'
}

/** What the journal says, and what the last look at the servers says, each with its time. */
function Knows({ run, from, to }: { run: Run; from: End; to: End }) {
  const { topology, move } = useMove()
  const done = run.steps.filter((step) => step.state === 'done')
  const last = done.at(-1)
  const open = run.steps.find((step) => ['running', 'waiting', 'failed', 'undoing'].includes(step.state))
  const held = heldSince(run)
  const role = (end: End) => {
    const node = topology?.nodes.find((known) => known.server === end.server?.id)
    const survey = node?.survey
    return {
      key: endName(end),
      value: node?.failure
        ? `not reached: ${node.failure.failure.what}`
        : survey
          ? survey.readOnly
            ? 'read-only'
            : 'takes writes'
          : UNKNOWN,
      age: <Age at={node?.failure?.at ?? survey?.at ?? null} staleAfterMs={10_000} />,
      wraps: true
    }
  }
  return (
    <div className="knows">
      <Section title="The journal knows">
        <KeyValues
          keyWidth={104}
          items={[
            {
              key: 'Last observed',
              value: last
                ? `${run.steps.indexOf(last) + 1} ${last.title}${last.endedAt ? `, ${formatClock(last.endedAt, true)} UTC` : ''}`
                : 'nothing',
              wraps: true
            },
            ...(open
              ? [
                  {
                    key: open.state === 'failed' ? 'Failed' : 'Under way',
                    value: `${run.steps.indexOf(open) + 1} ${open.title}${open.state === 'failed' ? '' : ', outcome unknown'}`,
                    wraps: true
                  }
                ]
              : []),
            {
              key: 'Point of no return',
              value: isPromoted(run) ? 'passed' : passedPoint(run) ? 'begun: the throw may have left' : 'not reached',
              wraps: true
            },
            ...(held === null ? [] : [{ key: 'Hold began', value: `${formatClock(held, true)} UTC` }]),
            ...(run.pause.holdMs === null ? [] : [{ key: 'Write pause', value: formatDuration(run.pause.holdMs) }]),
            ...(run.facts.token ? [{ key: 'Token', value: run.facts.token, mono: true, wraps: true }] : [])
          ]}
        />
      </Section>
      <Section title="The servers, when last asked">
        <KeyValues keyWidth={104} items={[role(from), role(to)]} />
        {run.notes.length > 0 && (
          <p className="s12 t2 stopped-note">
            <ServerText>{run.notes.at(-1) ?? ''}</ServerText>
          </p>
        )}
        {topology && topology.writable.length > 1 && (
          <p className="s12 c-dan">
            {topology.writable
              .map((id) => [...move.old.servers, ...move.new.servers].find((server) => server.id === id)?.name ?? id)
              .join(' and ')}{' '}
            both take writes.
          </p>
        )}
      </Section>
    </div>
  )
}
