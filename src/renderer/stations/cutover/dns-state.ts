import type { Domain } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import type { DomainState } from '../../../shared/topology'
import type { StatusKind } from '../../parts/status-kind'

type Answer = DomainState['answers'][number]

/** Where the change of one domain stands, all of it from the same answers. */
export interface DnsState {
  words: string
  status: StatusKind
  agreed: number
  total: number
  /** When the oldest of these answers was given; null: nobody was asked. */
  at: number | null
  answers: { answer: Answer; there: boolean }[]
}

const tidy = (values: readonly string[]): string =>
  values
    .map((value) => value.toLowerCase().replace(/\.$/, ''))
    .sort()
    .join(' ')

/** This name server answers exactly these values. */
export const agrees = (answer: Answer, values: readonly string[]): boolean =>
  answer.failure === undefined && tidy(answer.values) === tidy(values)

const idOf = (what: string, index: number) => (index === 0 ? what : `${what}-${index + 1}`)

/** What the run says of a change that nobody can see yet; null: it is made. */
const notMade = (run: Run, index: number): DnsState['words'] | null => {
  switch (run.steps.find((step) => step.id === idOf('dns', index))?.state) {
    case 'done':
      return null
    case 'waiting':
      return 'waits for you'
    case 'failed':
      return 'the change failed'
    case 'running':
      return 'changing'
    default:
      return 'not changed yet'
  }
}

/** Judges one domain by what the name servers answered last, by the same rule as the run: all agree, and the old TTL has passed. Pure. */
export const dnsState = (
  domain: Domain,
  index: number,
  values: readonly string[],
  run: Run,
  answers: readonly Answer[],
  now: number
): DnsState => {
  const judged = answers.map((answer) => ({ answer, there: agrees(answer, values) }))
  const agreed = judged.filter(({ there }) => there).length
  const total = answers.length
  const at = total ? Math.min(...answers.map((answer) => answer.at)) : null
  const all = { agreed, total, at, answers: judged }
  const before = notMade(run, index)
  if (before && agreed === 0)
    return { ...all, words: before, status: before === 'the change failed' ? 'danger' : 'todo' }
  if (total === 0) return { ...all, words: 'not asked yet', status: 'unknown' }
  if (agreed < total) return { ...all, words: `${agreed} of ${total} answer the new address`, status: 'running' }
  const changedAt = Number(run.facts[`dnsChangedAt${index}`] ?? Number.NaN)
  const left = Math.ceil((changedAt + domain.ttlSeconds * 1000 - now) / 1000)
  if (left > 0) return { ...all, words: `everywhere asked; old TTL: ${left} s left`, status: 'running' }
  return { ...all, words: 'everywhere asked, old TTL passed', status: 'ok' }
}
