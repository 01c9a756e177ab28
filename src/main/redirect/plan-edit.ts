import { type Failure, fail } from '../../shared/failure'
import type { Redirect } from '../../shared/move'

export type FileRedirect = Extract<Redirect, { kind: 'file' }>
export type Towards = 'old' | 'new'

/** One line of the file that changes; numbers count from 1. */
export interface ChangedLine {
  number: number
  before: string | null
  after: string | null
}

export type RedirectPlan =
  | { kind: 'change'; after: string; lines: ChangedLine[] }
  /** The file already says what it should say. */
  | { kind: 'already' }
  | { kind: 'refused'; failure: Failure }

const count = (text: string, part: string): number => text.split(part).length - 1

const isInPlace = (text: string, edits: { from: string; to: string }[]): boolean =>
  edits.every(
    ({ from, to }) =>
      count(text, to) === 1 && (from.includes(to) ? count(text, from) === 0 : count(text.replace(to, ''), from) === 0)
  )

/** The edits of a redirect towards one site: `find` → `replace` for the new one, exchanged for the old one. */
export const editsTowards = (redirect: FileRedirect, towards: Towards): { from: string; to: string }[] =>
  redirect.edits.map(({ find, replace }) =>
    towards === 'new' ? { from: find, to: replace } : { from: replace, to: find }
  )

/** Which database a file points to now; `null` when neither all old nor all new texts stand in it. */
export const fileState = (text: string, redirect: FileRedirect): Towards | null => {
  if (isInPlace(text, editsTowards(redirect, 'new'))) return 'new'
  return isInPlace(text, editsTowards(redirect, 'old')) ? 'old' : null
}

const changedLines = (before: string, after: string): ChangedLine[] => {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++
  let tail = 0
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++
  const lines: ChangedLine[] = []
  for (let index = head; index < Math.max(old.length, fresh.length) - tail; index++) {
    const [was, is] = [
      index < old.length - tail ? (old[index] ?? null) : null,
      index < fresh.length - tail ? (fresh[index] ?? null) : null
    ]
    if (was !== is) lines.push({ number: index + 1, before: was, after: is })
  }
  return lines
}

/** What a redirect would do to this text: every text to be found stands in it exactly once, or nothing is done. */
export const planEdit = (text: string, redirect: FileRedirect, towards: Towards, where: string): RedirectPlan => {
  if (fileState(text, redirect) === towards) return { kind: 'already' }
  let after = text
  for (const { from, to } of editsTowards(redirect, towards)) {
    const times = count(text, from)
    if (times !== 1)
      return {
        kind: 'refused',
        failure: fail(
          'invalid',
          `“${from}” stands ${times === 0 ? 'nowhere' : `${times} times`} in ${redirect.path}; it must stand there exactly once.`,
          {
            where,
            try: ['Correct the text to find in the move, for example by adding the words before it.']
          }
        ).failure
      }
    after = after.replace(from, () => to)
  }
  return { kind: 'change', after, lines: changedLines(text, after) }
}

/** The changed lines as a person reads them. */
export const diffText = (lines: readonly ChangedLine[]): string =>
  lines
    .flatMap((line) => [
      ...(line.before === null ? [] : [`${line.number} - ${line.before}`]),
      ...(line.after === null ? [] : [`${line.number} + ${line.after}`])
    ])
    .join('\n')
