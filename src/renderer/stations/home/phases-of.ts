import type { MoveListItem } from '../../../shared/contract'
import { stationIds } from '../../../shared/journey'

/** The station that the words begin with; what is done behind it is not looked at again. */
const stationNamed = (phase: string): number => stationIds.findIndex((id) => phase.toLowerCase().startsWith(`${id}: `))

/** One dot per station: the first ones done, then where it stands; words that tell of trouble change that dot's form. */
export const phasesOf = (move: Pick<MoveListItem, 'stationsDone' | 'phase'>) => {
  const here = Math.max(move.stationsDone, stationNamed(move.phase))
  return stationIds.map((_, index) => {
    if (index < here) return 'done' as const
    if (index > here) return 'none' as const
    if (/\b(stopped|stops?|failed|halted|interrupted)\b/.test(move.phase)) return 'stopped' as const
    if (/\baborted\b/.test(move.phase)) return 'aborted' as const
    if (/\b(differ|inconclusive|fail|waits for you|not answered|not reached|too old)\b/.test(move.phase))
      return 'attention' as const
    return 'current' as const
  })
}
