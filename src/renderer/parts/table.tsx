import type { KeyboardEvent, ReactNode } from 'react'
import { moveFocus } from './hooks/move-focus'

/** One column: `cell` draws it, `fill` takes what is left and truncates, `right` is for numbers, `sort` makes the head a button. */
export type Column<Row> = {
  id: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  right?: boolean
  fill?: boolean
  mono?: boolean
  width?: number
  sort?: 'up' | 'down' | 'none'
}

/** A dense table; with `onSelect` rows are chosen by click, arrows and Enter. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, selected, onSelect, onSort, rowHeight = 28, dim, empty } = props
  const focusable = selected !== undefined && rows.some((row) => rowKey(row) === selected) ? selected : undefined
  return (
    <table className={rowHeight === 32 ? undefined : `t${rowHeight}`} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              className={classOf(column)}
              style={column.width ? { width: column.width } : undefined}
              aria-sort={column.sort === 'up' ? 'ascending' : column.sort === 'down' ? 'descending' : undefined}
            >
              {column.sort && onSort ? (
                <button type="button" onClick={() => onSort(column.id)}>
                  {column.head}
                  {column.sort !== 'none' && <span aria-hidden="true">{column.sort === 'up' ? '↑' : '↓'}</span>}
                </button>
              ) : (
                column.head
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={onSelect ? (event: KeyboardEvent<HTMLElement>) => moveFocus(event, 'tr') : undefined}>
        {rows.map((row, index) => {
          const key = rowKey(row)
          const chosen = key === selected
          const classes = [onSelect ? 'pick' : '', chosen ? 'sel' : '', dim?.(row) ? 'dim' : '']
            .filter(Boolean)
            .join(' ')
          return (
            <tr
              key={key}
              className={classes || undefined}
              aria-selected={onSelect ? chosen : undefined}
              tabIndex={onSelect ? (chosen || (focusable === undefined && index === 0) ? 0 : -1) : undefined}
              onClick={onSelect ? () => onSelect(key) : undefined}
              onKeyDown={
                onSelect
                  ? (event) => {
                      if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
                      event.preventDefault()
                      onSelect(key)
                    }
                  : undefined
              }
            >
              {columns.map((column) => (
                <td key={column.id} className={classOf(column)}>
                  {column.mono ? <span className="m">{column.cell(row)}</span> : column.cell(row)}
                </td>
              ))}
            </tr>
          )
        })}
        {rows.length === 0 && empty && (
          <tr>
            <td colSpan={columns.length} className="t2">
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function classOf<Row>(column: Column<Row>): string | undefined {
  return [column.right ? 'r' : '', column.fill ? 'fill' : ''].filter(Boolean).join(' ') || undefined
}

/** What a `Table` is told; `empty` is the sentence shown instead of rows. */
export type TableProps<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  selected?: string
  onSelect?: (key: string) => void
  onSort?: (columnId: string) => void
  rowHeight?: 24 | 28 | 32 | 56
  dim?: (row: Row) => boolean
  empty?: ReactNode
}
