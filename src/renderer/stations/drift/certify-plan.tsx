import { useEffect, useState } from 'react'
import type { PlannedStatement } from '../../../shared/drift'
import { type Failure, failureOf } from '../../../shared/failure'
import { serversOf } from '../../../shared/move'
import { Loading } from '../../parts/loading'
import { Note } from '../../parts/note'
import { SqlBlock } from '../../parts/sql-block'
import { askCertifyPlan } from '../../state/drift'
import { useMove } from '../../state/open-move'

/** What certifying sends beside reads, by the server it goes to, as it will be sent. */
export function CertifyPlan({ lock }: { lock: boolean }) {
  const { move } = useMove()
  const [answer, setAnswer] = useState<Answer>({ kind: 'asking' })
  useEffect(() => {
    let shown = true
    setAnswer({ kind: 'asking' })
    askCertifyPlan(lock).then(
      (statements) => shown && setAnswer({ kind: 'told', statements }),
      (error: unknown) => shown && setAnswer({ kind: 'refused', failure: failureOf(error) })
    )
    return () => {
      shown = false
    }
  }, [lock])
  if (answer.kind === 'asking') return <Loading rows={2}>Asking both servers how</Loading>
  if (answer.kind === 'refused')
    return (
      <Note tone="att" title={answer.failure.what}>
        {[answer.failure.why, ...(answer.failure.try ?? [])].filter(Boolean).join(' ')}
      </Note>
    )
  return (
    <div className="col g8 drift-plan">
      {inRuns(answer.statements).map(({ server, statements }, index) => {
        const known = serversOf(move).find((one) => one.server.id === server)
        return (
          <SqlBlock
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is all that tells two runs of one server apart
            key={index}
            head={known?.server.name ?? server}
            side={known?.side}
            sql={statements.map((statement) => `${statement};`).join('\n')}
            small
            wraps
          />
        )
      })}
    </div>
  )
}

/** Neighbours of one server together, the order kept. */
const inRuns = (planned: readonly PlannedStatement[]): { server: string; statements: string[] }[] => {
  const runs: { server: string; statements: string[] }[] = []
  for (const { server, statement } of planned) {
    const last = runs.at(-1)
    if (last?.server === server) last.statements.push(statement)
    else runs.push({ server, statements: [statement] })
  }
  return runs
}

type Answer =
  | { kind: 'asking' }
  | { kind: 'told'; statements: PlannedStatement[] }
  | { kind: 'refused'; failure: Failure }
