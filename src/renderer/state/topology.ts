import type { SnapshotHead } from '../../shared/topology'
import { call } from '../api'
import { openMoveId } from './open-move'
import { attempt } from './shell'

/** Asks every server again at once; the picture comes as an event. */
export const refreshTopology = async (): Promise<void> => {
  await attempt(call('topology.refresh', { moveId: openMoveId() }))
}

/** Keeps the picture as it is now under a name. */
export const takeSnapshot = async (name: string): Promise<SnapshotHead | null> =>
  attempt(call('topology.snapshot', { moveId: openMoveId(), name }))
