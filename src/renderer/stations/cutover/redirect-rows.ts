import { type Move, type ServerEntry, type SiteSide, serversOf } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import type { Topology } from '../../../shared/topology'
import type { StatusKind } from '../../parts/status-kind'
import type { End } from './ends'

/** One application host and where its connections are. */
export interface RedirectRow {
  server: ServerEntry
  side: SiteSide
  toldBy: string
  /** Connections counted at either database; null = not asked. */
  onFrom: number | null
  onTo: number | null
  status: StatusKind
  word: string
  at: number | null
}

const toldBy = (server: ServerEntry): string => {
  switch (server.redirect.kind) {
    case 'file':
      return `${server.redirect.path.split('/').at(-1)}, reload`
    case 'manual':
      return 'by hand'
    case 'none':
      return 'nothing to tell'
    default:
      return server.redirect satisfies never
  }
}

const stepFor = (run: Run, server: ServerEntry) =>
  run.steps.find((step) => step.id === (server.redirect.kind === 'manual' ? 'redirect-by-hand' : 'redirect'))

/** What the servers say now, else what the redirect's step says. */
const stateOf = (run: Run, server: ServerEntry, onFrom: number | null): { status: StatusKind; word: string } => {
  if (onFrom !== null && onFrom > 0) return { status: 'attention', word: `${onFrom} left` }
  if (server.redirect.kind === 'none')
    return onFrom === null ? { status: 'unknown', word: 'unknown' } : { status: 'ok', word: 'none left' }
  const step = stepFor(run, server)
  switch (step?.state) {
    case 'done':
      return server.redirect.kind === 'manual'
        ? { status: 'ok', word: 'said to be done' }
        : { status: 'ok', word: 'verified' }
    case 'running':
      return { status: 'running', word: 'switching' }
    case 'waiting':
      return { status: 'attention', word: 'waits for you' }
    case 'failed':
      return { status: 'danger', word: 'failed' }
    case undefined:
      return { status: 'ok', word: 'pointed there before' }
    default:
      return { status: 'todo', word: 'to do' }
  }
}

/** Application hosts with the way they are told and where they are seen. */
export const redirectRows = (move: Move, run: Run, topology: Topology | null, from: End, to: End): RedirectRow[] =>
  serversOf(move)
    .filter(({ server }) => server.kind !== 'database')
    .map(({ side, server }) => {
      const app = topology?.apps.find((known) => known.server === server.id)
      const count = (end: End) => (app && end.server ? (app.connections[end.server.id] ?? 0) : null)
      const onFrom = count(from)
      return {
        server,
        side,
        toldBy: toldBy(server),
        onFrom,
        onTo: count(to),
        ...stateOf(run, server, onFrom),
        at: app?.at ?? null
      }
    })
