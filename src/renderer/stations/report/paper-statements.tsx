import type { Run } from '../../../shared/runbook'
import { formatMoment } from '../../parts/format'
import { useMove } from '../../state/open-move'
import { ActionBlock } from '../runbook/action-block'
import { runWord } from '../runbook/run-words'

/** Every statement of every run, in the order it was sent; a run is unfolded to be read. */
export function PaperStatements({ runs }: { runs: readonly Run[] }) {
  const { move } = useMove()
  return (
    <div className="col g4">
      {runs.map((run) => {
        const sent = run.steps.filter((step) => step.state !== 'todo' && step.actions.length > 0)
        return (
          <details key={run.id} className="paper-run">
            <summary>
              <b>{run.title}</b>{' '}
              <span className="t2">
                {formatMoment(run.startedAt)}, {runWord(run).word}, {sent.length} steps
              </span>
            </summary>
            {sent.map((step) => (
              <div key={step.id} className="col g4 paper-step">
                <h3>{step.title}</h3>
                {step.actions.map((action, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
                  <ActionBlock key={index} action={action} move={move} />
                ))}
              </div>
            ))}
          </details>
        )
      })}
    </div>
  )
}
