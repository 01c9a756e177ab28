import { useRef, useState } from 'react'
import { type TableDrift, tablesAmong } from '../../../shared/drift'
import { Age } from '../../parts/age'
import { EmptyState } from '../../parts/empty-state'
import { formatBytes, formatCount } from '../../parts/format'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Segmented } from '../../parts/segmented'
import { Status } from '../../parts/status'
import { Table } from '../../parts/table'
import { TextInput } from '../../parts/text-input'
import { visibleString } from '../../parts/visible-text'
import { byRisk, isTelling, tableKey, verdictAt, verdictWords, viewWords } from './drift-words'

/** All tables with their verdicts, what was found first. */
export function TableList({ tables, running, selected, onSelect, staleAfterMs }: TableListProps) {
  const bar = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState('')
  const [only, setOnly] = useState<'all' | 'telling'>('all')
  useShortcut('/', () => bar.current?.querySelector('input')?.focus())
  const telling = tables.filter(isTelling).length
  const words = filter.trim().toLowerCase()
  const rows = byRisk(tables, running)
    .filter((table) => only === 'all' || isTelling(table))
    .filter((table) => words === '' || `${table.schema}.${table.table}`.toLowerCase().includes(words))
  const oneSchema = new Set(tables.map(({ schema }) => schema)).size <= 1
  return (
    <>
      <div className="drift-bar" ref={bar}>
        <Segmented
          label="Tables shown"
          value={only}
          onChange={setOnly}
          segments={[
            { id: 'all', label: 'All', count: tablesAmong(tables).length },
            { id: 'telling', label: 'To look at', count: telling }
          ]}
        />
        <TextInput
          type="search"
          icon="search"
          label="Filter tables"
          placeholder="Filter tables"
          keys="/"
          value={filter}
          onChange={setFilter}
        />
      </div>
      <div className="tscroll drift-tables">
        {rows.length === 0 ? (
          <EmptyState icon={words ? 'search' : 'check-ring'} title={words ? 'Nothing matches' : 'Nothing to look at'}>
            {words ? 'No table of this name is compared.' : 'No table differs, and none is inconclusive.'}
          </EmptyState>
        ) : (
          <Table<TableDrift>
            label="Tables"
            rows={rows}
            rowKey={tableKey}
            rowHeight={28}
            selected={selected}
            onSelect={onSelect}
            columns={[
              {
                id: 'table',
                head: 'Table, by risk',
                fill: true,
                cell: (table) => (
                  <span className="m" title={`${table.schema}.${table.table}`}>
                    {!oneSchema && <span className="t3">{visibleString(table.schema)}.</span>}
                    {visibleString(table.table)}
                  </span>
                )
              },
              {
                id: 'rows',
                head: 'Rows',
                right: true,
                cell: (table) => (table.view ? null : formatCount(table.estimatedRows))
              },
              {
                id: 'size',
                head: 'Size',
                right: true,
                cell: (table) => (table.view ? null : <span className="t2">{formatBytes(table.bytes)}</span>)
              },
              {
                id: 'verdict',
                head: 'Verdict',
                cell: (table) => {
                  const { status, word, more } = table.view
                    ? viewWords
                    : verdictWords(table.verdict, table.estimatedRows)
                  return (
                    <Status status={status}>
                      {word}
                      {more && <span className="t2"> {more}</span>}
                    </Status>
                  )
                }
              },
              {
                id: 'age',
                head: 'Age',
                right: true,
                cell: (table) => <VerdictAge table={table} staleAfterMs={staleAfterMs} />
              }
            ]}
          />
        )}
      </div>
    </>
  )
}

function VerdictAge({ table, staleAfterMs }: { table: TableDrift; staleAfterMs: number }) {
  const at = verdictAt(table.verdict)
  if (at !== null) return <Age at={at} staleAfterMs={staleAfterMs} />
  if (table.verdict.kind === 'comparing') return <span className="age">now</span>
  const before = table.previous ? verdictAt(table.previous) : null
  return before === null ? null : (
    <span title={`before: ${table.previous ? verdictWords(table.previous).word : ''}`}>
      <Age at={before} staleAfterMs={staleAfterMs} />
    </span>
  )
}

/** What a `TableList` is told. */
export type TableListProps = {
  tables: readonly TableDrift[]
  running: boolean
  selected: string | undefined
  onSelect: (key: string) => void
  staleAfterMs: number
}
