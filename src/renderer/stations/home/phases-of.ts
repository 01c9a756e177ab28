import type { MoveListItem } from '../../../shared/contract'
import { stationIds } from '../../../shared/journey'

/** One dot per station: the first ones done, then where it stands; words that tell of trouble change that dot's form. */
export const phasesOf = (move: Pick<MoveListItem, 'stationsDone' | 'phase'>) =>
  stationIds.map((_, index) => {
    if (index < move.stationsDone) return 'done' as const
    if (index > move.stationsDone) return 'none' as const
    if (/\b(stopped|stops?|failed|halted|interrupted)\b/.test(move.phase)) return 'stopped' as const
    if (/\baborted\b/.test(move.phase)) return 'aborted' as const
    if (/\b(differ|inconclusive|fail|waits for you|not answered|not reached|too old)\b/.test(move.phase))
      return 'attention' as const
    return 'current' as const
  })
