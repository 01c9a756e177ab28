import type { DoctorState } from '../../../shared/doctor'
import type { NamedClock } from '../../../shared/doctor-text'
import { type Move, serversOf } from '../../../shared/move'

/** An older reading says nothing about now: this computer's clock may have been set since. */
const longestMs = 3_600_000

/** The clocks of the move's other databases as their doctors read them, where that was about the same time. */
export const otherClocks = (
  move: Move,
  doctors: Readonly<Record<string, DoctorState>>,
  serverId: string
): NamedClock[] => {
  const mine = doctors[serverId]
  if (mine?.kind !== 'done') return []
  return serversOf(move).flatMap(({ server }) => {
    const doctor = doctors[server.id]
    if (server.id === serverId || doctor?.kind !== 'done' || !doctor.measures.clock) return []
    return Math.abs(doctor.at - mine.at) > longestMs ? [] : [{ name: server.name, clock: doctor.measures.clock }]
  })
}
