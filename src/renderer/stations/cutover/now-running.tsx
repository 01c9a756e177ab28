import type { Move } from '../../../shared/move'
import type { StepRun } from '../../../shared/runbook'
import { ActionBlock } from '../runbook/action-block'
import { serverName } from '../runbook/names'

/** The statement that runs now, whole. */
export function NowRunning({ step, move }: { step: StepRun; move: Move }) {
  const action = step.actions.find((known) => known.kind !== 'app') ?? step.actions[0]
  if (!action) return null
  return (
    <section className="now-running" aria-label="Running now">
      <div className="cut-sec-h">
        <h2>
          {step.state === 'undoing' ? 'Taking back' : 'Running'} on {serverName(move, step.server)}
        </h2>
        <span className="s12 t2 el">{step.title.toLowerCase()}</span>
      </div>
      <ActionBlock action={action} move={move} small />
    </section>
  )
}
