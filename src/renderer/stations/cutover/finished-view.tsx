import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Band } from '../../parts/band'
import { Button } from '../../parts/button'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import { useMove } from '../../state/open-move'
import { useReport } from '../../state/report'
import { openStation } from '../../state/shell'
import { endsOf } from './ends'
import { PromotedStats } from './promoted-stats'

/** The move is finished: what was removed, what stays, and the report. */
export function FinishedView({ run, switched, onSteps }: { run: Run; switched: Run | null; onSteps: () => void }) {
  const { move } = useMove()
  const { from, to } = endsOf(move, switched?.kind ?? 'cutover')
  const report = useReport(`${run.id} ${run.state.kind}`)
  const ledger = report.kind === 'ready' ? report.report.canary : null
  return (
    <>
      <Band
        tone="ok"
        icon={<StatusIcon status="ok" size={20} />}
        title="The move is finished"
        sub={
          <>
            {to.site} takes writes, {from.site} does not follow any more. <Age at={run.endedAt} ago />
          </>
        }
        stop={
          <div className="row promoted-acts">
            <Button icon="document" onPress={onSteps}>
              All steps
            </Button>
            <Button variant="primary" icon="document" onPress={() => openStation('report')}>
              Read the report
            </Button>
          </div>
        }
      />
      <div className="scroll grow">
        {switched && <PromotedStats run={switched} from={from} to={to} ledger={ledger} finished />}
        <div className="promoted">
          <section className="card wide">
            <Section title="What was removed, and what stays" small={false}>
              <ul className="answers" aria-label="What was removed, and what stays">
                {run.steps.map((step) => (
                  <li key={step.id}>
                    <StatusIcon status={step.state === 'done' ? 'ok' : 'left-out'} label={true} />
                    <span>{step.title}</span>
                    <span className="t2 wraps">
                      <ServerText cap={2000}>{step.evidence ?? ''}</ServerText>
                    </span>
                  </li>
                ))}
              </ul>
              {run.notes.map((note) => (
                <p key={note} className="s12 t2">
                  <ServerText>{note}</ServerText>
                </p>
              ))}
            </Section>
          </section>
        </div>
      </div>
    </>
  )
}
