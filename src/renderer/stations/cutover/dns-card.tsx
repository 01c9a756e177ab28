import type { Domain } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Card } from '../../parts/card'
import { Icon } from '../../parts/icon'
import { ProgressBar } from '../../parts/progress-bar'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import { useMove } from '../../state/open-move'
import type { End } from './ends'

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value))

/** One domain: from which addresses to which, and what every name server answers now. */
export function DnsCard({ domain, index, run, to }: { domain: Domain; index: number; run: Run; to: End }) {
  const { topology } = useMove()
  const [before, after] =
    to.side === 'new' ? [domain.oldValues, domain.newValues] : [domain.newValues, domain.oldValues]
  const answers = topology?.domains.find((state) => state.name === domain.name)?.answers ?? []
  const agreed = answers.filter((answer) => same(answer.values, after)).length
  const watch = run.steps.find((step) => step.id === (index === 0 ? 'dns-watch' : `dns-watch-${index + 1}`))
  const change = run.steps.find((step) => step.id === (index === 0 ? 'dns' : `dns-${index + 1}`))
  const oldest = answers.length ? Math.min(...answers.map((answer) => answer.at)) : null
  return (
    <Card
      title="DNS"
      sub={<span className="m11">{domain.name}</span>}
      aside={oldest === null ? 'not asked yet' : <Age at={oldest} ago />}
    >
      <div className="col g8">
        <div className="dns-change">
          <span className="m11 t2">{before.join(' ') || 'nothing'}</span>
          <span className="row g4">
            <Icon name="arrow-right" size={12} />
            <b className="m11">{after.join(' ')}</b>
          </span>
          <span className="s12 t2 end">{dnsWords(change?.state, watch?.state, watch?.progress?.text)}</span>
        </div>
        {answers.length > 0 && (
          <ProgressBar share={agreed / answers.length} tone={to.side} label={`${agreed} of ${answers.length} agree`} />
        )}
        <ul className="answers" aria-label={`Answers for ${domain.name}`}>
          {answers.map((answer) => {
            const there = same(answer.values, after)
            return (
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
                <Age at={answer.at} />
              </li>
            )
          })}
        </ul>
        {answers.length === 0 && <p className="s12 t2">No name server has been asked.</p>}
      </div>
    </Card>
  )
}

const dnsWords = (change: string | undefined, watch: string | undefined, text: string | undefined): string => {
  if (watch === 'done') return 'everywhere, old TTL passed'
  if (text) return text
  if (change === 'waiting') return 'waits for you'
  if (change === 'done') return 'changed'
  if (change === 'failed') return 'failed'
  return change === 'running' ? 'changing' : 'not changed yet'
}
