import { structuredPatch } from 'diff'

/** One line of a text difference; `fold` stands for equal lines that are left out. */
export interface DifferenceLine {
  kind: 'same' | 'added' | 'removed' | 'fold'
  text: string
}

/** Bounded: a text made to be hard to compare is told as all removed, all added. */
const bound = { maxEditLength: 4000, timeout: 500 }

/** Two texts as one list of lines with three equal ones around each change. Pure. */
export const differenceLines = (old: string, fresh: string): DifferenceLine[] => {
  const patch = structuredPatch('', '', old, fresh, '', '', { context: 3, ...bound })
  if (!patch)
    return [
      ...old.split('\n').map((text): DifferenceLine => ({ kind: 'removed', text })),
      ...fresh.split('\n').map((text): DifferenceLine => ({ kind: 'added', text }))
    ]
  return patch.hunks.flatMap((hunk, index) => [
    ...(index > 0 ? [{ kind: 'fold' as const, text: '⋯' }] : []),
    ...hunk.lines
      .filter((line) => !line.startsWith('\\'))
      .map(
        (line): DifferenceLine => ({
          kind: line[0] === '+' ? 'added' : line[0] === '-' ? 'removed' : 'same',
          text: line.slice(1)
        })
      )
  ])
}
