import type { OpenMove } from '../../../shared/contract'
import { lastRun, type StationId } from '../../../shared/journey'
import { databasePair } from '../../../shared/move'
import type { Run } from '../../../shared/runbook'
import type { StatusKind } from '../../parts/status-kind'
import type { ReplicateTab } from '../../state/replicate'

/** The three things that are set up, in their order. */
export const setupKinds = ['link', 'seed', 'replicate'] as const
export type SetupKind = (typeof setupKinds)[number]

const stuck = (run: Run | null): boolean => run !== null && ['failed', 'halted', 'interrupted'].includes(run.state.kind)
const live = (run: Run | null): boolean => run !== null && ['running', 'waiting', 'aborting'].includes(run.state.kind)

/** The run to show on a tab; one that was taken back leaves the place to the preview. */
export const shownRun = (runs: Run[], kind: SetupKind): Run | null => {
  const run = lastRun(runs, kind)
  return run && run.state.kind !== 'undone' && run.state.kind !== 'aborted' ? run : null
}

/** The tab that shows what is next: what is stuck, what runs, what is not done yet, else watching. */
export const nextTab = (open: OpenMove): ReplicateTab => {
  const runs = setupKinds.map((kind) => ({ kind, run: lastRun(open.runs, kind) }))
  const wanted =
    runs.find(({ run }) => stuck(run)) ??
    runs.find(({ run }) => live(run)) ??
    runs.find(({ run }) => run?.state.kind !== 'done')
  return wanted?.kind ?? 'watch'
}

/** The mark beside a tab's word; null = nothing to say. */
export const tabStatus = (runs: Run[], kind: SetupKind): StatusKind | null => {
  const run = shownRun(runs, kind)
  if (!run) return null
  switch (run.state.kind) {
    case 'done':
      return 'ok'
    case 'running':
    case 'aborting':
      return 'running'
    case 'failed':
    case 'halted':
      return 'danger'
    case 'waiting':
    case 'interrupted':
      return 'attention'
    case 'aborted':
    case 'undone':
      return null
    default:
      return run.state satisfies never
  }
}

/** What has to be there before a tab can show what it would do. */
export interface Needed {
  title: string
  text: string
  label: string
  station: StationId
  command: string | null
}

export const neededFirst = (open: OpenMove, kind: SetupKind): Needed | null => {
  const { move } = open
  const pair = databasePair(move)
  if (!pair)
    return {
      title: 'No database pair yet',
      text: `Say on Topology which server of ${move.new.name} takes the place of which server of ${move.old.name}.`,
      label: 'Pair the databases',
      station: 'topology',
      command: 'pair'
    }
  if (!move.bridge)
    return {
      title: 'The bridge is not described yet',
      text: `It is an SSH connection from ${pair.new.name} to ${pair.old.name}, through which each server sees the other as if it were near. Say with which account and address ${pair.new.name} reaches ${pair.old.name}.`,
      label: 'Describe the bridge',
      station: 'sites',
      command: 'bridge'
    }
  const bridgeStands = open.topology?.bridge.kind === 'up' || lastRun(open.runs, 'link')?.state.kind === 'done'
  if (kind !== 'link' && !bridgeStands && !lastRun(open.runs, kind))
    return {
      title: 'The bridge comes first',
      text:
        kind === 'seed'
          ? 'The copy goes from host to host through the bridge, not through this computer.'
          : 'Each server follows the other through the bridge.',
      label: 'Build the bridge',
      station: 'replicate',
      command: 'link'
    }
  return null
}
