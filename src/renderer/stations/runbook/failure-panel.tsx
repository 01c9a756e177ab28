import type { ReactNode } from 'react'
import type { Failure } from '../../../shared/failure'
import { Age } from '../../parts/age'
import { ErrorPanel } from '../../parts/error-panel'

/** A failure in four parts: the other side's words, what happened, what it means, what to try. */
export function FailurePanel({ failure, means, at, actions, notOffered }: FailurePanelProps) {
  const code = failure.code === undefined ? '' : `code ${failure.code}`
  return (
    <ErrorPanel
      title={failure.what}
      age={at ? <Age at={at} ago /> : undefined}
      serverWords={failure.words}
      where={[failure.where, code].filter(Boolean).join(', ') || undefined}
      happened={failure.why ?? (failure.words || !failure.where ? undefined : `At ${failure.where}.`)}
      means={means}
      tries={failure.try.map((title) => ({ title }))}
      actions={actions}
      notOffered={notOffered}
    />
  )
}

/** What a `FailurePanel` is told; `means` says what it means for the shop. */
export type FailurePanelProps = {
  failure: Failure
  means?: ReactNode
  at?: number | null
  actions?: ReactNode
  notOffered?: ReactNode
}
