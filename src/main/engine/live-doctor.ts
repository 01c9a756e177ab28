import type { DoctorState } from '../../shared/doctor'
import { fail } from '../../shared/failure'
import { type Move, type ServerEntry, serverOf } from '../../shared/move'
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

export interface LiveDoctor {
  doctors: Record<string, DoctorState>
  run(serverId: string): Promise<DoctorState>
  /** The move was edited: verdicts on ways that are others by now say so. */
  moved(): void
  /** A secret on the way to a server was changed. */
  secretChanged(serverId: string): void
}

/** What a verdict depends on; names, marks and notes do not matter. */
const wayOf = ({ ssh, transport, database }: ServerEntry): string => JSON.stringify([ssh, transport, database])

/** No way is like this: a verdict with it stays outdated until the next run. */
const otherSecret = ''

/** The connection doctor of one opened move, with the last verdict on each server. */
export const makeLiveDoctor = (deps: LiveDoctorDeps): LiveDoctor => {
  const doctors: Record<string, DoctorState> = {}
  /** The way each verdict is about. */
  const checked = new Map<string, string>()
  const runs = new Map<string, object>()
  const judged = (serverId: string, state: DoctorState): DoctorState => {
    const entry = serverOf(deps.move(), serverId)?.server
    if (state.kind !== 'done' || !entry) return state
    const { outdated: _before, ...told } = state
    return wayOf(entry) === checked.get(serverId) ? told : { ...told, outdated: true }
  }
  const put = (serverId: string, state: DoctorState): void => {
    doctors[serverId] = state
    deps.onState(serverId, state)
  }
  const look = (serverId: string): void => {
    const known = doctors[serverId]
    if (known?.kind !== 'done') return
    const now = judged(serverId, known)
    if ('outdated' in now !== 'outdated' in known) put(serverId, now)
  }
  const run = async (serverId: string): Promise<DoctorState> => {
    const found = serverOf(deps.move(), serverId)
    if (!found) throw fail('not-found', 'This server is not in the move.', { where: serverId })
    const mine = {}
    runs.set(serverId, mine)
    checked.set(serverId, wayOf(found.server))
    const state = await runDoctor({
      reach: deps.reaching,
      entry: found.server,
      signal: deps.signal,
      // The last one that was begun tells, also when an earlier one ends after it.
      onChange: (doctor) => {
        if (runs.get(serverId) === mine) put(serverId, judged(serverId, doctor))
      }
    })
    if (state.kind === 'done' && state.ok) deps.reach.retry(serverId)
    return runs.get(serverId) === mine ? judged(serverId, state) : state
  }
  return {
    doctors,
    run,
    moved: () => {
      for (const serverId of Object.keys(doctors)) look(serverId)
    },
    secretChanged: (serverId) => {
      if (!doctors[serverId]) return
      checked.set(serverId, otherSecret)
      look(serverId)
    }
  }
}
