import { create } from 'zustand'
import type { DoctorState } from '../../shared/doctor'
import type { ServerEntry } from '../../shared/move'
import type { SecretRef } from '../../shared/secret'
import { call, on } from '../api'
import { openMoveId } from './open-move'
import { attempt } from './shell'

/** What is tried: the server as it is typed, its typed secrets, and the connection whose password would come along. */
export interface TriedServer {
  server: ServerEntry
  secrets: Record<SecretRef, string>
  entry: string | null
}

const useTrials = create<{ doctor: DoctorState | null }>(() => ({ doctor: null }))

/** How far the trial of a server that is only typed has come; null: none. */
export const useTrialDoctor = (): DoctorState | null => useTrials((trials) => trials.doctor)

/** Called once at start. */
export const startTrials = (): void => {
  on('trial', ({ moveId, doctor }) => {
    // One that was let go may still say how it ended.
    if (moveId === openMoveId()) useTrials.setState((known) => (known.doctor?.kind === 'running' ? { doctor } : known))
  })
}

/** An answer that comes after a newer trial began, or after it was let go, is nobody's. */
let latest = 0

/** Goes the way to a server that is only typed so far; nothing is kept. */
export const tryServer = async (tried: TriedServer): Promise<void> => {
  latest += 1
  const mine = latest
  useTrials.setState({ doctor: { kind: 'running', since: Date.now(), hops: [], rows: [] } })
  const doctor = await attempt(call('doctor.try', { moveId: openMoveId(), ...tried }))
  if (mine === latest) useTrials.setState({ doctor })
}

/** Lets go of what is still being tried. */
export const endTrial = async (): Promise<void> => {
  latest += 1
  useTrials.setState({ doctor: null })
  const moveId = openMoveId()
  if (moveId) await attempt(call('doctor.endTry', { moveId }))
}
