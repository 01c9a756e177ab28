import { type Failure, failureOf } from '../../shared/failure'
import { exitCodes } from './exit-codes'

/** A terminal must not obey a server's escapes: control and direction characters are shown as codes. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (found) =>
    found === '\n' || found === '\t' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

let progressShown = false
const clearProgress = (): void => {
  if (progressShown) process.stderr.write('\r\u001b[K')
  progressShown = false
}

/** Standard output is for the answer. */
export const say = (text: string): void => {
  clearProgress()
  process.stdout.write(`${text}\n`)
}

/** Standard error is for what happens meanwhile. */
export const tell = (text: string): void => {
  clearProgress()
  process.stderr.write(`${text}\n`)
}

/** One line that replaces itself; in a terminal only. */
export const showProgress = (text: string): void => {
  if (!process.stderr.isTTY) return
  const width = Math.max(20, (process.stderr.columns || 80) - 1)
  process.stderr.write(`\r\u001b[K${[...plain(text).replace(/\n/g, ' ')].slice(0, width).join('')}`)
  progressShown = true
}

export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

/** Rows as aligned columns; the last column runs free. */
export const columns = (rows: string[][], indent = ''): string => {
  const widths: number[] = []
  for (const row of rows)
    row.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, [...cell].length)
    })
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)))
      return (indent + cells.join('  ')).trimEnd()
    })
    .join('\n')
}

/** A failure in lines: what, where, why, the other side's words, what to try. */
export const failureText = (failure: Failure, indent = ''): string =>
  plain(
    [
      failure.what,
      failure.where && `  where: ${failure.where}`,
      failure.why && `  why:   ${failure.why}`,
      failure.words && `  said:  ${failure.words.replace(/\n/g, '\n         ')}`,
      ...failure.try.map((what) => `  try:   ${what.replace(/\n/g, '\n         ')}`)
    ]
      .filter(Boolean)
      .join('\n')
      .replace(/^/gm, indent)
  )

/** 2 for bad input, 3 for what could not be reached or verified; a name that no resolver knows carries its resolver's code. */
export const exitCodeOf = ({ kind, code }: Failure): number =>
  kind === 'invalid' || (kind === 'not-found' && code === undefined) ? exitCodes.usage : exitCodes.unverified

/** Prints a failure, as one JSON document when asked, and answers the exit code. */
export const sayFailure = (error: unknown, json: boolean, more: Record<string, unknown> = {}): number => {
  const failure = failureOf(error)
  if (json) sayJson({ ok: false, failure, ...more })
  else tell(failureText(failure))
  return exitCodeOf(failure)
}
