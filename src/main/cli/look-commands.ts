import { doctorText, type NamedClock } from '../../shared/doctor-text'
import { fail } from '../../shared/failure'
import { type Finding, openStops, type Verdict } from '../../shared/finding'
import { serversOf } from '../../shared/move'
import { clock, duration } from '../report/plain-format'
import { topologyText } from '../topology/text'
import { exitCodes } from './exit-codes'
import { type CliOptions, withLiveMove } from './open'
import { columns, plain, say, sayJson } from './print'

const silent = () => {}

/** Exit 0 when every server answers on every layer, 3 otherwise. */
export const checkDoctor = (path: string, options: CliOptions, only: string | undefined): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const all = serversOf(live.move()).map(({ server }) => server)
    const servers = all.filter((server) => !only || server.id === only)
    if (servers.length === 0)
      throw fail('invalid', only ? `The move has no server “${only}”.` : 'The move has no servers yet.', {
        try: [only ? `One of: ${all.map((server) => server.id).join(', ')}` : 'Add them in the app, on station Sites.']
      })
    const states = await Promise.all(
      servers.map(async (server) => ({ server: server.id, doctor: await live.doctor(server.id) }))
    )
    const clocksBut = (mine: string): NamedClock[] =>
      states.flatMap(({ server, doctor }) =>
        server !== mine && doctor.kind === 'done' && doctor.measures.clock
          ? [{ name: server, clock: doctor.measures.clock }]
          : []
      )
    if (options.json) sayJson(states)
    else say(states.map(({ server, doctor }) => doctorText(server, doctor, clocksBut(server))).join('\n\n'))
    return states.every(({ doctor }) => doctor.kind === 'done' && doctor.ok) ? exitCodes.ok : exitCodes.unverified
  })

/** Exit 0; 1 when a link is stopped or two servers take writes; 3 when a server did not answer. */
export const showTopology = (path: string, options: CliOptions): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const topology = await live.watch().refresh()
    if (options.json) sayJson(topology)
    else say(topologyText(live.move(), topology).trimEnd())
    if (topology.nodes.some((node) => node.failure)) return exitCodes.unverified
    const trouble =
      topology.links.some((link) => link.state === 'broken' || link.state === 'stopped') ||
      (topology.links.length > 0 && topology.writable.length > 1)
    return trouble ? exitCodes.findings : exitCodes.ok
  })

const urgency: Verdict[] = ['stop', 'warn', 'info']

/** What could not be asked has mostly one reason: it is said once, with the checks it left open. */
const unknownsText = (findings: Finding[]): string[] => {
  const byReason = new Map<string, Finding[]>()
  for (const finding of findings)
    byReason.set(finding.consequence, [...(byReason.get(finding.consequence) ?? []), finding])
  return [...byReason].map(([reason, open]) =>
    open.length === 1 && open[0]
      ? findingText(open[0])
      : plain(`unknown  ${open.length} checks: ${open.map((one) => one.check).join(' ')}\n               ${reason}`)
  )
}

const findingText = (finding: Finding): string => {
  const { verdict, waiver, remedies } = finding
  const head = [waiver ? 'waived' : verdict, finding.check, finding.server ?? 'both', finding.title]
  const lines = [columns([head.map((cell, index) => cell.padEnd([7, 4, 12, 0][index] ?? 0))])]
  const indent = ' '.repeat(15)
  if (verdict !== 'info' && finding.consequence) lines.push(indent + finding.consequence)
  if (waiver) lines.push(`${indent}waived by ${waiver.by}: ${waiver.reason}`)
  for (const remedy of verdict === 'info' ? [] : remedies) {
    lines.push(`${indent}try: ${remedy.text}`)
    for (const statement of remedy.statements) lines.push(`${indent}     ${remedy.server ?? 'sql'}> ${statement}`)
  }
  return plain(lines.join('\n'))
}

/** Exit 0; 1 when a stop is open; 3 when a check could not be answered. */
export const checkPreflight = (path: string, options: CliOptions): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const state = await live.preflight()
    if (state.kind !== 'done') return exitCodes.unverified
    const { findings, at, tookMs } = state.result
    const count = (verdict: Verdict) =>
      findings.filter((finding) => finding.verdict === verdict && !finding.waiver).length
    if (options.json) sayJson(state.result)
    else {
      const listed = findings
        .filter((finding) => finding.verdict !== 'ok' && finding.verdict !== 'unknown')
        .sort((a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict))
      for (const text of unknownsText(findings.filter((finding) => finding.verdict === 'unknown'))) say(text)
      for (const finding of listed) say(findingText(finding))
      const waived = findings.filter((finding) => finding.waiver).length
      say(
        `${count('stop')} stop, ${count('unknown')} unknown, ${count('warn')} attention, ${count('info')} info, ${count('ok')} ok${waived ? `, ${waived} waived` : ''}; asked at ${clock(at)} UTC in ${duration(tookMs)}`
      )
    }
    if (openStops(findings).length) return exitCodes.findings
    return count('unknown') > 0 ? exitCodes.unverified : exitCodes.ok
  })
