import type { ScheduledDrift, ScheduledEnd } from './drift-schedule'

const two = (number: number): string => String(number).padStart(2, '0')
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A clock of this computer, hours and minutes. */
export const localClock = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A moment by the clock of this computer: `today at 02:00`, `Tue 24 Nov at 02:00`. */
export const localMoment = (at: number, now: number): string => {
  const date = new Date(at)
  const today = new Date(now)
  const dayOf = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days).toDateString() === date.toDateString()
  const near = dayOf(0) ? 'today' : dayOf(1) ? 'tomorrow' : dayOf(-1) ? 'yesterday' : null
  const day = near ?? `${days[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]}`
  return `${day} at ${localClock(at)}`
}

const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`

type Compared = Extract<ScheduledEnd, { kind: 'compared' }>

/** The verdict with its numbers; no name and no value. */
export const comparedWords = ({ verdict, rows, tables, objects, unsure }: Compared): string => {
  if (verdict === 'equal') return 'equal'
  const found = [
    ...(tables ? [`${many(rows, 'row differs', 'rows differ')} in ${many(tables, 'table')}`] : []),
    ...(objects ? [`${many(objects, 'object')} of the schema ${objects === 1 ? 'differs' : 'differ'}`] : []),
    ...(unsure ? [`nothing can be said of ${many(unsure, 'table')}`] : [])
  ]
  return found.length ? found.join(', ') : 'inconclusive'
}

/** What became of a due time, in a sentence. */
export const scheduledWords = ({ dueAt, at, late, end }: ScheduledDrift, now: number): string => {
  const due = localMoment(dueAt, now)
  const began = localMoment(at, now)
  const why = late ? ` It was due ${due}: ${late}.` : ''
  switch (end.kind) {
    case 'begun':
      return `Begun ${began} by itself.${why}`
    case 'broken-off':
      return `Begun ${began} by itself, broken off when Siteswap ended.${why}`
    case 'compared':
      return `Compared ${began} by itself: ${comparedWords(end)}.${why}`
    case 'failed':
      return `Could not be compared by itself ${began}. ${end.failure.what}${why}`
    case 'stopped':
      return `Begun ${began} by itself, stopped by hand.${why}`
    case 'skipped':
      return `Left out ${due}: for three hours it would have disturbed ${end.why}.`
    case 'missed':
      return `Missed ${due}: Siteswap, or this move in it, was closed.`
    default:
      return end satisfies never
  }
}

/** A notification of the desktop. */
export interface News {
  title: string
  body: string
}

/** What the desktop is told of a due time; null: whoever looks there knows it already. */
export const newsOf = (move: string, drift: ScheduledDrift, now: number): News | null => {
  const { end } = drift
  const told = (title: string): News => ({ title: `${move}: ${title}`, body: scheduledWords(drift, now) })
  switch (end.kind) {
    case 'compared':
      return told(end.verdict === 'equal' ? 'equal' : end.verdict === 'differs' ? 'the sites differ' : 'inconclusive')
    case 'failed':
      return told('not compared')
    case 'skipped':
      return told('comparison left out')
    default:
      return null
  }
}
