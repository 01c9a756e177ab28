import { type DriftPace, type DriftState, driftVerdict, type TableVerdict } from '../../shared/drift'
import { clock, duration, grouped } from '../report/plain-format'
import { columns, failureText, plain } from './print'

const detailOf = (verdict: TableVerdict): string => {
  switch (verdict.kind) {
    case 'differs': {
      const { changed, missing, extra } = verdict.kinds
      return `${grouped(verdict.rows)} ${verdict.rows === 1 ? 'row' : 'rows'}: ${changed} changed, ${missing} missing on the new side, ${extra} only there`
    }
    case 'inconclusive':
    case 'left-out':
      return verdict.why
    case 'same': {
      const again = verdict.rechecked
        ? `${grouped(verdict.rechecked)} ${verdict.rechecked === 1 ? 'row' : 'rows'} looked at again`
        : null
      return [again, verdict.note].filter(Boolean).join('; ')
    }
    default:
      return ''
  }
}

const paceText = (pace: DriftPace): string => {
  switch (pace.kind) {
    case 'full':
      return 'at full speed'
    case 'gentle':
      return `slowed: ${pace.why}`
    case 'waiting':
      return `waiting: ${pace.why}`
    case 'paused':
      return 'paused'
  }
  return pace satisfies never
}

/** A comparison that runs, in one line. */
export const driftProgressText = (state: Extract<DriftState, { kind: 'running' }>): string => {
  const { doneTables, totalTables, doneRows, rowsPerSecond, etaSeconds } = state.progress
  const left = etaSeconds === null ? '' : `, about ${duration(etaSeconds * 1000)} left`
  const pace = state.pace ? `, ${paceText(state.pace)}` : ''
  return `compared ${doneTables} of ${totalTables} tables, ${grouped(doneRows)} rows, ${grouped(rowsPerSecond)} rows/s${left}${pace}`
}

/** The verdict of each table, the objects that differ, and one closing line. */
export const driftText = (state: DriftState): string => {
  if (state.kind === 'never') return 'Nothing was compared.'
  const tables = state.tables.map(({ schema, table, estimatedRows, verdict }) => [
    verdict.kind,
    `${schema}.${table}`,
    `about ${grouped(estimatedRows)} rows`,
    detailOf(verdict)
  ])
  const objects = state.objects.map((object) => [
    object.expected ? 'expected' : 'differs',
    object.kind,
    object.name,
    object.meaning ? `${object.what} ${object.old} / ${object.new}: ${object.meaning}` : object.what
  ])
  const lines = [columns(tables), columns(objects)].filter(Boolean)
  if (state.kind === 'failed') lines.push(failureText(state.failure))
  if (state.kind === 'done')
    lines.push(
      `${driftVerdict(state)}: ${state.progress.doneTables} tables, ${grouped(state.progress.doneRows)} rows compared in ${duration(state.at - state.since)}, at ${clock(state.at)} UTC`
    )
  if (state.kind === 'done' && state.partial) lines.push('Only some tables were asked for: the rest is not known.')
  if (state.kind === 'done' && state.certificate)
    lines.push(`certified at position ${state.certificate.position}: ${state.certificate.how}`)
  return plain(lines.join('\n'))
}
