import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import { call } from '../api'
import { openMoveId } from './open-move'

export type ReplicateTab = 'watch' | 'link' | 'seed' | 'replicate'

interface Replicate {
  /** The tab a person chose, until another move is opened. */
  chosen: { moveId: string; tab: ReplicateTab } | null
  restart: { kind: 'idle' } | { kind: 'restarting' } | { kind: 'failed'; moveId: string; failure: Failure; at: number }
}

export const useReplicate = create<Replicate>(() => ({ chosen: null, restart: { kind: 'idle' } }))

export const chooseTab = (tab: ReplicateTab): void => useReplicate.setState({ chosen: { moveId: openMoveId(), tab } })

/** Ends the bridge and starts it again; what it carries goes on by itself. */
export const restartBridge = async (): Promise<void> => {
  if (useReplicate.getState().restart.kind === 'restarting') return
  const moveId = openMoveId()
  useReplicate.setState({ restart: { kind: 'restarting' } })
  try {
    await call('bridge.restart', { moveId })
    useReplicate.setState({ restart: { kind: 'idle' } })
  } catch (error) {
    useReplicate.setState({ restart: { kind: 'failed', moveId, failure: failureOf(error), at: Date.now() } })
  }
}
