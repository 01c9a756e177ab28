import { diffArrays } from 'diff'

/** A line of a difference: in both, only in the new text, or only in the old one. */
export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string }

/** Texts that ask for more work than this are told as all removed, all added. */
const bound = { maxEditLength: 3000, timeout: 500 }

/** Compares two texts line by line. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const parts = diffArrays(a, b, bound) ?? [
    { value: a, added: false, removed: true },
    { value: b, added: true, removed: false }
  ]
  return parts.flatMap((part) =>
    part.value.map((text): DiffLine => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text }))
  )
}
