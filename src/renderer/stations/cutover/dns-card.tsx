import type { Domain } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { useNow } from '../../parts/hooks/use-now'
import { Icon } from '../../parts/icon'
import { ProgressBar } from '../../parts/progress-bar'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import { useMove } from '../../state/open-move'
import { dnsState } from './dns-state'
import type { End } from './ends'

/** The name servers are asked again every 10 s; what is twice as old has not been answered. */
const staleAfterMs = 25_000

/** One domain: from which addresses to which, and what every name server answers now. Words, bar and list are all read from these answers. */
export function DnsCard({ domain, index, run, to }: { domain: Domain; index: number; run: Run; to: End }) {
  const { topology } = useMove()
  const now = useNow()
  const [before, after] =
    to.side === 'new' ? [domain.oldValues, domain.newValues] : [domain.newValues, domain.oldValues]
  const known = topology?.domains.find((state) => state.name === domain.name)?.answers ?? []
  const { words, status, agreed, total, at, answers } = dnsState(domain, index, after, run, known, now)
  return (
    <Card
      title="DNS"
      sub={<span className="m11">{domain.name}</span>}
      aside={at === null ? 'not asked yet' : <Age at={at} ago prefix="asked" staleAfterMs={staleAfterMs} />}
    >
      <div className="col g8">
        <div className="dns-change">
          <span className="m11 t2">{before.join(' ') || 'nothing'}</span>
          <span className="row g4">
            <Icon name="arrow-right" size={12} />
            <b className="m11">{after.join(' ')}</b>
          </span>
          <span className="s12 t2 end row g4">
            <StatusIcon status={status} />
            {words}
          </span>
        </div>
        {total > 0 && <ProgressBar share={agreed / total} tone={to.side} label={`${agreed} of ${total} agree`} />}
        <ul className="answers" aria-label={`Answers for ${domain.name}`}>
          {answers.map(({ answer, there }) => (
            <li key={answer.resolver}>
              <StatusIcon
                status={answer.failure ? 'attention' : there ? 'ok' : 'running'}
                label={answer.failure ? 'no answer' : there ? 'new answer' : 'old answer'}
              />
              <span className="el">
                <ServerText>{answer.resolver}</ServerText>
                {answer.authoritative && <span className="t3">, authoritative</span>}
              </span>
              <span className="m11 t2 values">
                {answer.failure ? answer.failure.what : answer.values.join(' ') || 'no record'}
              </span>
              <Age at={answer.at} staleAfterMs={staleAfterMs} />
            </li>
          ))}
        </ul>
        {total === 0 && <p className="s12 t2">No name server has been asked.</p>}
      </div>
    </Card>
  )
}
