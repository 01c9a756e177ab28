import type { OpenMove } from '../../../shared/contract'
import { FailureError } from '../../../shared/failure'
import { actionRefused } from '../../../shared/look-only'
import { refusalsIn, withRefusals } from '../../../shared/refused-steps'
import type { Action } from '../../../shared/runbook'
import type { LinkStatus } from '../../../shared/server'
import type { LinkState, Topology } from '../../../shared/topology'
import { openMoveIn, type Phase } from '../fixtures/open-move'
import {
  builtLink,
  copyingRun,
  cutOffSeed,
  failedSeed,
  linkPreview,
  seedPreview,
  undoneLink
} from '../fixtures/setup-runs'
import { secondsAgo } from '../fixtures/shop-move'
import { linkedTopology } from '../fixtures/topologies'
import type { FakeAnswers, GalleryPages, Hands } from '../scene'

const page = (
  phase: Phase,
  more: Partial<OpenMove> = {},
  rest: { answers?: FakeAnswers; after?: (hands: Hands) => Promise<void>; command?: string } = {}
) => ({
  kind: 'move' as const,
  station: 'replicate' as const,
  open: { ...openMoveIn(phase), ...more },
  ...rest
})

/** The forward link in another state; with its lag since it stopped. */
const forward = (state: LinkState, status: Partial<LinkStatus>, lagSeconds: number | null): Topology => ({
  ...linkedTopology,
  links: linkedTopology.links.map((link) =>
    link.id === 'fra-db1>lis-db1' ? { ...link, state, lagSeconds, status: { ...link.status, ...status } } : link
  )
})

const duplicate = {
  code: 1062,
  text: "Error 'Duplicate entry '881204' for key 'PRIMARY'' on query. Could not execute Write_rows_v1 event on table shop.coupons; Duplicate entry '881204' for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log mysql-bin.004812, end_log_pos 8812204"
}

const growing = (open: OpenMove, from: number): OpenMove['lag'] => ({
  at: open.lag.at,
  series: {
    ...open.lag.series,
    'fra-db1>lis-db1': (open.lag.series['fra-db1>lis-db1'] ?? []).map((value, index) =>
      index < from ? value : index - from
    )
  }
})
const linked = openMoveIn('linked')

/** The old database is production and may only be looked at. */
const lockedMove = () => {
  const { move } = openMoveIn('passed')
  const servers = move.old.servers.map((server) =>
    server.id === 'fra-db1' ? { ...server, lookOnly: true as const } : server
  )
  return { ...move, old: { ...move.old, mark: { label: 'production', colour: 'rose' as const }, servers } }
}

const refusedPreview = () => {
  const refusal = (action: Action) => actionRefused(lockedMove(), action)
  const steps = withRefusals(linkPreview.steps, refusal)
  return { ...linkPreview, steps, blockers: refusalsIn(steps, refusal) }
}

const refuse = () => {
  throw new FailureError({
    kind: 'timeout',
    what: 'The bridge did not come up within 20 s.',
    where: 'lis-db1, siteswap-bridge.service',
    words: 'ssh: connect to host fra-db1.example.com port 22: Connection timed out',
    try: ['Test the connection of both database hosts on Sites.', 'Ask who changed the firewall of Frankfurt.']
  })
}
const down: Topology = {
  ...linkedTopology,
  links: linkedTopology.links.map((link) =>
    link.crossesSites
      ? { ...link, state: 'connecting', lagSeconds: null, status: { ...link.status, receiver: 'connecting' } }
      : link
  ),
  bridge: {
    kind: 'down',
    since: null,
    roundTripMs: null,
    supervisor: 'process',
    detail: 'ssh: connect to host fra-db1.example.com port 22: Connection timed out',
    at: secondsAgo(3)
  }
}

/** The states of the replicate station. */
export const replicatePages: GalleryPages = {
  'replicate-no-bridge': () => page('passed', { move: { ...openMoveIn('passed').move, bridge: undefined } }),
  'replicate-no-pair': () => page('passed', { move: { ...openMoveIn('passed').move, pairs: [] } }),
  'replicate-link-asking': () => page('passed'),
  'replicate-link-refused': () =>
    page('passed', { move: lockedMove() }, { answers: { 'runbook.preview': () => refusedPreview() } }),
  'replicate-link-preview': () => page('passed', {}, { answers: { 'runbook.preview': () => linkPreview } }),
  'replicate-link-done': () => page('bridged', { runs: [builtLink] }, { command: 'link' }),
  'replicate-link-undone': () =>
    page('passed', { runs: [undoneLink] }, { answers: { 'runbook.preview': () => linkPreview } }),
  'replicate-seed-needs-bridge': () => page('passed', {}, { command: 'seed' }),
  'replicate-seed-blocked': () =>
    page('bridged', { runs: [builtLink] }, { answers: { 'runbook.preview': () => seedPreview } }),
  'replicate-seed-refused': () => page('bridged', { runs: [builtLink] }, { answers: { 'runbook.preview': refuse } }),
  'replicate-seed-running': () => page('bridged', { runs: [builtLink, copyingRun] }),
  'replicate-seed-failed': () => page('bridged', { runs: [builtLink, failedSeed] }),
  'replicate-seed-interrupted': () => page('bridged', { runs: [builtLink, cutOffSeed] }),
  'replicate-watch-empty': () => page('passed', {}, { command: 'watch' }),
  'replicate-watch-asking': () => page('passed', { topology: null }, { command: 'watch' }),
  'replicate-watch': () => page('linked', { runs: linked.runs }),
  'replicate-watch-link': () => page('linked', {}, { after: (hands) => hands.press('fra-db1 → lis-db1running') }),
  'replicate-watch-late': () => page('linked', { topology: forward('lagging', {}, 41), lag: growing(linked, 258) }),
  'replicate-watch-1062': () =>
    page('linked', {
      topology: forward('broken', { applier: 'stopped', applierError: duplicate }, 248),
      lag: growing(linked, 51)
    }),
  'replicate-watch-2003': () =>
    page('linked', {
      topology: forward(
        'broken',
        {
          receiver: 'connecting',
          receiverError: {
            code: 2003,
            text: "error connecting to master 'siteswap_repl@127.0.0.1:13306' - retry-time: 5 maximum-retries: 100000 message: Can't connect to server on '127.0.0.1' (111 \"Connection refused\")"
          }
        },
        null
      )
    }),
  'replicate-watch-stopped': () =>
    page('linked', { topology: forward('stopped', { receiver: 'stopped', applier: 'stopped' }, null) }),
  'replicate-watch-bridge-down': () => page('linked', { topology: down }),
  'replicate-watch-restart-failed': () =>
    page(
      'linked',
      { topology: down },
      { answers: { 'bridge.restart': refuse }, after: (hands) => hands.press('Restart the bridge') }
    ),
  'replicate-watch-moved': () => page('moved', {}, { command: 'watch' })
}
