import { driftVerdict } from '../../shared/drift'
import { openStops } from '../../shared/finding'
import { serversOf } from '../../shared/move'
import { topologyText } from '../topology/text'
import { type CliOptions, exitCodes, withLiveMove } from './open'
import { failureText, say, sayJson, tell } from './print'

const silent = () => {}

/** Exit 0 when every server answers on every layer, 3 otherwise. */
export const checkDoctor = (path: string, options: CliOptions, only: string | undefined): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const servers = serversOf(live.move()).filter(({ server }) => !only || server.id === only)
    const states = await Promise.all(
      servers.map(async ({ server }) => ({ server: server.id, doctor: await live.doctor(server.id) }))
    )
    if (options.json) sayJson(states)
    for (const { server, doctor } of options.json ? [] : states) {
      if (doctor.kind !== 'done') continue
      say(`${server}: ${doctor.summary} (${Math.round(doctor.tookMs)} ms)`)
      for (const row of doctor.rows) {
        say(
          `  ${row.state.padEnd(8)} ${row.layer.padEnd(10)} ${row.seen}${row.ms === null ? '' : `  ${Math.round(row.ms)} ms`}`
        )
        if (row.failure) say(failureText(row.failure))
      }
    }
    return states.length > 0 && states.every(({ doctor }) => doctor.kind === 'done' && doctor.ok)
      ? exitCodes.ok
      : exitCodes.unverified
  })

/** Exit 0; 1 when a link is stopped or two servers take writes; 3 when a server did not answer. */
export const showTopology = (path: string, options: CliOptions): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const topology = await live.watch().refresh()
    if (options.json) sayJson(topology)
    else say(topologyText(live.move(), topology))
    if (topology.nodes.some((node) => node.failure)) return exitCodes.unverified
    const trouble =
      topology.links.some((link) => link.state === 'broken' || link.state === 'stopped') ||
      (topology.links.length > 0 && topology.writable.length > 1)
    return trouble ? exitCodes.findings : exitCodes.ok
  })

/** Exit 0; 1 when a stop is open; 3 when a check could not be answered. */
export const checkPreflight = (path: string, options: CliOptions): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const state = await live.preflight()
    if (state.kind !== 'done') return exitCodes.unverified
    const { findings } = state.result
    if (options.json) sayJson(state.result)
    for (const finding of options.json ? [] : findings.filter((one) => one.verdict !== 'ok')) {
      say(
        `${finding.waiver ? 'waived ' : finding.verdict.padEnd(7)} ${finding.check} ${finding.server ?? 'both'}: ${finding.title}`
      )
      if (finding.verdict !== 'info') say(`        ${finding.consequence}`)
      for (const remedy of finding.remedies)
        for (const statement of remedy.statements) say(`        ${remedy.server ?? ''}> ${statement}`)
    }
    const stops = openStops(findings)
    tell(
      `${stops.length} stops, ${findings.filter((one) => one.verdict === 'warn').length} warnings, ${findings.filter((one) => one.verdict === 'ok').length} ok`
    )
    if (stops.length) return exitCodes.findings
    return findings.some((one) => one.verdict === 'unknown') ? exitCodes.unverified : exitCodes.ok
  })

/** Exit 0 when equal, 1 when the sites differ, 3 when inconclusive or failed. */
export const compareDrift = (path: string, options: CliOptions): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const state = await live.startDrift()
    if (state.kind === 'never') return exitCodes.unverified
    if (options.json) sayJson(state)
    else {
      for (const { schema, table, verdict } of state.tables) {
        const detail =
          verdict.kind === 'differs'
            ? `${verdict.rows} rows`
            : verdict.kind === 'inconclusive' || verdict.kind === 'left-out'
              ? verdict.why
              : ''
        say(`${verdict.kind.padEnd(12)} ${schema}.${table} ${detail}`)
      }
      for (const object of state.objects) say(`${'differs'.padEnd(12)} ${object.kind} ${object.name}: ${object.what}`)
      if (state.kind === 'failed') say(failureText(state.failure))
    }
    const verdict = driftVerdict(state)
    return verdict === 'equal' ? exitCodes.ok : verdict === 'differs' ? exitCodes.findings : exitCodes.unverified
  })
