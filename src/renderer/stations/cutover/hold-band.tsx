import type { ReactNode } from 'react'
import type { Run } from '../../../shared/runbook'
import { Band } from '../../parts/band'
import { BudgetBar } from '../../parts/budget-bar'
import { durationParts, formatCount, formatDuration } from '../../parts/format'
import { useMove } from '../../state/open-move'
import { AbortButton } from './abort-button'
import { rehearsalsOf } from './cutover-phase'
import { type End, endName } from './ends'

/** Writes wait: the elapsed pause in large digits, the budget with the mark at which it lets go, and Abort. */
export function HoldBand({ run, from, to, elapsedMs, granted, thrown }: HoldBandProps) {
  const { canary, move, runs } = useMove()
  const { pauseBudgetMs, letGoAt, leaseSeconds } = move.thresholds
  const rehearsed = rehearsalsOf(runs).findLast((known) => known.id !== run.id)?.pause.holdMs ?? null
  const { value, unit } = durationParts(elapsedMs)
  const index = run.steps.findIndex((step) => step.state === 'running')
  const at = run.steps[index]
  const where = at ? `step ${index + 1} of ${run.steps.length}, ${at.title.toLowerCase()}` : ''
  return (
    <Band
      tone="att"
      icon="pause"
      title={
        thrown
          ? `The token travels; ${to.site} opens by itself`
          : granted
            ? `Writes wait on ${from.site}`
            : `Asking ${endName(from)} to hold writes`
      }
      sub={where}
      stop={
        <AbortButton
          run={run}
          under={`Lets go now. ${run.kind === 'rehearsal' ? 'A rehearsal changes' : 'So far it has changed'} nothing.`}
          locked={thrown ? 'The point of no return is passed: the way back is Reverse.' : undefined}
        />
      }
    >
      <div className="hold-row">
        <span className="huge" role="timer" aria-label={`Write pause ${formatDuration(elapsedMs)}`}>
          {value}
          <small>{unit}</small>
        </span>
        <div className="facts">
          <Waiting>
            {canary.kind === 'running'
              ? `${formatCount(canary.waiting)} canary orders wait, ${formatCount(canary.failed)} have failed`
              : 'No canary order travels in this run'}
          </Waiting>
          <div className="t2">
            {thrown
              ? `With or without this computer ${to.site} opens when everything has arrived.`
              : `If this computer dies, the lease ends within ${leaseSeconds} s and the shop goes on at ${from.site}.`}
          </div>
        </div>
      </div>
      <BudgetBar elapsedMs={elapsedMs} budgetMs={pauseBudgetMs} rehearsedMs={rehearsed} letGoShare={letGoAt} />
    </Band>
  )
}

function Waiting({ children }: { children: ReactNode }) {
  return <div className="num">{children}</div>
}

/** What a `HoldBand` is told; `granted` is false while the server is only asked. */
export type HoldBandProps = {
  run: Run
  from: End
  to: End
  elapsedMs: number
  granted: boolean
  thrown: boolean
}
