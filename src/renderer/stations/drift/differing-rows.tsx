import type { TableDrift, TableVerdict } from '../../../shared/drift'
import type { Move } from '../../../shared/move'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { formatCount } from '../../parts/format'
import { Loading } from '../../parts/loading'
import { ServerText } from '../../parts/server-text'
import { askRows, useRows } from '../../state/drift'
import { openMoveId } from '../../state/open-move'
import { FailurePanel } from '../runbook/failure-panel'
import { RepairNote } from './repair-note'
import { RowPairs } from './row-pairs'
import { RowsMenu } from './rows-menu'

/** The rows that differ, and what can be done about them. */
export function DifferingRows({ table, verdict, move, driftId, mask }: DifferingRowsProps) {
  const stamp = `${driftId}/${verdict.at}`
  const state = useRows(table.schema, table.table, stamp)
  switch (state.kind) {
    case 'asking':
      return <Loading rows={5}>Fetching the differing rows</Loading>
    case 'failed':
      return (
        <div className="pad">
          <FailurePanel
            failure={state.failure}
            means="The verdict stands; only the rows cannot be shown."
            actions={
              <Button
                icon="refresh"
                onPress={() =>
                  void askRows(
                    JSON.stringify([openMoveId(), table.schema, table.table, stamp]),
                    table.schema,
                    table.table
                  )
                }
              >
                Ask again
              </Button>
            }
          />
        </div>
      )
    case 'ready':
      if (state.rows.length === 0)
        return (
          <EmptyState icon="database" title="The rows are not kept any more">
            They are kept while the app runs, and never written to disk. Compare again to see them.
          </EmptyState>
        )
      return (
        <div className="drift-found">
          <div className="row">
            <p className="s11 t3">
              Confirmed twice at <ServerText mono>{verdict.position || 'one position'}</ServerText>
              {verdict.rows > state.rows.length &&
                `; the first ${formatCount(state.rows.length)} of ${formatCount(verdict.rows)} rows are shown`}
              {mask && '; personal data is masked by the name of its column'}
            </p>
            <span className="end">
              <RowsMenu table={table} mask={mask} />
            </span>
          </div>
          <RowPairs key={stamp} rows={state.rows} table={table.table} move={move} mask={mask} />
          <RepairNote table={table} move={move} />
        </div>
      )
    default:
      return state satisfies never
  }
}

/** What `DifferingRows` are told. */
export type DifferingRowsProps = {
  table: TableDrift
  verdict: Extract<TableVerdict, { kind: 'differs' }>
  move: Move
  driftId: string
  mask: boolean
}
