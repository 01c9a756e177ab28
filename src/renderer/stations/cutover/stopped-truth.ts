import type { Run } from '../../../shared/runbook'
import { passedPoint } from '../runbook/run-words'
import { isPromoted } from './cutover-phase'
import type { End } from './ends'

/** What a server was seen to do with writes within the last seconds. */
export type SeenSide = 'writes' | 'closed' | 'unseen'

/** What a person must know of a switch that was cut off: who takes writes now, what had happened, and where the one step leads. */
export interface StoppedTruth {
  tone: 'att' | 'dan'
  title: string
  /** What customers feel now; null: nothing. */
  alarm: string | null
  happened: string
  next: string
}

const nameOf = (run: Run): string =>
  run.kind === 'rehearsal' ? 'rehearsal' : run.kind === 'reverse' ? 'reverse' : 'cutover'

const titleOf = (from: End, to: End, seen: { from: SeenSide; to: SeenSide }): string => {
  const writes = [...(seen.from === 'writes' ? [from.site] : []), ...(seen.to === 'writes' ? [to.site] : [])]
  const unseen = [...(seen.from === 'unseen' ? [from.site] : []), ...(seen.to === 'unseen' ? [to.site] : [])]
  if (writes.length === 2) return `${from.site} and ${to.site} both take writes`
  if (unseen.length === 2) return 'Who takes writes is not known yet'
  const other = unseen[0] ? `; ${unseen[0]} is not seen` : ''
  return writes[0]
    ? `${writes[0]} takes writes${other}`
    : other
      ? `Nobody is seen to take writes${other}`
      : 'Nobody takes writes'
}

const happenedIn = (run: Run): string => {
  const name = nameOf(run)
  const step = run.steps.find(({ state }) => ['running', 'waiting', 'failed', 'undoing'].includes(state))
  const last = run.steps.findLast(({ state }) => state === 'done')
  const where = step ? ` at “${step.title}”` : last ? ` after “${last.title}”` : ''
  if (run.state.kind === 'failed') return `The ${name} stopped${where}.`
  if (run.state.kind === 'halted') return `The ${name} was halted${where}.`
  return `The app ended in the middle of this ${name},${where || ' at its beginning'}.`
}

/** The applications are told their new database only after the switch: until then they meet the closed one. */
const isRedirected = (run: Run): boolean =>
  run.steps.every(({ id, state }) => !['redirect', 'redirect-by-hand'].includes(id) || state === 'done')

/** Hosts that could not be armed to follow the switch by themselves; null: none was. */
const unarmedIn = (run: Run): string[] | null =>
  run.steps.some(({ id, state }) => id === 'arm-redirect' && state === 'done') && run.facts.unarmed !== undefined
    ? (JSON.parse(run.facts.unarmed) as string[])
    : null

const alarmOf = (run: Run, from: End, seen: { from: SeenSide; to: SeenSide }): string | null => {
  if (seen.from === 'writes' && seen.to === 'writes') return 'Rows may be written on both sides, and differ.'
  if (seen.from === 'closed' && seen.to === 'closed') return 'No order can be placed.'
  if (seen.from !== 'closed' || seen.to !== 'writes' || isRedirected(run)) return null
  const unarmed = unarmedIn(run)
  if (unarmed === null)
    return `Orders fail: the applications still use ${from.site}, which is closed, until this run goes on.`
  return unarmed.length
    ? `Orders from ${unarmed.join(', ')} fail: ${unarmed.length === 1 ? 'it still uses' : 'they still use'} ${from.site}, which is closed, until this run goes on.`
    : null
}

const nextFor = (run: Run, from: End, to: End, seen: { from: SeenSide; to: SeenSide }): string => {
  if (seen.from === 'writes' && seen.to === 'writes')
    return 'Only one may: seal the other one by hand. Nothing of this run goes on before that.'
  if (!passedPoint(run))
    return seen.from === 'closed'
      ? `This run switched nothing, and yet ${from.site} is closed. Observing tells what is so before anything is sent.`
      : `Nothing was switched${run.kind === 'rehearsal' ? ', a rehearsal never does' : ''}. Observing puts back what was prepared.`
  if (seen.to === 'writes')
    return isPromoted(run)
      ? 'The switch has happened. Observing goes on with what is left.'
      : unarmedIn(run)?.length === 0 && !isRedirected(run)
        ? `The switch has happened: ${to.site} opened by itself, and the application hosts were armed to follow it. Observing goes on from there.`
        : `The switch has happened: ${to.site} opened by itself. Observing goes on from there.`
  if (seen.from === 'writes')
    return `The throw never reached ${from.site}: nothing was switched. Observing makes sure of it and puts everything back.`
  if (seen.from === 'closed' && seen.to === 'closed')
    return `The throw may have left. Either its token arrives and ${to.site} opens by itself, or ${from.site} is opened again: observing tells which.`
  return `The throw may have left. Only observing both servers tells whether ${to.site} takes writes.`
}

/** Set together from the journal and the last look at both servers. Pure. */
export const stoppedTruth = (run: Run, from: End, to: End, seen: { from: SeenSide; to: SeenSide }): StoppedTruth => {
  const title = titleOf(from, to, seen)
  const alarm = alarmOf(run, from, seen)
  const oneWrites = [seen.from, seen.to].filter((side) => side === 'writes').length === 1
  const unknown = seen.from === 'unseen' && seen.to === 'unseen'
  return {
    tone: (oneWrites && !alarm) || (unknown && run.state.kind === 'interrupted') ? 'att' : 'dan',
    title,
    alarm,
    happened: happenedIn(run),
    next: nextFor(run, from, to, seen)
  }
}
