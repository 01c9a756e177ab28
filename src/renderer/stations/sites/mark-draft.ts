import type { Mark, markColours } from '../../../shared/mark'

/** Marks people use everywhere; others have a name of their own. */
export const usualMarks = {
  production: { label: 'production', colour: 'rose' },
  staging: { label: 'staging', colour: 'olive' },
  test: { label: 'test', colour: 'slate' }
} as const satisfies Record<string, Mark>

/** A mark as it is chosen; `none`: as its site is marked. */
export interface MarkDraft {
  choice: 'none' | keyof typeof usualMarks | 'other'
  label: string
  colour: (typeof markColours)[number]
}

export const emptyMarkDraft: MarkDraft = { choice: 'none', label: '', colour: 'rose' }

const usualOf = (mark: Mark) =>
  (Object.keys(usualMarks) as (keyof typeof usualMarks)[]).find(
    (name) => usualMarks[name].label === mark.label && usualMarks[name].colour === mark.colour
  )

/** A saved mark as the form shows it. */
export const markDraftOf = (mark: Mark | undefined): MarkDraft =>
  mark ? { choice: usualOf(mark) ?? 'other', ...mark } : emptyMarkDraft

/** The chosen mark as the schema wants it. */
export const markOfDraft = ({ choice, label, colour }: MarkDraft): Mark | undefined => {
  if (choice === 'none') return undefined
  return choice === 'other' ? { label: label.trim(), colour } : usualMarks[choice]
}
