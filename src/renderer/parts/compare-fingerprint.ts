/** What was typed beside a fingerprint: nothing yet or a beginning, the same key, or another one. */
export type Compared = 'open' | 'same' | 'other'

const bare = (text: string): string => {
  // A line of `ssh-keygen -lf`, pasted whole, has it in the middle.
  const found = /SHA256:([A-Za-z0-9+/]+)/.exec(text)?.[1] ?? text
  return found.replace(/\s+/g, '').replace(/=+$/, '')
}

/** Compares the last four characters, or a whole fingerprint as any program shows it, with the one of the host. Pure. */
export const compareFingerprint = (typed: string, fingerprint: string): Compared => {
  const [mine, theirs] = [bare(typed), bare(fingerprint)]
  if (mine.length < 4) return 'open'
  if (mine === theirs || (mine.length === 4 && theirs.endsWith(mine))) return 'same'
  return theirs.startsWith(mine) ? 'open' : 'other'
}
