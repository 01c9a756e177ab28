import type { Run } from '../../../shared/runbook'
import { Card } from '../../parts/card'
import { formatDuration } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import type { StatusKind } from '../../parts/status-kind'
import { stepMs } from '../runbook/step-lines'

const kinds: Record<Run['steps'][number]['state'], StatusKind> = {
  todo: 'todo',
  running: 'running',
  waiting: 'attention',
  done: 'ok',
  failed: 'danger',
  undoing: 'running',
  undone: 'left-out',
  skipped: 'left-out'
}

/** The steps after the promotion while they run: what is done, what runs, what is to come. */
export function LeisureCard({ run, onAll }: { run: Run; onAll: () => void }) {
  const now = useNow()
  const observed = run.steps.findIndex((step) => step.id === 'observe')
  const after = run.steps.slice(observed + 1)
  return (
    <Card
      title="After, at leisure"
      sub={`${after.filter((step) => step.state === 'done').length} of ${after.length} done`}
      aside={
        <button type="button" className="btn g sm" onClick={onAll}>
          All steps
        </button>
      }
    >
      <ul className="answers leisure" aria-label="Steps after the promotion">
        {after.map((step) => {
          const took = stepMs(step, now)
          const under = step.state === 'running' || step.state === 'waiting'
          return (
            <li key={step.id}>
              <StatusIcon status={kinds[step.state]} label={true} />
              <span className={under ? 'strong' : step.state === 'todo' ? 't2' : undefined}>{step.title}</span>
              <span className="t2 el">
                <ServerText cap={200}>{under ? (step.progress?.text ?? '') : (step.evidence ?? '')}</ServerText>
              </span>
              <span className="s11 t3 num">{took === null ? '' : formatDuration(took)}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
