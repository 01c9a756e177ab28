import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Chip } from '../../parts/chip'
import { formatDuration } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { isUnderWay, runWord, stepsDone } from './run-words'

/** State of a run in a line: its word, steps done, how long, when, by whom. */
export function RunFacts({ run }: { run: Run }) {
  const now = useNow()
  const { word, tone } = runWord(run)
  return (
    <span className="row s12 t2 num">
      <Chip tone={tone}>{word}</Chip>
      <span className="nw">
        {stepsDone(run)} of {run.steps.length} steps
      </span>
      {isUnderWay(run) ? (
        <span className="nw">{formatDuration(Math.max(0, now - run.startedAt))}</span>
      ) : (
        run.endedAt !== null && (
          <span className="nw">
            took {formatDuration(run.endedAt - run.startedAt)}, <Age at={run.endedAt} ago />
          </span>
        )
      )}
      <span className="el">by {run.operator}</span>
    </span>
  )
}
