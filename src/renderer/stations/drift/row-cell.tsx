import { masked } from '../../../shared/personal-data'
import { visibleString } from '../../parts/visible-text'
import { cellPieces, cutAround, type RowColumn } from './row-view'

/** One value as a cell holds it: NULL, the empty text and blanks at the ends can be told apart. */
export function CellValue({ value, other, column, mask }: CellValueProps) {
  if (value === undefined) return <span className="t3">not read</span>
  if (value === null) return <span className="drift-null">NULL</span>
  if (value === '') return <span className="drift-empty">empty</span>
  if (mask && column.personal) return <span className="t2">{visibleString(masked(value), 40)}</span>
  const { before, text, after } = cutAround(value, other ?? null)
  return (
    <>
      {before && <span className="t3">…</span>}
      {cellPieces(text).map((piece, index) =>
        piece.kind === 'blank' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
          <span key={index} className="drift-blank">
            {piece.text}
          </span>
        ) : (
          visibleString(piece.text, 200)
        )
      )}
      {after && <span className="t3">…</span>}
    </>
  )
}

/** What a `CellValue` is told; `other` is the value on the other side. */
export type CellValueProps = {
  value: string | null | undefined
  other: string | null | undefined
  column: RowColumn
  mask: boolean
}
