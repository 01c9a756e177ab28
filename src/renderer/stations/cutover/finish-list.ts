import type { CanaryLedger } from '../../../shared/canary'
import type { OpenMove } from '../../../shared/contract'
import type { Run, StepRun } from '../../../shared/runbook'
import type { StatusKind } from '../../parts/status-kind'
import type { End } from './ends'
import { stragglersOf } from './redirect-rows'

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
export const finishList = (open: OpenMove, run: Run, from: End, to: End, ledger: CanaryLedger | null): FinishItem[] => {
  const step = (id: string) => run.steps.find((known) => known.id === id)
  const left = stragglersOf(open.move, open.topology, from)
  const found = ledger?.total ?? open.canary.found
  const ledgerStep = step('canary-ledger')
  const answers = open.topology?.domains.flatMap((domain) => {
    const want = open.move.domains.find((known) => known.name === domain.name)
    const values = to.side === 'new' ? want?.newValues : want?.oldValues
    return domain.answers.map((answer) => values?.every((value) => answer.values.includes(value)) ?? false)
  })
  const agree = answers?.filter(Boolean).length ?? 0
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
      status: answers?.length ? (agree === answers.length ? 'ok' : 'running') : 'unknown',
      text: 'DNS everywhere',
      more: answers?.length ? `${agree} of ${answers.length}` : 'not asked'
    })
  items.push({
    id: 'run',
    status: run.state.kind === 'done' ? 'ok' : run.state.kind === 'failed' ? 'danger' : 'running',
    text: 'Every step of the run done',
    more: `${run.steps.filter((known) => known.state === 'done').length} of ${run.steps.length}`
  })
  return items
}
