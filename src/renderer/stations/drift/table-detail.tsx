import { type ReactNode, useState } from 'react'
import type { TableDrift, TableVerdict } from '../../../shared/drift'
import type { Move } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Checkbox } from '../../parts/checkbox'
import { Chip, type ChipTone } from '../../parts/chip'
import { formatBytes, formatClock, formatCount } from '../../parts/format'
import { KeyValues } from '../../parts/key-values'
import { ProgressBar } from '../../parts/progress-bar'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { visibleString } from '../../parts/visible-text'
import { DifferingRows } from './differing-rows'
import { verdictAt, verdictWords, viewWords } from './drift-words'

const tones: Record<TableVerdict['kind'], ChipTone> = {
  queued: 'unk',
  comparing: 'info',
  same: 'ok',
  differs: 'dan',
  inconclusive: 'att',
  'left-out': 'unk'
}

/** One table: its verdict in words, and the rows that differ side by side. A drawer on narrow windows. */
export function TableDetail({ table, move, driftId, open, onClose }: TableDetailProps) {
  const [mask, setMask] = useState(true)
  const { verdict } = table
  const { word, more } = verdictWords(verdict, table.estimatedRows)
  const at = verdictAt(verdict)
  return (
    <SidePanel
      label={`${table.view ? 'View' : 'Table'} ${visibleString(table.table)}`}
      width={488}
      open={open}
      onClose={onClose}
      head={
        <div className="col g4">
          <div className="row wrap">
            <h2 className="m drift-name">
              <ServerText>{`${table.schema}.${table.table}`}</ServerText>
            </h2>
            <Chip tone={tones[verdict.kind]}>
              {verdict.kind === 'differs'
                ? `${more} ${verdict.rows === 1 ? 'differs' : 'differ'}`
                : table.view
                  ? viewWords.word
                  : word}
            </Chip>
            <span className="end">{at !== null && <Age at={at} ago />}</span>
          </div>
          {verdict.kind === 'differs' && (
            <div className="row wrap s12 t2 num">
              <span className="nw">≠ {formatCount(verdict.kinds.changed)} changed</span>
              <span className="nw">
                − {formatCount(verdict.kinds.missing)} missing in {move.new.name}
              </span>
              <span className="nw">
                + {formatCount(verdict.kinds.extra)} extra in {move.new.name}
              </span>
              <span className="end">
                <Checkbox checked={mask} onChange={setMask}>
                  mask personal data
                </Checkbox>
              </span>
            </div>
          )}
        </div>
      }
    >
      <Verdict table={table} move={move} driftId={driftId} mask={mask} />
    </SidePanel>
  )
}

function Facts({ table, children }: { table: TableDrift; children: ReactNode }) {
  const { verdict } = table
  const position = 'position' in verdict ? verdict.position : null
  const at = verdictAt(verdict)
  return (
    <Section>
      <div className="col g8">
        <p className="s12">{children}</p>
        <KeyValues
          items={[
            {
              key: 'Rows',
              value: `${formatCount(table.estimatedRows)}${verdict.kind === 'queued' ? ', estimate' : ''}`
            },
            { key: 'Size', value: formatBytes(table.bytes) },
            ...(at === null ? [] : [{ key: 'Seen', value: `${formatClock(at)} UTC` }]),
            ...(position
              ? [{ key: 'At position', value: <ServerText cap={800}>{position}</ServerText>, mono: true, wraps: true }]
              : []),
            ...(verdict.kind === 'same'
              ? [
                  {
                    key: 'Rechecked',
                    value:
                      verdict.rechecked === 0
                        ? 'nothing had to be'
                        : `${formatCount(verdict.rechecked)} ${verdict.rechecked === 1 ? 'row or range that was' : 'rows or ranges that were'} on the way when first looked at`,
                    wraps: true
                  }
                ]
              : [])
          ]}
        />
      </div>
    </Section>
  )
}

function Verdict({ table, move, driftId, mask }: { table: TableDrift; move: Move; driftId: string; mask: boolean }) {
  const { verdict } = table
  switch (verdict.kind) {
    case 'queued':
      return (
        <Facts table={table}>
          Not compared yet{table.previous ? `; before, it was ${verdictWords(table.previous).word}` : ''}.
        </Facts>
      )
    case 'comparing':
      return (
        <>
          <Section>
            <ProgressBar
              share={table.estimatedRows > 0 ? Math.min(0.99, verdict.doneRows / table.estimatedRows) : null}
              label={`Rows of ${table.table}`}
              tone="info"
            />
          </Section>
          <Facts table={table}>
            {formatCount(verdict.doneRows)} of about {formatCount(table.estimatedRows)} rows compared, while the shop
            goes on writing.
          </Facts>
        </>
      )
    case 'same':
      return <Facts table={table}>Every row is the same on both sides.{verdict.note ? ` ${verdict.note}` : ''}</Facts>
    case 'left-out':
      return table.view ? (
        <Section>
          <p className="s12">
            A view holds no rows of its own: what it shows is in its tables, and they are compared. Its definition is
            compared under “Schema and objects”.
          </p>
        </Section>
      ) : (
        <Facts table={table}>
          Not compared: <ServerText>{verdict.why}</ServerText>. The verdict says nothing of it; if it matters, look at
          it yourself before the cutover.
        </Facts>
      )
    case 'inconclusive':
      return (
        <Facts table={table}>
          Nothing may be said of it: <ServerText>{verdict.why}</ServerText>. Compare again; rows that change all the
          time settle when the shop is quieter.
        </Facts>
      )
    case 'differs':
      return <DifferingRows table={table} verdict={verdict} move={move} driftId={driftId} mask={mask} />
    default:
      return verdict satisfies never
  }
}

/** What a `TableDetail` is told; `open` only matters where it is a drawer. */
export type TableDetailProps = {
  table: TableDrift
  move: Move
  driftId: string
  open: boolean
  onClose: () => void
}
