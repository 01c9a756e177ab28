import type { RowDifference, RowKind } from '../../../shared/drift'
import { isPersonal } from '../../../shared/personal-data'

/** A column of the differing rows, in the order it is shown. */
export interface RowColumn {
  name: string
  key: boolean
  /** It differs in at least one of the rows. */
  changes: boolean
  number: boolean
  /** It may name or reach a person. */
  personal: boolean
}

export const kindMarks: Record<RowKind, string> = { changed: '≠', missing: '−', extra: '+' }

const numeric = /^-?\d+(\.\d+)?$/

const valuesOf = (rows: readonly RowDifference[], column: string): string[] =>
  rows.flatMap((row) =>
    [row.old?.[column], row.new?.[column]].filter((value): value is string => typeof value === 'string')
  )

/** Key columns first, then those that differ anywhere, then the rest in the table's own order. */
export const columnsOf = (table: string, rows: readonly RowDifference[]): RowColumn[] => {
  const names = new Set<string>()
  const changed = new Set<string>()
  for (const row of rows) {
    for (const name of Object.keys(row.key)) names.add(name)
    for (const name of Object.keys(row.old ?? row.new ?? {})) names.add(name)
    for (const name of row.columns) changed.add(name)
  }
  const keys = new Set(rows.flatMap((row) => Object.keys(row.key)))
  const rank = (name: string) => (keys.has(name) ? 0 : changed.has(name) ? 1 : 2)
  return [...names]
    .map((name, index) => ({ name, index }))
    .sort((a, b) => rank(a.name) - rank(b.name) || a.index - b.index)
    .map(({ name }) => {
      const values = valuesOf(rows, name)
      return {
        name,
        key: keys.has(name),
        changes: changed.has(name),
        number: values.length > 0 && values.every((value) => numeric.test(value)),
        personal: !keys.has(name) && isPersonal(table, name)
      }
    })
}

const most = 34

/** A value cut to what a cell holds; when it differs far inside, the cut is around the first difference. */
export const cutAround = (value: string, other: string | null): { before: boolean; text: string; after: boolean } => {
  if (value.length <= most) return { before: false, text: value, after: false }
  let at = 0
  if (other !== null) while (at < value.length && value[at] === other[at]) at += 1
  const start = other === null || at < most - 12 ? 0 : Math.max(0, Math.min(at - 16, value.length - most))
  const end = Math.min(value.length, start + most)
  return { before: start > 0, text: value.slice(start, end), after: end < value.length }
}

/** Pieces of a value as a cell shows them: blanks at the ends and line breaks are drawn, because they can be the difference. */
export const cellPieces = (text: string): { kind: 'text' | 'blank'; text: string }[] => {
  const found = /^( *)([\s\S]*?)( *)$/.exec(text)
  const [, head = '', middle = '', tail = ''] = found ?? []
  const pieces: { kind: 'text' | 'blank'; text: string }[] = []
  if (head) pieces.push({ kind: 'blank', text: '␣'.repeat(head.length) })
  for (const piece of middle.split(/(\r?\n|\t)/)) {
    if (piece === '') continue
    if (/^\r?\n$/.test(piece)) pieces.push({ kind: 'blank', text: '⏎' })
    else if (piece === '\t') pieces.push({ kind: 'blank', text: '⇥' })
    else pieces.push({ kind: 'text', text: piece })
  }
  if (tail) pieces.push({ kind: 'blank', text: '␣'.repeat(tail.length) })
  return pieces
}
