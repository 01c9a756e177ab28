import type { Evidence } from '../../../shared/finding'
import type { Move } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SqlBlock } from '../../parts/sql-block'
import { Table } from '../../parts/table'
import { visibleString } from '../../parts/visible-text'
import { serverName, sideOf } from '../runbook/names'

const isNumber = (text: string | undefined): boolean => text !== undefined && /^-?\d[\d.]*$/.test(text)

/** What was asked, what was answered, and when. */
export function EvidenceSection({ evidence, move }: { evidence: readonly Evidence[]; move: Move }) {
  if (evidence.length === 0) return <Section title="Evidence" sub="judged from the move itself; no server was asked" />
  return (
    <Section title="Evidence">
      <div className="col g12">
        {evidence.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
          <EvidencePiece key={index} evidence={piece} move={move} />
        ))}
      </div>
    </Section>
  )
}

function EvidencePiece({ evidence, move }: { evidence: Evidence; move: Move }) {
  const { server, statement, columns, answer, at } = evidence
  const rows = answer.map((cells, index) => ({ id: String(index), cells }))
  return (
    <div className="col g8">
      <SqlBlock
        wraps
        bounded
        side={sideOf(move, server) ?? undefined}
        head={
          <>
            <b className="m11">{serverName(move, server)}</b>, <Age at={at} ago />
          </>
        }
        sql={statement}
      />
      {columns.length === 0 || rows.length === 0 ? (
        <p className="s12 t2">{rows.length === 0 ? 'The answer was empty.' : 'There was no answer.'}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling block is reached by keyboard
        <div className="preflight-answer" tabIndex={0}>
          <Table
            label={`Answer of ${serverName(move, server)}`}
            columns={columns.map((name, index) => ({
              id: String(index),
              head: visibleString(name, 80),
              right: index > 0 && rows.every((row) => isNumber(row.cells[index])),
              cell: (row: (typeof rows)[number]) => <Cell text={row.cells[index] ?? ''} />
            }))}
            rows={rows}
            rowKey={(row) => row.id}
            rowHeight={24}
          />
        </div>
      )}
    </div>
  )
}

/** Names and numbers stay in one piece; only long texts wrap. */
function Cell({ text }: { text: string }) {
  return (
    <span className={text.length > 48 ? 'm preflight-cell long' : 'm preflight-cell'}>
      <ServerText cap={400}>{text}</ServerText>
    </span>
  )
}
