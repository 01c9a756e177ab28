import type { OpenMove } from '../../../shared/contract'
import { lastRun } from '../../../shared/journey'
import type { Mark } from '../../../shared/mark'
import type { SiteSide } from '../../../shared/move'
import { isTakenUp } from '../../../shared/runbook'
import { formatDuration } from '../../parts/format'
import type { ServerRole } from '../../parts/role-badge'
import type { TopLink } from '../../parts/top-sites'

interface SiteInSmall {
  name: string
  role: ServerRole
  reached: number
  total: number
  mark?: Mark
}

/** The picture in small: roles of the two sites and the line between them. */
export interface JourneyFlow {
  old: SiteInSmall
  new: SiteInSmall
  link: TopLink
  at: number | null
}

/** What a site does with writes, as far as servers and the run in progress tell. */
export const siteRole = (open: Pick<OpenMove, 'runs' | 'topology'>, side: SiteSide): ServerRole => {
  const run = lastRun(open.runs, 'cutover', 'reverse')
  const from: SiteSide = run?.kind === 'reverse' ? 'new' : 'old'
  const step = (id: string) => run?.steps.find((known) => known.id === id)?.state
  if (run && ['running', 'waiting'].includes(run.state.kind) && !isTakenUp(run)) {
    if (side === from && ['running', 'done'].includes(step('hold') ?? '') && step('throw') === 'todo')
      return 'writes-wait'
    if (side !== from && step('arm') === 'done' && step('throw') === 'todo') return 'armed'
  }
  const nodes = open.topology?.nodes.filter((node) => node.side === side && node.survey) ?? []
  if (!open.topology || nodes.length === 0) return 'unknown'
  if (nodes.some((node) => open.topology?.writable.includes(node.server))) return 'takes-writes'
  return run?.state.kind === 'done' && side === from ? 'sealed' : 'read-only'
}

const reached = (open: OpenMove, side: SiteSide): number => {
  const nodes = open.topology?.nodes.filter((node) => node.side === side && node.survey && !node.failure).length ?? 0
  const apps = open.topology?.apps.filter((app) => app.side === side && app.reached).length ?? 0
  return nodes + apps
}

const linkOf = (open: OpenMove): TopLink => {
  const topology = open.topology
  const crossing = topology?.links.filter((link) => link.crossesSites) ?? []
  const activeSide = topology?.nodes.find((node) => node.server === topology.active)?.side ?? 'old'
  const forward = crossing.find(
    (link) => topology?.nodes.find((node) => node.server === link.source)?.side === activeSide
  )
  const bridge = topology?.bridge
  const over = bridge?.roundTripMs
    ? `RTT ${formatDuration(bridge.roundTripMs)}`
    : bridge?.kind === 'down'
      ? 'bridge down'
      : ''
  if (!forward) return { state: 'planned', flow: 'to-new', over, under: 'not linked yet' }
  const state = {
    running: 'running',
    lagging: 'late',
    connecting: 'late',
    stopped: 'stopped',
    broken: 'stopped'
  } as const
  const under =
    forward.state === 'broken' || forward.state === 'stopped'
      ? forward.state
      : `lag ${forward.lagSeconds === null ? 'unknown' : formatDuration(Math.max(0, forward.lagSeconds * 1000))}`
  return { state: state[forward.state], flow: activeSide === 'old' ? 'to-new' : 'to-old', over, under }
}

export const flowOf = (open: OpenMove): JourneyFlow => ({
  old: {
    name: open.move.old.name,
    role: siteRole(open, 'old'),
    reached: reached(open, 'old'),
    total: open.move.old.servers.length,
    mark: open.move.old.mark
  },
  new: {
    name: open.move.new.name,
    role: siteRole(open, 'new'),
    reached: reached(open, 'new'),
    total: open.move.new.servers.length,
    mark: open.move.new.mark
  },
  link: linkOf(open),
  at: open.topology?.at ?? null
})
