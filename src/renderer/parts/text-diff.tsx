import { useMemo } from 'react'
import { type DiffPiece, type DiffRow, sideBySide, textDiffLines } from './text-diff-lines'
import { visibleString } from './visible-text'

const marks = { same: '', added: '+', removed: '−', fold: '⋯' } as const
const classes = { same: 'ln', added: 'ln a', removed: 'ln d', fold: 'ln t3' } as const
const mostRows = 2000

/** Two texts of a server compared, line by line with the words that differ marked; one under the other, or side by side. */
export function TextDiff({ before, after, head, split = false, label }: TextDiffProps) {
  const rows = useMemo(() => textDiffLines(before, after).slice(0, mostRows), [before, after])
  return (
    <section className={split ? 'diff split' : 'diff'} aria-label={label}>
      <div className="lines">
        {head && !split && (
          <div className="ln h">
            <i />
            <span>
              {head[0]} → {head[1]}
            </span>
          </div>
        )}
        {head && split && (
          <div className="two h">
            <span>{head[0]}</span>
            <span>{head[1]}</span>
          </div>
        )}
        {split
          ? sideBySide(rows).map((pair, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
              <div key={index} className="two">
                <Line row={pair.left} />
                <Line row={pair.right} />
              </div>
            ))
          : rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
              <Line key={index} row={row} />
            ))}
      </div>
    </section>
  )
}

function Line({ row }: { row: DiffRow | null }) {
  if (!row) return <div className="ln" />
  return (
    <div className={classes[row.kind]}>
      <i>{marks[row.kind]}</i>
      <span>
        {row.pieces.map((piece: DiffPiece, index) =>
          piece.marked ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line have no other name
            <u key={index}>{visibleString(piece.text, 2000)}</u>
          ) : (
            visibleString(piece.text, 2000)
          )
        )}
      </span>
    </div>
  )
}

/** What a `TextDiff` is told; `head` names the two texts. */
export type TextDiffProps = {
  before: string
  after: string
  head?: readonly [string, string]
  split?: boolean
  label: string
}
