import type { DoctorRow, DoctorState } from '../../shared/doctor'
import { duration } from '../report/plain-format'
import { columns, failureText, plain } from './print'

const place = (row: DoctorRow): string => (row.hop === null ? '' : `hop ${row.hop + 1}`)

/** One server of the doctor: a line per layer, what failed with what to try, and the grants that are missing. */
export const doctorText = (server: string, doctor: DoctorState): string => {
  if (doctor.kind !== 'done') return `${server}: not asked`
  const trip = doctor.roundTripMs === null ? '' : `, round trip ${doctor.roundTripMs} ms`
  const lines = [`${server}: ${doctor.summary} (${duration(doctor.tookMs)}${trip})`]
  const cells = doctor.rows.map((row) => [
    row.state,
    place(row),
    row.layer,
    row.ms === null ? '' : duration(row.ms).padStart(7),
    row.seen
  ])
  const rows = columns(cells, '  ').split('\n')
  doctor.rows.forEach((row, index) => {
    lines.push(rows[index] ?? '')
    if (row.failure) lines.push(failureText(row.failure, '             '))
  })
  const lacking = doctor.rows.some((row) => row.layer === 'grants' && row.state !== 'ok')
  if (doctor.grantScript && lacking)
    lines.push('  The grant script:', doctor.grantScript.trimEnd().replace(/^/gm, '    '))
  return plain(lines.join('\n'))
}
