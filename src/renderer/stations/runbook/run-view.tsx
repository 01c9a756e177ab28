import type { ReactNode } from 'react'
import type { Run, RunbookKind } from '../../../shared/runbook'
import { Body } from '../../parts/body'
import { useNow } from '../../parts/hooks/use-now'
import { RunbookList } from '../../parts/runbook-list'
import { useMove } from '../../state/open-move'
import { type PreviewState, usePreview } from '../../state/runs'
import { PreviewNotes } from './preview-notes'
import { RunButtons } from './run-buttons'
import { RunFacts } from './run-facts'
import { RunNotes } from './run-notes'
import { StartBar } from './start-bar'
import { StepInspector } from './step-inspector'
import { stepLines } from './step-lines'
import { StepProgress } from './step-progress'
import { useChosen } from './use-chosen'
import './runbook.css'

/**
 * One runbook: while `run` is given, the run with its progress and buttons; without it, the preview of what would be sent, and the button
 * that starts it. Steps on the left, the chosen one with its statements, undo and evidence on the right (a drawer on narrow windows).
 */
export function RunView(props: RunViewProps) {
  const { kind, subject = null, run } = props
  const preview = usePreview(kind, { subject, wanted: run === null, everyMs: 15_000 })
  return run ? <Running {...props} run={run} /> : <Previewed {...props} state={preview} />
}

/** What a `RunView` is told. Give an ended run to look at it, `null` to offer the start again. */
export type RunViewProps = {
  kind: RunbookKind
  subject?: string | null
  run: Run | null
  /** Words of the start button: `Build the bridge`. */
  action: string
  /** One line above the start button. */
  words?: string
  /** What a failure means for the shop: `Frankfurt keeps taking writes; nothing of the shop was touched.` */
  means?: string
  /** Shown above the steps. */
  children?: ReactNode
  /** More buttons beside those of the run. */
  actions?: ReactNode
}

function Running({ run, means, children, actions }: RunViewProps & { run: Run }) {
  const { move } = useMove()
  const now = useNow()
  const chosen = useChosen(run.steps)
  const live = run.steps.find((step) => step.progress !== null)
  return (
    <Body>
      <section className="run-col" aria-label={run.title}>
        <div className="run-head">
          <RunFacts run={run} />
          <div className="row end">
            {actions}
            <RunButtons run={run} move={move} />
          </div>
        </div>
        <div className="run-scroll">
          <div className="run-notes">
            {children}
            <RunNotes run={run} means={means} />
            {live?.progress && <StepProgress progress={live.progress} />}
          </div>
          <RunbookList
            label={run.title}
            lines={stepLines(run.steps, {
              move,
              now,
              cutOff: run.state.kind === 'interrupted' || run.state.kind === 'halted'
            })}
            timed
            calm
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
          means={means}
        />
      )}
    </Body>
  )
}

function Previewed({ kind, subject = null, action, words, children, state }: RunViewProps & { state: PreviewState }) {
  const { move } = useMove()
  const now = useNow()
  const steps = state.kind === 'ready' ? state.preview.steps : []
  const chosen = useChosen(steps)
  return (
    <Body>
      <section className="run-col" aria-label="What will be sent">
        <div className="run-scroll">
          <div className="run-notes">
            {children}
            <PreviewNotes kind={kind} subject={subject} state={state} />
          </div>
          {steps.length > 0 && (
            <RunbookList
              label="What will be sent"
              lines={stepLines(steps, { move, now })}
              selected={chosen.step?.id}
              onSelect={chosen.choose}
            />
          )}
        </div>
        <StartBar kind={kind} subject={subject} state={state} action={action} words={words} />
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
  )
}
