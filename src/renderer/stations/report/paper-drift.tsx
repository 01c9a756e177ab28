import { type DriftState, driftVerdict, type TableVerdict } from '../../../shared/drift'
import { formatClock, formatCount, formatMoment } from '../../parts/format'
import { ServerText } from '../../parts/server-text'

const words = (verdict: TableVerdict): string => {
  switch (verdict.kind) {
    case 'same':
      return 'equal'
    case 'differs':
      return `${formatCount(verdict.rows)} rows differ`
    case 'inconclusive':
      return `inconclusive: ${verdict.why}`
    case 'left-out':
      return `left out: ${verdict.why}`
    case 'comparing':
    case 'queued':
      return 'not compared'
    default:
      return verdict satisfies never
  }
}

/** The verdict of every compared table with its moment. */
export function PaperDrift({ drift }: { drift: Exclude<DriftState, { kind: 'never' }> }) {
  return (
    <>
      <p className="s12 t2">
        {drift.kind === 'done' ? `Verdict: ${driftVerdict(drift)}, ${formatMoment(drift.at)}.` : 'Not completed.'}{' '}
        {formatCount(drift.progress.doneRows)} rows in {formatCount(drift.progress.doneTables)} tables,{' '}
        {formatCount(drift.objects.length)} differences of objects.
      </p>
      <table className="t24">
        <thead>
          <tr>
            <th>Table</th>
            <th className="r">Rows, about</th>
            <th>Verdict</th>
            <th className="r">UTC</th>
          </tr>
        </thead>
        <tbody>
          {drift.tables.map((table) => (
            <tr key={`${table.schema}.${table.table}`}>
              <td className="m11">
                <ServerText>{`${table.schema}.${table.table}`}</ServerText>
              </td>
              <td className="r">{formatCount(table.estimatedRows)}</td>
              <td className="wraps">
                <ServerText>{words(table.verdict)}</ServerText>
              </td>
              <td className="r">{'at' in table.verdict ? formatClock(table.verdict.at) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
