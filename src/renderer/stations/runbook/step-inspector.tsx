import type { Move } from '../../../shared/move'
import type { StepPreview, StepRun, StepState } from '../../../shared/runbook'
import { formatClock, formatDuration } from '../../parts/format'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { ActionBlock } from './action-block'
import { FailureLines } from './failure-lines'
import { serverName, sideOf } from './names'
import { ServerMarks } from './server-marks'
import { isRunStep } from './step-lines'
import { StepProgress } from './step-progress'
import { UndoSection } from './undo-section'

/** Everything of one step: why, what is sent where, what was seen, and how it is taken back. A drawer on narrow windows. */
export function StepInspector({ step, number, move, open, onClose, means }: StepInspectorProps) {
  return (
    <SidePanel
      label={`Step ${number}, ${step.title}`}
      width={416}
      open={open}
      onClose={onClose}
      head={
        <div className="row">
          <span className="t3 s12 num">{number}</span>
          <h2 className="el">{step.title}</h2>
          <StepPlace step={step} move={move} />
        </div>
      }
    >
      <StepFacts step={step} move={move} means={means} />
    </SidePanel>
  )
}

/** What a `StepInspector` is told; with `open` it stays on wide windows, without it is shown only while a step is chosen. */
export type StepInspectorProps = {
  step: StepPreview | StepRun
  number: number
  move: Move
  open?: boolean
  onClose: () => void
  means?: string
}

const sentWords: Record<StepState, string> = {
  todo: 'Will be sent',
  running: 'Under way',
  waiting: 'Waits for you',
  done: 'Sent',
  failed: 'Sent',
  undoing: 'Sent, being taken back',
  undone: 'Sent, taken back',
  skipped: 'Left out'
}

function StepPlace({ step, move }: { step: StepPreview; move: Move }) {
  const side = sideOf(move, step.server)
  if (side)
    return (
      <>
        <SiteChip side={side}>{serverName(move, step.server)}</SiteChip>
        <ServerMarks move={move} server={step.server} />
      </>
    )
  return step.server ? <span className="chip">{step.server}</span> : null
}

/** The content of the inspector, also shown in other panels. */
export function StepFacts({ step, move, means }: { step: StepPreview | StepRun; move: Move; means?: string }) {
  const run = isRunStep(step) ? step : null
  return (
    <>
      {step.why && (
        <Section>
          <p className="s12 t2">{step.why}</p>
        </Section>
      )}
      {step.refused && (!run || run.state === 'todo') && (
        <div className="pad">
          <Note tone="dan" title="This step would be refused.">
            {step.refused}
          </Note>
        </div>
      )}
      {run?.failure && (
        <div className="pad">
          <Note tone="dan" title={run.failure.what} aside={run.failure.where}>
            <FailureLines failure={run.failure} />
            {means}
          </Note>
        </div>
      )}
      {run?.progress && (
        <Section title="Progress">
          <StepProgress progress={run.progress} />
        </Section>
      )}
      {run?.evidence && (
        <Section
          title={run.state === 'undone' ? 'Seen after it was taken back' : 'Seen on the server'}
          aside={run.endedAt === null ? undefined : `${formatClock(run.endedAt, true)} UTC`}
        >
          <p className="s12 sel-text">
            <ServerText cap={4000}>{run.evidence}</ServerText>
          </p>
        </Section>
      )}
      <Section
        title={run ? sentWords[run.state] : 'Will be sent'}
        aside={
          run?.ms != null
            ? `took ${formatDuration(run.ms)}`
            : step.expectMs !== null
              ? `rehearsed ${formatDuration(step.expectMs)}`
              : undefined
        }
      >
        <div className="col g8">
          {step.actions.map((action, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
            <ActionBlock key={index} action={action} move={move} />
          ))}
          {step.actions.length === 0 && <p className="s12 t2">Nothing is sent.</p>}
        </div>
      </Section>
      <UndoSection undo={step.undo} move={move} />
    </>
  )
}
