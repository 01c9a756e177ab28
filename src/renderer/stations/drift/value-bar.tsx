import type { RowDifference } from '../../../shared/drift'
import type { Move } from '../../../shared/move'
import { masked } from '../../../shared/personal-data'
import { CopyButton } from '../../parts/copy-button'
import { formatBytes } from '../../parts/format'
import { ServerText } from '../../parts/server-text'
import { SiteChip } from '../../parts/site-chip'
import type { RowColumn } from './row-view'

const sides = ['old', 'new'] as const

/** One column of one row on both sides, whole. */
export function ValueBar({ row, column, move, mask }: ValueBarProps) {
  const hidden = mask && column.personal
  const key = Object.entries(row.key).map(([name, value]) => `${name} ${value ?? 'NULL'}`)
  return (
    <section className="drift-value" aria-label={`Values of ${column.name}`}>
      <div className="row s11 t2">
        <b className="m11">
          <ServerText>{column.name}</ServerText>
        </b>
        <span className="el">
          of the row with <ServerText mono>{key.join(', ')}</ServerText>
        </span>
      </div>
      {sides.map((side) => {
        const values = row[side]
        const value = values?.[column.name]
        return (
          <div key={side} className="drift-full">
            <SiteChip side={side}>{move[side].name}</SiteChip>
            <div className="m sel-text">
              {values === null ? (
                <span className="t2">no row with this key</span>
              ) : value === undefined ? (
                <span className="t3">not read</span>
              ) : value === null ? (
                <span className="drift-null">NULL</span>
              ) : value === '' ? (
                <span className="drift-empty">empty</span>
              ) : (
                <ServerText cap={4000}>{hidden ? masked(value) : value}</ServerText>
              )}
            </div>
            {typeof value === 'string' && value !== '' && !hidden ? (
              <span className="row g4">
                {value.length > 48 && <span className="s11 t3 nw">{formatBytes(new Blob([value]).size)}</span>}
                <CopyButton text={value} label={`Copy the value at ${move[side].name}`} />
              </span>
            ) : (
              <span />
            )}
          </div>
        )
      })}
    </section>
  )
}

/** What a `ValueBar` is told. */
export type ValueBarProps = { row: RowDifference; column: RowColumn; move: Move; mask: boolean }
