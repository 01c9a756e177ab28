import type { CanaryLedger } from '../../../shared/canary'
import type { OpenMove } from '../../../shared/contract'
import type { Run, StepRun } from '../../../shared/runbook'
import type { StatusKind } from '../../parts/status-kind'
import { dnsState } from './dns-state'
import type { End } from './ends'
import { stragglersOf } from './stragglers'

/** One thing to see before the links are taken away. */
export interface FinishItem {
  id: string
  status: StatusKind
  text: string
  more: string
}

const ofStep = (step: StepRun | undefined): StatusKind =>
  step === undefined || step.state === 'todo'
    ? 'todo'
    : step.state === 'done'
      ? 'ok'
      : step.state === 'failed'
        ? 'danger'
        : step.state === 'waiting'
          ? 'attention'
          : 'running'

/** What should be so before finish: while one is open, the way back is worth keeping. Pure. */
export const finishList = (
  open: OpenMove,
  run: Run,
  from: End,
  to: End,
  ledger: CanaryLedger | null,
  now: number
): FinishItem[] => {
  const step = (id: string) => run.steps.find((known) => known.id === id)
  const left = stragglersOf(open.move, open.topology, from)
  const found = ledger?.total ?? open.canary.found
  const ledgerStep = step('canary-ledger')
  const domains = open.move.domains.map((domain, index) => {
    const answers = open.topology?.domains.find((known) => known.name === domain.name)?.answers ?? []
    return dnsState(domain, index, to.side === 'new' ? domain.newValues : domain.oldValues, run, answers, now)
  })
  const behind = domains.find((domain) => domain.status !== 'ok')
  const items: FinishItem[] = [
    {
      id: 'ledger',
      status: found
        ? found.missing || found.doubled
          ? 'danger'
          : 'ok'
        : ledgerStep?.state === 'done'
          ? 'unknown'
          : ofStep(ledgerStep),
      text: 'Canary ledger closed, both sides equal',
      more: found
        ? found.missing || found.doubled
          ? `${found.missing} missing, ${found.doubled} doubled`
          : ''
        : 'not counted yet'
    },
    {
      id: 'roles',
      status: ofStep(step('roles')),
      text: 'Roles kept over a restart',
      more: step('roles')?.evidence ?? ''
    },
    {
      id: 'stragglers',
      status: left ? (left.total === 0 ? 'ok' : 'running') : 'unknown',
      text: 'Stragglers zero',
      more: left ? (left.total ? `${left.total} left` : '') : 'not asked'
    }
  ]
  if (open.move.domains.length > 0)
    items.push({
      id: 'dns',
      status: behind ? behind.status : 'ok',
      text: 'DNS everywhere',
      more: behind ? behind.words : ''
    })
  items.push({
    id: 'run',
    status: run.state.kind === 'done' ? 'ok' : run.state.kind === 'failed' ? 'danger' : 'running',
    text: 'Every step of the run done',
    more: `${run.steps.filter((known) => known.state === 'done').length} of ${run.steps.length}`
  })
  return items
}
