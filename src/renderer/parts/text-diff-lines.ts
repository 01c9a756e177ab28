import { diffWordsWithSpace, structuredPatch } from 'diff'

/** A piece of a line; `marked` is what differs from the line across. */
export type DiffPiece = { text: string; marked: boolean }
export type DiffRow =
  | { kind: 'same'; pieces: DiffPiece[] }
  | { kind: 'added' | 'removed'; pieces: DiffPiece[] }
  | { kind: 'fold'; pieces: [] }

/** Texts made to be hard to compare are shown as all removed and all added after this much work. */
const bound = { maxEditLength: 4000, timeout: 300 }
const longestMarked = 4000

const whole = (text: string): DiffPiece[] => [{ text, marked: false }]

/** A removed and an added line that stand for each other, with the words that differ marked. */
const marked = (old: string, fresh: string): { old: DiffPiece[]; fresh: DiffPiece[] } => {
  const parts =
    old.length + fresh.length > longestMarked
      ? undefined
      : diffWordsWithSpace(old, fresh, { maxEditLength: 400, timeout: 50 })
  const equal = parts?.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.trim().length), 0) ?? 0
  // Lines that have next to nothing in common are not each other's.
  if (!parts || equal * 4 < Math.min(old.trim().length, fresh.trim().length))
    return { old: whole(old), fresh: whole(fresh) }
  return {
    old: parts.filter((part) => !part.added).map((part) => ({ text: part.value, marked: part.removed })),
    fresh: parts.filter((part) => !part.removed).map((part) => ({ text: part.value, marked: part.added }))
  }
}

const flush = (removed: string[], added: string[], rows: DiffRow[]): void => {
  const pairs = removed.map((text, index) => {
    const twin = added[index]
    return twin === undefined ? { old: whole(text), fresh: null } : marked(text, twin)
  })
  for (const pair of pairs) rows.push({ kind: 'removed', pieces: pair.old })
  added.forEach((text, index) => {
    rows.push({ kind: 'added', pieces: pairs[index]?.fresh ?? whole(text) })
  })
  removed.length = 0
  added.length = 0
}

/** Two texts as rows with three equal lines around each change. Pure. */
export function textDiffLines(before: string, after: string): DiffRow[] {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3, ...bound })
  const rows: DiffRow[] = []
  if (!patch) {
    flush(before.split('\n'), after.split('\n'), rows)
    return rows
  }
  patch.hunks.forEach((hunk, index) => {
    if (index > 0) rows.push({ kind: 'fold', pieces: [] })
    const [removed, added]: [string[], string[]] = [[], []]
    for (const line of hunk.lines) {
      if (line.startsWith('\\')) continue
      const text = line.slice(1)
      if (line[0] === '-') removed.push(text)
      else if (line[0] === '+') added.push(text)
      else {
        flush(removed, added, rows)
        rows.push({ kind: 'same', pieces: whole(text) })
      }
    }
    flush(removed, added, rows)
  })
  return rows
}

/** The same rows as pairs of a left and a right line; null: nothing stands there. */
export function sideBySide(rows: readonly DiffRow[]): { left: DiffRow | null; right: DiffRow | null }[] {
  const pairs: { left: DiffRow | null; right: DiffRow | null }[] = []
  let at = 0
  while (at < rows.length) {
    const row = rows[at]
    if (!row) break
    if (row.kind === 'same' || row.kind === 'fold') {
      pairs.push({ left: row, right: row })
      at += 1
      continue
    }
    const removed: DiffRow[] = []
    const added: DiffRow[] = []
    while (rows[at]?.kind === 'removed') removed.push(rows[at++] as DiffRow)
    while (rows[at]?.kind === 'added') added.push(rows[at++] as DiffRow)
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1)
      pairs.push({ left: removed[index] ?? null, right: added[index] ?? null })
  }
  return pairs
}
