import { type Move, moveSchema } from '../../shared/move'

/** The one text of a document: keys in the order of the schema, places by name, a newline at the end. Equal moves have equal texts. */
export const moveText = (move: Move): string => {
  const ordered = moveSchema.parse(move)
  const layout = Object.fromEntries(Object.entries(ordered.layout).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ ...ordered, layout }, null, 2)}\n`
}
