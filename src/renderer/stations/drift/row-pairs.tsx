import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { RowDifference } from '../../../shared/drift'
import type { Move, SiteSide } from '../../../shared/move'
import { HalfDisc } from '../../parts/half-disc'
import { Icon } from '../../parts/icon'
import { visibleString } from '../../parts/visible-text'
import { CellValue } from './row-cell'
import { columnsOf, kindMarks, type RowColumn } from './row-view'
import { useWindow } from './use-window'
import { ValueBar } from './value-bar'

const rowHeight = 28
const kindWords = { changed: 'differs', missing: 'missing at the new site', extra: 'only at the new site' }

interface Place {
  row: number
  side: SiteSide
  column: number
}

/** Differing rows in pairs, old above new; arrows go from value to value, and the one reached is shown whole below. */
export function RowPairs({ rows, table, move, mask }: RowPairsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const columns = columnsOf(table, rows)
  const { first, last, before, after } = useWindow(box, rowHeight * 2, rows.length)
  const shown = place && rows[place.row] && columns[place.column] ? place : null

  const go = (next: Place) => {
    const row = Math.max(0, Math.min(rows.length - 1, next.row))
    const column = Math.max(0, Math.min(columns.length - 1, next.column))
    const top = row * rowHeight * 2
    const element = box.current
    if (element && (top < element.scrollTop || top + rowHeight * 3 > element.scrollTop + element.clientHeight))
      element.scrollTop = Math.max(0, top - rowHeight * 2)
    setPlace({ ...next, row, column })
  }
  const press = (event: KeyboardEvent) => {
    const at = shown ?? { row: 0, side: 'old' as const, column: 0 }
    const keys: Record<string, () => Place> = {
      ArrowRight: () => ({ ...at, column: at.column + 1 }),
      ArrowLeft: () => ({ ...at, column: at.column - 1 }),
      ArrowDown: () => (at.side === 'old' ? { ...at, side: 'new' } : { ...at, row: at.row + 1, side: 'old' }),
      ArrowUp: () => (at.side === 'new' ? { ...at, side: 'old' } : { ...at, row: at.row - 1, side: 'new' }),
      Home: () => ({ ...at, row: 0, side: 'old' }),
      End: () => ({ ...at, row: rows.length - 1, side: 'new' })
    }
    const next = keys[event.key]
    if (!next) return
    event.preventDefault()
    go(next())
  }
  useEffect(() => {
    if (!place) return
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${place.row}/${place.side}/${place.column}"]`)
    cell?.focus({ preventScroll: false })
  }, [place])

  const line = (row: RowDifference, index: number, side: SiteSide) => {
    const values = row[side]
    const other = row[side === 'old' ? 'new' : 'old']
    return (
      <>
        <th scope="row" className="drift-side">
          <span className="row g6">
            <HalfDisc side={side} size={12} />
            <span className="el">{move[side].name}</span>
          </span>
        </th>
        {values === null ? (
          <td colSpan={columns.length} className="drift-no cellx">
            no row with this key
          </td>
        ) : (
          columns.map((column, at) => {
            const here = shown?.row === index && shown.side === side && shown.column === at
            const first = index === 0 && side === 'old' && at === 0
            return (
              <td
                key={column.name}
                data-at={`${index}/${side}/${at}`}
                tabIndex={here || (!shown && first) ? 0 : -1}
                className={classOf(column, row.columns.includes(column.name))}
                onFocus={() => {
                  if (!here) setPlace({ row: index, side, column: at })
                }}
              >
                <CellValue value={values[column.name]} other={other?.[column.name]} column={column} mask={mask} />
              </td>
            )
          })
        )}
      </>
    )
  }
  const current = shown && rows[shown.row]
  const column = shown && columns[shown.column]
  return (
    <div className="drift-rows-box">
      <div className="drift-rows" ref={box}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells are gone through with arrows */}
        <table role="grid" aria-label={`Differing rows of ${table}`} aria-rowcount={rows.length * 2} onKeyDown={press}>
          <thead>
            <tr>
              <th className="drift-kind">
                <span className="vh">Difference</span>
              </th>
              <th className="drift-side">Side</th>
              {columns.map((one) => (
                <th
                  key={one.name}
                  className={one.number ? 'r' : undefined}
                  title={one.key ? `${one.name}, part of the key` : one.name}
                >
                  <span className="drift-head">
                    {one.key && <Icon name="key" size={12} label="key" />}
                    <span className={one.changes ? 'm11 changes' : 'm11'}>{visibleString(one.name, 64)}</span>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          {before > 0 && (
            <tbody aria-hidden="true">
              <tr style={{ height: before }} />
            </tbody>
          )}
          {rows.slice(first, last).map((row, at) => {
            const index = first + at
            return (
              <tbody key={index} className="drift-pair">
                <tr>
                  <td rowSpan={2} className="drift-kind" title={kindWords[row.kind]}>
                    <span aria-hidden="true">{kindMarks[row.kind]}</span>
                    <span className="vh">{kindWords[row.kind]}</span>
                  </td>
                  {line(row, index, 'old')}
                </tr>
                <tr>{line(row, index, 'new')}</tr>
              </tbody>
            )
          })}
          {after > 0 && (
            <tbody aria-hidden="true">
              <tr style={{ height: after }} />
            </tbody>
          )}
        </table>
      </div>
      {current && column && <ValueBar row={current} column={column} move={move} mask={mask} />}
    </div>
  )
}

function classOf(column: RowColumn, changed: boolean): string {
  return ['m', column.number ? 'r' : '', column.key ? 'key' : '', changed ? 'cellx' : ''].filter(Boolean).join(' ')
}

/** What `RowPairs` are told. */
export type RowPairsProps = { rows: readonly RowDifference[]; table: string; move: Move; mask: boolean }
