import type { OpenMove } from './contract'
import { verdictOf } from './doctor'
import { driftVerdict } from './drift'
import { driftView } from './drift-view'
import { openStops } from './finding'
import { databasePair, serversOf } from './move'
import { isDone, isLive, isStuck, observeLabel, passedPoint } from './run-marks'
import type { Run, RunbookKind } from './runbook'

export const stationIds = ['sites', 'topology', 'preflight', 'replicate', 'drift', 'cutover', 'report'] as const
export type StationId = (typeof stationIds)[number]
export type StationMarkState = 'none' | 'progress' | 'attention' | 'stopped' | 'done'

export interface StationView {
  id: StationId
  state: StationMarkState
  /** A fact in a few words; its age is `at`. */
  line: string
  at: number | null
}

/** What the one next action does when it is pressed: opens a station, or starts what the station's own button starts. */
export interface NextStep {
  label: string
  station: StationId
  /** Named command of the station; null = only go there. */
  command: string | null
}

export interface Journey {
  stations: StationView[]
  next: NextStep
  wayBack: { title: string | null; text: string }
  /** Who takes writes, as far as it is known. */
  moved: boolean
}

/** The newest run of these kinds. */
export const lastRun = (runs: Run[], ...kinds: RunbookKind[]): Run | null =>
  runs
    .filter((run) => kinds.includes(run.kind))
    .reduce<Run | null>((last, run) => (last && last.startedAt > run.startedAt ? last : run), null)

const sites = (open: OpenMove): StationView => {
  const servers = serversOf(open.move).map((entry) => entry.server)
  const doctors = servers.flatMap((server) => verdictOf(open.doctors[server.id]) ?? [])
  const well = doctors.filter((doctor) => doctor.ok).length
  const failing = doctors.length - well
  const at = Math.max(0, ...doctors.map((doctor) => doctor.at)) || null
  if (servers.length === 0) return { id: 'sites', state: 'none', line: 'no server yet', at: null }
  if (failing > 0) return { id: 'sites', state: 'attention', line: `${failing} of ${servers.length} fail`, at }
  if (well === servers.length && databasePair(open.move))
    return { id: 'sites', state: 'done', line: `${servers.length} servers`, at }
  return { id: 'sites', state: 'progress', line: `${well} of ${servers.length} checked`, at }
}

const topology = (open: OpenMove): StationView => {
  const { topology: picture } = open
  if (!picture) return { id: 'topology', state: 'none', line: 'not looked yet', at: null }
  const broken = picture.links.filter((link) => link.state === 'broken' || link.state === 'stopped').length
  const silent = picture.nodes.filter((node) => node.failure).length
  if (picture.writable.length > 1 && picture.links.length > 0)
    return { id: 'topology', state: 'stopped', line: `${picture.writable.length} servers take writes`, at: picture.at }
  if (broken)
    return {
      id: 'topology',
      state: 'attention',
      line: `${broken} link${broken > 1 ? 's' : ''} stopped`,
      at: picture.at
    }
  if (silent) return { id: 'topology', state: 'attention', line: `${silent} not reached`, at: picture.at }
  return { id: 'topology', state: databasePair(open.move) ? 'done' : 'progress', line: 'live', at: picture.at }
}

const preflight = (open: OpenMove): StationView => {
  const state = open.preflight
  if (state.kind === 'never') return { id: 'preflight', state: 'none', line: 'not run yet', at: null }
  if (state.kind === 'running') return { id: 'preflight', state: 'progress', line: 'asking', at: null }
  const stops = openStops(state.result.findings).length
  const unknown = state.result.findings.filter((finding) => finding.verdict === 'unknown').length
  const warnings = state.result.findings.filter((finding) => finding.verdict === 'warn' && !finding.waiver).length
  const { at } = state.result
  if (stops) return { id: 'preflight', state: 'stopped', line: `${stops} stop${stops > 1 ? 's' : ''}`, at }
  if (unknown) return { id: 'preflight', state: 'attention', line: `${unknown} not answered`, at }
  return {
    id: 'preflight',
    state: 'done',
    line: warnings ? `passed, ${warnings} warning${warnings > 1 ? 's' : ''}` : 'passed',
    at
  }
}

interface Setup {
  link: Run | null
  seed: Run | null
  replicate: Run | null
  linksRunning: number
  linksBroken: number
}

const setupOf = (open: OpenMove): Setup => {
  const ends = new Set(Object.values(databasePair(open.move) ?? {}).map((server) => server.id))
  const links = open.topology?.links.filter((link) => ends.has(link.source) && ends.has(link.replica)) ?? []
  return {
    link: lastRun(open.runs, 'link'),
    seed: lastRun(open.runs, 'seed'),
    replicate: lastRun(open.runs, 'replicate'),
    linksRunning: links.filter((link) => link.state === 'running' || link.state === 'lagging').length,
    linksBroken: links.filter((link) => link.state === 'broken' || link.state === 'stopped').length
  }
}

const replicate = (open: OpenMove, setup: Setup): StationView => {
  const runs = [setup.link, setup.seed, setup.replicate]
  const at = open.topology?.at ?? null
  const stuck = runs.find(isStuck)
  const live = runs.find(isLive)
  if (stuck) return { id: 'replicate', state: 'stopped', line: `${stuck.title}: ${stuck.state.kind}`, at: null }
  if (live) return { id: 'replicate', state: 'progress', line: live.title, at: null }
  if (setup.linksBroken) return { id: 'replicate', state: 'stopped', line: 'link stopped', at }
  if (isDone(setup.replicate))
    return {
      id: 'replicate',
      state: setup.linksRunning >= 2 ? 'done' : 'attention',
      line: `${setup.linksRunning} of 2 links run`,
      at
    }
  if (isDone(setup.seed)) return { id: 'replicate', state: 'progress', line: 'seeded', at: setup.seed?.endedAt ?? null }
  if (isDone(setup.link))
    return { id: 'replicate', state: 'progress', line: 'bridge built', at: setup.link?.endedAt ?? null }
  return { id: 'replicate', state: 'none', line: 'not started', at: null }
}

const cutover = (open: OpenMove): StationView => {
  const run = lastRun(open.runs, 'cutover', 'reverse')
  const rehearsal = lastRun(open.runs, 'rehearsal')
  if (run && isStuck(run)) return { id: 'cutover', state: 'stopped', line: run.state.kind, at: null }
  if (run && isLive(run))
    return {
      id: 'cutover',
      state: 'attention',
      line: run.state.kind === 'waiting' ? 'waits for you' : 'running',
      at: null
    }
  if (run && isDone(run))
    return { id: 'cutover', state: 'done', line: run.kind === 'reverse' ? 'reversed' : 'moved', at: run.endedAt }
  if (isLive(rehearsal)) return { id: 'cutover', state: 'progress', line: 'rehearsing', at: null }
  if (isDone(rehearsal)) return { id: 'cutover', state: 'progress', line: 'rehearsed', at: rehearsal?.endedAt ?? null }
  return { id: 'cutover', state: 'none', line: run ? run.state.kind : 'not started', at: run?.endedAt ?? null }
}

const report = (open: OpenMove): StationView => {
  const run = lastRun(open.runs, 'cutover', 'reverse', 'finish')
  if (!run) return { id: 'report', state: 'none', line: 'after the cutover', at: null }
  return isDone(run)
    ? { id: 'report', state: 'done', line: 'ready', at: run.endedAt }
    : { id: 'report', state: 'progress', line: 'draft', at: null }
}

const nextSites = (open: OpenMove): NextStep | null => {
  const at = (label: string, command: string | null = null): NextStep => ({ label, station: 'sites', command })
  if (!open.move.old.servers.some((server) => server.kind === 'database')) return at('Add the old database', 'add-old')
  if (!open.move.new.servers.some((server) => server.kind === 'database')) return at('Add the new database', 'add-new')
  const failing = serversOf(open.move).find(({ server }) => verdictOf(open.doctors[server.id])?.ok === false)
  if (failing) return at(`Fix ${failing.server.name}`, `inspect:${failing.server.id}`)
  const unchecked = serversOf(open.move).some(
    ({ server }) => open.doctors[server.id]?.kind !== 'running' && verdictOf(open.doctors[server.id]) === null
  )
  if (unchecked && !lastRun(open.runs, 'link')) return at('Check all', 'check-all')
  if (!databasePair(open.move)) return { label: 'Pair the databases', station: 'topology', command: 'pair' }
  return null
}

const nextSetup = (open: OpenMove, setup: Setup): NextStep | null => {
  const at = (label: string, command: string | null): NextStep => ({ label, station: 'replicate', command })
  const stuck = [setup.link, setup.seed, setup.replicate].find(isStuck)
  if (stuck) return at(`Look at “${stuck.title}”`, null)
  const live = [setup.link, setup.seed, setup.replicate].find(isLive)
  if (live) return at('Watch it run', null)
  if (!open.move.bridge) return at('Describe the bridge', 'bridge')
  if (!isDone(setup.link)) return at('Build the bridge', 'link')
  if (!isDone(setup.seed)) return at('Seed the new server', 'seed')
  if (!isDone(setup.replicate)) return at('Make them co-masters', 'replicate')
  if (setup.linksBroken) return at('Repair the link', null)
  return null
}

/** A rehearsal that was cut off after the last switch: nothing else is offered before it is put back. */
const stuckRehearsal = (open: OpenMove): Run | null => {
  const last = lastRun(open.runs, 'rehearsal', 'cutover', 'reverse')
  return last?.kind === 'rehearsal' && isStuck(last) ? last : null
}

const nextCutover = (open: OpenMove, run: Run | null): NextStep => {
  const at = (label: string, command: string | null): NextStep => ({ label, station: 'cutover', command })
  const stuck = run && isStuck(run) ? run : stuckRehearsal(open)
  if (stuck) return at(observeLabel(stuck), 'resume')
  if (run?.state.kind === 'waiting') return at('Do the next step by hand', null)
  if (run && isLive(run)) return at('Watch', null)
  const rehearsal = lastRun(open.runs, 'rehearsal')
  if (isLive(rehearsal)) return at('Watch the rehearsal', null)
  if (!isDone(rehearsal)) return at('Rehearse', 'rehearsal')
  return at(`Type go ${open.move.new.name}`, 'go')
}

const nextOf = (open: OpenMove, stations: StationView[], setup: Setup): NextStep => {
  const run = lastRun(open.runs, 'cutover', 'reverse')
  const finish = lastRun(open.runs, 'finish')
  if (isDone(finish)) return { label: 'Export the report', station: 'report', command: 'export' }
  if ((run && (isStuck(run) || isLive(run))) || stuckRehearsal(open)) return nextCutover(open, run)
  if (run && isDone(run)) return { label: 'Read the report', station: 'report', command: null }
  const sitesNext = nextSites(open)
  if (sitesNext) return sitesNext
  const state = (id: StationId) => stations.find((station) => station.id === id)?.state
  if (open.preflight.kind === 'never') return { label: 'Run preflight', station: 'preflight', command: 'run' }
  if (open.preflight.kind === 'running' && !open.preflight.last)
    return { label: 'Watch preflight', station: 'preflight', command: null }
  if (open.preflight.kind === 'done' && state('preflight') === 'stopped') {
    const stops = openStops(open.preflight.result.findings).length
    return { label: `Fix stop 1 of ${stops}`, station: 'preflight', command: 'first-stop' }
  }
  const setupNext = nextSetup(open, setup)
  if (setupNext) return setupNext
  if (open.drift.kind === 'never') return { label: 'Compare the data', station: 'drift', command: 'start' }
  if (open.drift.kind === 'running') return { label: 'Watch the comparison', station: 'drift', command: null }
  if (state('drift') === 'attention' || state('drift') === 'stopped')
    return driftVerdict(open.drift) === 'differs'
      ? { label: 'Look at what differs', station: 'drift', command: null }
      : { label: 'Compare again', station: 'drift', command: 'start' }
  return nextCutover(open, run)
}

const wayBackOf = (open: OpenMove, setup: Setup): Journey['wayBack'] => {
  const run = lastRun(open.runs, 'cutover', 'reverse')
  const oldName = open.move.old.name
  if (isDone(lastRun(open.runs, 'finish')))
    return { title: null, text: `The move is finished. ${oldName} does not follow any more.` }
  if (run && isStuck(run))
    return {
      title: null,
      text: passedPoint(run)
        ? 'First observe. When the run is at its end: Reverse, the same runbook with the sides exchanged.'
        : `Observing puts back what was prepared. Nothing was switched: ${run.kind === 'reverse' ? open.move.new.name : oldName} keeps taking writes.`
    }
  if (run && isLive(run))
    return passedPoint(run)
      ? { title: 'Reverse', text: 'After this run: the same runbook, sides exchanged.' }
      : { title: 'Abort', text: 'Lets go of the writes, disarms, and checks that both sides are as before.' }
  if (run && isDone(run))
    return run.kind === 'cutover'
      ? { title: 'Reverse', text: 'Same runbook, sides exchanged. Offered until finish.' }
      : { title: null, text: `${oldName} takes writes again; ${open.move.new.name} follows.` }
  if (setup.replicate && run === null && isDone(setup.replicate))
    return { title: null, text: `Undo replication: removes both links. ${oldName} keeps taking writes.` }
  if (isDone(setup.link)) return { title: null, text: `Undo seeding and bridge in Replicate. ${oldName} is as it was.` }
  return { title: null, text: 'Close the move. Nothing was changed on any server.' }
}

/** The station a person sees first: where a run was cut off or has stopped, else the sites. */
export const firstStation = (open: OpenMove, now: number): StationId =>
  open.runs.some(isStuck) ? journeyOf(open, now).next.station : 'sites'

/** Where the move stands: one mark per station, exactly one next action, and the way back at this moment. Pure. */
export const journeyOf = (open: OpenMove, now: number): Journey => {
  const setup = setupOf(open)
  const stations = [
    sites(open),
    topology(open),
    preflight(open),
    replicate(open, setup),
    driftView(open, now),
    cutover(open),
    report(open)
  ]
  const run = lastRun(open.runs, 'cutover', 'reverse')
  return {
    stations,
    next: nextOf(open, stations, setup),
    wayBack: wayBackOf(open, setup),
    moved: run?.kind === 'cutover' && isDone(run)
  }
}
