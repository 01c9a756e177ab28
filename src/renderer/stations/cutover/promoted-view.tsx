import type { Run } from '../../../shared/runbook'
import { Button } from '../../parts/button'
import { useNow } from '../../parts/hooks/use-now'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { useMove } from '../../state/open-move'
import { useReport } from '../../state/report'
import { resumeRun, useBusy } from '../../state/runs'
import { FailurePanel } from '../runbook/failure-panel'
import { PersonPanel } from '../runbook/person-panel'
import { isUnderWay } from '../runbook/run-words'
import { CanaryPanel } from './canary-panel'
import { DnsCard } from './dns-card'
import { endsOf } from './ends'
import { FinishCard } from './finish-card'
import { finishList } from './finish-list'
import { LeisureCard } from './leisure-card'
import { PromotedBand } from './promoted-band'
import { PromotedStats } from './promoted-stats'
import { RedirectCard } from './redirect-card'
import { StragglersCard } from './stragglers-card'
import { useTick } from './use-tick'

/** After the promotion: what was measured, who uses which database, DNS, stragglers, and the two ways on: Reverse and Finish. */
export function PromotedView({ run, aborted, onReverse, onFinish, onPlan, onSteps }: PromotedViewProps) {
  const open = useMove()
  const { move, canary } = open
  const { from, to } = endsOf(move, run.kind)
  const under = isUnderWay(run)
  const now = useTick(canary.kind === 'running', 250)
  const clock = useNow()
  const report = useReport(`${run.id} ${run.state.kind} ${canary.kind}`, !under && canary.kind === 'off')
  // While orders still travel the books are open: a closed one would be of an earlier run.
  const closed = !under && canary.kind === 'off'
  const ledger = closed && report.kind === 'ready' ? report.report.canary : null
  const reversed = run.kind === 'reverse'
  const wait = under ? 'The run is not at its end yet' : false
  const { holdAt, openAt } = run.pause
  const fresh = canary.kind === 'running' && holdAt !== null && now - holdAt < 19_000
  return (
    <>
      <PromotedBand
        run={run}
        from={from}
        to={to}
        actions={
          <>
            <Button icon="document" onPress={onSteps}>
              All steps
            </Button>
            {reversed ? (
              <Button variant="primary" disabled={wait} onPress={onPlan}>
                Plan again…
              </Button>
            ) : (
              <>
                <Button icon="back" disabled={wait} onPress={onReverse}>
                  Reverse to {from.site}…
                </Button>
                <Button disabled={wait} onPress={onFinish}>
                  Finish…
                </Button>
              </>
            )}
          </>
        }
      />
      <div className="scroll grow">
        <PromotedStats run={run} from={from} to={to} ledger={ledger} />
        <div className="promoted">
          <PromotedNotes run={run} aborted={aborted} takes={to.site} />
          {fresh && (
            <section className="card wide">
              <CanaryPanel now={now} hold={holdAt === null ? null : { from: holdAt, to: openAt }} />
            </section>
          )}
          <div className="col g12">
            <RedirectCard run={run} from={from} to={to} />
            <StragglersCard run={run} from={from} />
          </div>
          <div className="col g12">
            {run.state.kind !== 'done' && <LeisureCard run={run} onAll={onSteps} />}
            {move.domains.map((domain, index) => (
              <DnsCard key={domain.name} domain={domain} index={index} run={run} to={to} />
            ))}
            {!reversed && <FinishCard items={finishList(open, run, from, to, ledger, clock)} from={from.site} />}
          </div>
        </div>
      </div>
    </>
  )
}

/** What a `PromotedView` is told; `aborted` is a later reverse that was put back. */
export type PromotedViewProps = {
  run: Run
  aborted: Run | null
  onReverse: () => void
  onFinish: () => void
  onPlan: () => void
  onSteps: () => void
}

function PromotedNotes({ run, aborted, takes }: { run: Run; aborted: Run | null; takes: string }) {
  const busy = useBusy(run.id)
  const failed = run.state.kind === 'failed' ? run.state : null
  if (run.state.kind !== 'waiting' && !failed && !aborted && run.notes.length === 0) return null
  return (
    <div className="col g12 wide">
      <PersonPanel run={run} />
      {failed && (
        <FailurePanel
          failure={failed.failure}
          means={`${takes} takes writes and the shop goes on. What is left of the run waits for you: “${run.steps.find((step) => step.id === failed.step)?.title ?? failed.step}”.`}
          actions={
            <Button
              variant="primary"
              icon="redo"
              busy={busy === 'resume' && 'Observing'}
              onPress={() => void resumeRun(run.id)}
            >
              Observe, then try again
            </Button>
          }
          notOffered="Undo is not offered: the point of no return is passed. The way back is Reverse."
        />
      )}
      {aborted && (
        <Note tone="info" title="The reverse was aborted. Nothing changed.">
          <ServerText>{aborted.state.kind === 'aborted' ? aborted.state.why : ''}</ServerText>
        </Note>
      )}
      {run.notes.length > 0 && (
        <Note tone="info" title="Noted on the way">
          <ul className="noted">
            {run.notes.map((note) => (
              <li key={note}>
                <ServerText>{note}</ServerText>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  )
}
