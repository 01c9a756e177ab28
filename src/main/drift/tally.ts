import type { RowDifference, RowKind, TableVerdict } from '../../shared/drift'

/** What was found in a part of a table; parts are added up in order. */
export interface Tally {
  kinds: Record<RowKind, number>
  kept: RowDifference[]
  /** Where the kept rows are found: their keys as SQL literals, joined as `keyId` does. */
  places: string[]
  seen: Set<string>
  rechecked: number
  doubts: string[]
  /** How many doubts there are; only the first are kept in words. */
  doubted: number
}

/** Rows kept per table to be shown; all are counted. */
export const keptRows = 1000
const keptDoubts = 5

export const emptyTally = (): Tally => ({
  kinds: { changed: 0, missing: 0, extra: 0 },
  kept: [],
  places: [],
  seen: new Set(),
  rechecked: 0,
  doubts: [],
  doubted: 0
})

/** Keeps a row to be shown, as long as there is room. */
export const keepRow = (tally: Tally, row: RowDifference, place = ''): void => {
  if (tally.kept.length >= keptRows) return
  tally.kept.push(row)
  tally.places.push(place)
}

/** Something that could not be decided. */
export const doubt = (tally: Tally, why: string): void => {
  tally.doubted += 1
  if (tally.doubts.length < keptDoubts) tally.doubts.push(why)
}

/** The same, to be added to without changing this one. */
export const copyOf = (tally: Tally): Tally => ({
  ...tally,
  kinds: { ...tally.kinds },
  kept: [...tally.kept],
  places: [...tally.places],
  seen: new Set(tally.seen),
  doubts: [...tally.doubts]
})

/** Adds a part to the whole; the part is not used any more. */
export const addTally = (whole: Tally, part: Tally): void => {
  for (const kind of ['changed', 'missing', 'extra'] as const) whole.kinds[kind] += part.kinds[kind]
  part.kept.forEach((row, index) => {
    keepRow(whole, row, part.places[index])
  })
  whole.rechecked += part.rechecked
  whole.doubted += part.doubted
  whole.doubts.push(...part.doubts.slice(0, Math.max(0, keptDoubts - whole.doubts.length)))
}

/** The verdict of a table that was looked at from end to end. */
export const verdictOf = (
  tally: Tally,
  plan: { reservations: readonly string[]; notes: readonly string[] },
  position: string,
  at: number
): TableVerdict => {
  const rows = tally.kinds.changed + tally.kinds.missing + tally.kinds.extra
  if (rows > 0) return { kind: 'differs', at, position, rows, kinds: { ...tally.kinds } }
  if (tally.doubts[0] !== undefined) {
    const others = tally.doubted > 1 ? `, and ${tally.doubted - 1} more` : ''
    return { kind: 'inconclusive', at, why: `${tally.doubts[0]}${others}` }
  }
  if (plan.reservations.length > 0)
    return { kind: 'inconclusive', at, why: `${plan.reservations.join('; ')}; all other columns are the same` }
  return {
    kind: 'same',
    at,
    position,
    rechecked: tally.rechecked,
    ...(plan.notes.length > 0 ? { note: plan.notes.join('; ') } : {})
  }
}
