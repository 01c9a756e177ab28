/** One mark under the bar: where it belongs, 0 to 1, and its words. */
export type BudgetMark = { id: 'let' | 'last' | 'rehearsed' | 'now'; at: number; words: string }

/** A mark with its left edge and the room of its words, in pixels. */
export type PlacedMark = BudgetMark & { left: number; width: number }

const gap = 10
/** The widest a character of the marks' type is on the average; words are measured with it, so that nothing waits for a font. */
const characterWidth = 6.6

const widthOf = ({ words }: BudgetMark): number => Math.ceil(words.length * characterWidth)

/**
 * Puts the marks of a budget under a bar so wide: each under its place, all inside, none over another. Pure.
 * The ones named first win; the first gives way to the second as far as it must, so that both are read in a narrow panel.
 */
export const placeMarks = (marks: readonly BudgetMark[], width: number): PlacedMark[] => {
  const placed: PlacedMark[] = []
  const [first, second] = marks
  const room =
    first && second && widthOf(first) + gap + widthOf(second) <= width ? width - widthOf(second) - gap : width
  for (const mark of marks) {
    const own = widthOf(mark)
    const end = mark === first ? room : width
    const left = Math.max(0, Math.min(end - own, mark.at * width - own / 2))
    const free = placed.every((other) => left >= other.left + widthOf(other) + gap || left + own + gap <= other.left)
    if (own <= width && free) placed.push({ ...mark, left: Math.round(left), width: own })
  }
  return placed
}
