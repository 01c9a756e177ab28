/** What of a command is searched. */
export type Findable = { label: string; group?: string; words?: string }

/** Keeps the commands that hold every word of `query`; those whose label begins with it come first within their group order. */
export function filterCommands<T extends Findable>(items: readonly T[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...items]
  const rank = (item: T): number => {
    const label = item.label.toLowerCase()
    const all = `${label} ${item.group ?? ''} ${item.words ?? ''}`.toLowerCase()
    if (!words.every((word) => all.includes(word))) return -1
    if (words[0] !== undefined && label.startsWith(words[0])) return 2
    return words.every((word) => label.includes(word)) ? 1 : 0
  }
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((entry) => entry.rank >= 0)
    .sort((a, b) => b.rank - a.rank)
    .map((entry) => entry.item)
}

/** Cuts a label where the words of `query` stand in it. */
export function highlight(label: string, query: string): { at: number; text: string; hit: boolean }[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const lower = label.toLowerCase()
  const pieces: { at: number; text: string; hit: boolean }[] = []
  let at = 0
  while (at < label.length) {
    const hit = words.find((word) => lower.startsWith(word, at))
    const length = hit?.length ?? 1
    const text = label.slice(at, at + length)
    const last = pieces.at(-1)
    if (hit === undefined && last && !last.hit) last.text += text
    else pieces.push({ at, text, hit: hit !== undefined })
    at += length
  }
  return pieces
}
