import type { CanaryLedger } from '../../shared/canary'
import type { Report } from '../../shared/report'
import { type Run, runIsOpen } from '../../shared/runbook'
import { duration, grouped as thinlyGrouped } from './plain-format'

/** In the sentence numbers are grouped by ordinary blanks: it is shown like any other text. */
const grouped = (value: number): string => thinlyGrouped(value).replaceAll('\u202f', ' ')

type Summary = Report['summary']

interface Names {
  old: string
  new: string
  /** What moved: the first domain, or the name of the move. */
  subject: string
}

/** The run the headline speaks of: the newest cutover, reverse or finish that was begun. */
export const decisiveRun = (runs: readonly Run[]): Run | null =>
  [...runs]
    .filter((run) => run.kind === 'cutover' || run.kind === 'reverse' || run.kind === 'finish')
    .sort((a, b) => a.startedAt - b.startedAt)
    .at(-1) ?? null

/** The newest switch whose pause was measured: its numbers stand in the headline. */
export const measuredRun = (runs: readonly Run[]): Run | null =>
  [...runs]
    .filter((run) => run.kind === 'cutover' || run.kind === 'reverse')
    .sort((a, b) => a.startedAt - b.startedAt)
    .at(-1) ?? null

/** Outcome, measured pause and one sentence that says both. */
export const summaryOf = (names: Names, runs: readonly Run[], canary: CanaryLedger | null): Summary => {
  const outcome = outcomeOf(runs)
  const measured = measuredRun(runs)
  const pause = measured?.pause ?? null
  return {
    outcome,
    writePauseMs: pause?.holdMs ?? null,
    canaryGapMs: pause?.canaryGapMs ?? (pause ? (canary?.total.longestGapMs ?? null) : null),
    holdAt: pause?.holdAt ?? null,
    openAt: pause?.openAt ?? null,
    sentence: [
      outcomeSentence(outcome, names, decisiveRun(runs)),
      pauseSentence(pause?.holdMs ?? null),
      orderSentence(canary)
    ]
      .filter((part) => part !== '')
      .join(' ')
  }
}

const outcomeOf = (runs: readonly Run[]): Summary['outcome'] => {
  const run = decisiveRun(runs)
  if (!run) return 'not-moved'
  if (run.state.kind === 'aborted' || run.state.kind === 'undone') {
    // An aborted reverse or finish leaves the move as the run before it made it.
    return run.kind === 'cutover' ? 'aborted' : outcomeOf(runs.filter((other) => other !== run))
  }
  if (runIsOpen(run)) return 'in-progress'
  return run.kind === 'finish' ? 'finished' : run.kind === 'reverse' ? 'reversed' : 'moved'
}

const outcomeSentence = (outcome: Summary['outcome'], names: Names, run: Run | null): string => {
  switch (outcome) {
    case 'moved':
      return `${names.subject} moved from ${names.old} to ${names.new}.`
    case 'finished':
      return `${names.subject} moved from ${names.old} to ${names.new}, and the move is finished.`
    case 'reversed':
      return `${names.subject} was moved back to ${names.old}.`
    case 'aborted':
      return `The cutover was aborted before its point of no return; ${names.subject} stayed at ${names.old}.`
    case 'in-progress':
      return openSentence(names, run)
    case 'not-moved':
      return `${names.subject} has not moved yet; it is still at ${names.old}.`
  }
  return outcome satisfies never
}

const openSentence = (names: Names, run: Run | null): string => {
  if (!run) return ''
  const to = run.kind === 'reverse' ? names.old : names.new
  const left = run.steps.filter((step) => step.state !== 'done' && step.state !== 'skipped').length
  const rest = left === 1 ? 'one step is open' : `${left} steps are open`
  return run.pause.openAt === null
    ? `The ${run.kind} to ${to} is not finished; ${rest}.`
    : `${to} takes the writes; ${rest}.`
}

const pauseSentence = (ms: number | null): string => (ms === null ? '' : `Writes waited ${duration(ms)}.`)

const orderSentence = (canary: CanaryLedger | null): string => {
  if (!canary || canary.total.acknowledged === 0) return ''
  const { acknowledged, missing, doubled } = canary.total
  if (missing === 0 && doubled === 0)
    return `All ${grouped(acknowledged)} acknowledged canary orders were found exactly once.`
  const parts = [
    ...(missing > 0 ? [`${grouped(missing)} missing`] : []),
    ...(doubled > 0 ? [`${grouped(doubled)} found more than once`] : [])
  ]
  return `Of ${grouped(acknowledged)} acknowledged canary orders, ${parts.join(' and ')}.`
}
