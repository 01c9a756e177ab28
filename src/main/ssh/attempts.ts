/** What was offered to a server while signing in, with each answer and its time, as lines for a person. */
export interface Attempts {
  begin(what: string): void
  /** The answer to what began last; a later one replaces an earlier one, as when a key is offered with two signatures. */
  answered(answer: string): void
  note(line: string): void
}

/** Tells all lines anew at each change. */
export const makeAttempts = (
  tell: (lines: string[]) => void,
  now: () => number = () => performance.now()
): Attempts => {
  const lines: string[] = []
  let last: { what: string; since: number; at: number } | null = null
  return {
    begin: (what) => {
      last = { what, since: now(), at: lines.length }
      lines.push(`${what}: offered`)
      tell([...lines])
    },
    answered: (answer) => {
      if (!last) return
      lines[last.at] = `${last.what}: ${answer}, ${Math.round(now() - last.since)} ms`
      tell([...lines])
    },
    note: (line) => {
      lines.push(line)
      tell([...lines])
    }
  }
}
