import type { DoctorState } from '../../shared/doctor'
import { fail } from '../../shared/failure'
import { type Move, serverOf } from '../../shared/move'
import type { Reach } from '../reach/reach'
import { runDoctor } from '../sites/doctor'

type Reaching = Parameters<typeof runDoctor>[0]['reach']

export interface LiveDoctorDeps {
  reach: Reach
  reaching: Reaching
  move(): Move
  onState(serverId: string, state: DoctorState): void
  signal: AbortSignal
}

/** The connection doctor of one opened move, with the last verdict on each server. */
export const makeLiveDoctor = (deps: LiveDoctorDeps) => {
  const doctors: Record<string, DoctorState> = {}
  const run = async (serverId: string): Promise<DoctorState> => {
    const found = serverOf(deps.move(), serverId)
    if (!found) throw fail('not-found', 'This server is not in the move.', { where: serverId })
    const state = await runDoctor({
      reach: deps.reaching,
      entry: found.server,
      signal: deps.signal,
      onChange: (doctor) => {
        doctors[serverId] = doctor
        deps.onState(serverId, doctor)
      }
    })
    doctors[serverId] = state
    if (state.kind === 'done' && state.ok) deps.reach.retry(serverId)
    return state
  }
  return { doctors, run }
}
