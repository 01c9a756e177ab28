import type { ClockOffset, DoctorLayer, DoctorRow, DoctorState } from './doctor'
import type { Failure } from './failure'
import { clockBetween, clockWords, shortTime } from './line-words'

/** The layers in a person's words. */
export const layerNames: Record<DoctorLayer, string> = {
  name: 'Name',
  tcp: 'TCP',
  ssh: 'SSH',
  'host-key': 'Host key',
  'ssh-auth': 'SSH sign-in',
  command: 'Command',
  forward: 'Forward',
  handshake: 'Handshake',
  login: 'Sign-in',
  grants: 'Grants',
  clock: 'Clock',
  'round-trip': 'Round trip',
  throughput: 'Throughput'
}

/** Another server's clock, to compare with. */
export interface NamedClock {
  name: string
  clock: ClockOffset
}

/** A failure or warning of a run and the layer it came up at. */
export interface DoctorTrouble {
  failure: Failure
  layer: DoctorLayer
  hop: number | null
  failed: boolean
}

/** All that a run found wrong: what failed goes before what is only worth a look. */
export const doctorTroubles = (state: DoctorState): DoctorTrouble[] => {
  if (state.kind === 'never') return []
  const told = state.rows.flatMap(({ failure, layer, hop, state: how }) =>
    failure ? [{ failure, layer, hop, failed: how === 'failed' }] : []
  )
  return [...told.filter((one) => one.failed), ...told.filter((one) => !one.failed)]
}

/** One sentence for each other clock. */
export const clockLines = (mine: ClockOffset, others: readonly NamedClock[]): string[] =>
  others.map(({ name, clock }) => clockWords(clockBetween(mine, clock), `the clock of ${name}`))

/** Text of servers cannot steer a terminal or turn lines around: such characters are shown as codes. */
const plain = (text: string): string =>
  text.replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

const failureLines = (failure: Failure): string[] =>
  [
    // The row before says it already.
    failure.where && `where: ${failure.where}`,
    failure.why && `why:   ${failure.why}`,
    failure.words && `said:  ${failure.words}`,
    ...failure.try.map((what) => `try:   ${what}`)
  ].filter((line): line is string => Boolean(line))

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - [...text].length))

/** State, hop, layer, time: what stands before a row's words. */
const headOf = (row: DoctorRow): string =>
  `  ${pad(row.state, 7)}  ${pad(row.hop === null ? '' : `hop ${row.hop + 1}`, 5)}  ${pad(layerNames[row.layer], 11)}  ${row.ms === null ? ' '.repeat(7) : shortTime(row.ms).padStart(7)}  `

const indent = ' '.repeat(38)

/** One run of the doctor as plain text, for a terminal, a ticket or a colleague. Layers never say a secret. */
export const doctorText = (server: string, doctor: DoctorState, others: readonly NamedClock[] = []): string => {
  if (doctor.kind === 'never') return `${plain(server)}: not checked yet`
  const head =
    doctor.kind === 'running'
      ? `${server}: being checked`
      : `${server}: ${doctor.ok ? 'connected' : 'failed'} (${shortTime(doctor.tookMs)}, ${new Date(doctor.at).toISOString().slice(0, 19).replace('T', ' ')} UTC). ${doctor.summary}`
  const since = doctor.kind === 'done' && doctor.outdated ? ['  checked before the last change of this server'] : []
  const lines = [plain(head), ...since, ...doctor.hops.map((hop, index) => plain(`  hop ${index + 1} is ${hop}`))]
  for (const row of doctor.rows) {
    lines.push((headOf(row) + plain(row.seen)).trimEnd())
    const more = row.detail.filter((line) => !row.seen.includes(line))
    if (row.layer === 'clock' && doctor.kind === 'done' && doctor.measures.clock)
      more.push(...clockLines(doctor.measures.clock, others))
    if (row.failure && row.failure.what !== row.seen) more.push(row.failure.what)
    if (row.failure) more.push(...failureLines(row.failure))
    lines.push(...more.flatMap((line) => line.split('\n')).map((line) => indent + plain(line)))
  }
  if (doctor.kind === 'done' && doctor.grantScript)
    lines.push(
      '  What the account lacks, to be run by an administrator of this server:',
      ...doctor.grantScript.split('\n').map((line) => `    ${plain(line)}`)
    )
  if (doctor.kind === 'done' && doctor.notes)
    lines.push('  Of your ssh config Siteswap does not follow:', ...doctor.notes.map((note) => `    ${plain(note)}`))
  return lines.join('\n')
}
