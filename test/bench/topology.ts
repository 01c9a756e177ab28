/**
 * npm run bench:topology [-- --servers 500 --rtt 5 --no-client --no-window]: a fleet of simulated servers is surveyed, beside
 * the plain `mariadb` client in the same run, and drawn in the real window (`npm run build` first).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fleetOf } from '../fleet/fleets'
import { forkFleet } from '../fleet/fork-fleet'
import { surveyFigures } from './topology-survey'
import { windowFigures } from './topology-window'

const { values } = parseArgs({
  options: {
    servers: { type: 'string', multiple: true, default: ['200', '500'] },
    rtt: { type: 'string', default: '5' },
    'no-client': { type: 'boolean', default: false },
    'no-survey': { type: 'boolean', default: false },
    'no-window': { type: 'boolean', default: false }
  }
})

const ms = (value: number): string => `${Math.round(value)} ms`
let missed = 0

const line = (what: string, measured: string, wanted: string, met: boolean): void => {
  if (!met) missed += 1
  console.log(`${what.padEnd(58)} ${measured.padStart(16)}   ${wanted.padEnd(22)} ${met ? 'met' : 'MISSED'}`)
}

const measure = async (servers: number, dir: string): Promise<void> => {
  const models = new Map(fleetOf(servers).servers.map(({ server }) => [server.name, server.model as string]))
  const fleet = await forkFleet(servers, Number(values.rtt), join(dir, `fleet-${servers}.json`))
  try {
    console.log(`\n${servers} servers, each answer after ${values.rtt} ms`)
    if (!values['no-survey']) {
      const found = await surveyFigures(fleet, models, !values['no-client'] && servers >= 500)
      line('surveyed, with all links', `${found.servers - found.failed} of ${found.servers}`, 'all', found.failed === 0)
      line('round trips of one survey, at most', `${found.roundTripsMost}`, '<= 3', found.roundTripsMost <= 3)
      line('statements of one survey', found.statementsEach.toFixed(1), '', true)
      line('first survey of all, with signing in', ms(found.firstMs), '', true)
      line('survey of all, connected', ms(found.againMs), '', true)
      if (!Number.isNaN(found.clientMs))
        line(
          'the plain client, one server after the other',
          ms(found.clientMs),
          `x ${(found.clientMs / found.firstMs).toFixed(1)} of the first`,
          found.clientMs > found.firstMs
        )
      if (found.unknown.length > 0) console.log(`no answer known to: ${found.unknown.join(' | ')}`)
    }
    if (!values['no-window']) {
      const seen = await windowFigures(fleet, servers)
      const rate = servers > 200 ? 25 : 50
      line('first picture after the last answer', ms(seen.firstPictureMs), '<= 1000 ms', seen.firstPictureMs <= 1000)
      line('frames a second while panning, all in sight', seen.panWhole.toFixed(1), `>= ${rate}`, seen.panWhole >= rate)
      line('frames a second while panning, magnified', seen.panNear.toFixed(1), `>= ${rate}`, seen.panNear >= rate)
      line('frames a second while zooming in and out', seen.zoom.toFixed(1), `>= ${rate}`, seen.zoom >= rate)
      line('one changed server, to its frame, median of 9', ms(seen.refreshMs), '<= 50 ms', seen.refreshMs <= 50)
      line('memory of the renderer', `${Math.round(seen.memoryMb)} MB`, '<= 350 MB', seen.memoryMb <= 350)
    }
  } finally {
    await fleet.stop()
  }
}

const main = async (): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-bench-topology-'))
  try {
    for (const servers of values.servers) await measure(Number(servers), dir)
    console.log(missed === 0 ? '\nall met' : `\n${missed} missed`)
    process.exitCode = missed === 0 ? 0 : 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

main().catch((error: Error) => {
  console.error(error.stack)
  process.exitCode = 1
})
