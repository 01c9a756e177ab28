import type { LagHistory } from './contract'
import { type Json, type Patch, patched, patchOf } from './topology-patch'

/** The lag of all links on its way to the window: fifteen minutes of it, or what came since the parcel before. */
export type LagParcel =
  | { moveId: string; turn: number; lag: LagHistory }
  | { moveId: string; turn: number; changes: string }

/** So often the history goes whole: a window that was loaded anew has it again then. */
const wholeEvery = 20

/** Packs histories for one window: of hundreds of links they are hundreds of thousands of numbers, of which one a link is new each second. */
export const lagPacker = (): ((history: { moveId: string; lag: LagHistory }) => LagParcel) => {
  const sent = new Map<string, { lag: LagHistory; turn: number }>()
  return ({ moveId, lag }) => {
    const last = sent.get(moveId)
    const turn = (last?.turn ?? 0) + 1
    sent.set(moveId, { lag, turn })
    if (!last || turn % wholeEvery === 0) return { moveId, turn, lag }
    const patch = patchOf(last.lag as unknown as Json, lag as unknown as Json)
    return { moveId, turn, changes: JSON.stringify(patch) }
  }
}

/** Unpacks what `lagPacker` packed; null: the parcel before never came here. */
export const lagUnpacker = (): ((parcel: LagParcel) => { moveId: string; lag: LagHistory } | null) => {
  const known = new Map<string, { lag: LagHistory; turn: number }>()
  return (parcel) => {
    const { moveId, turn } = parcel
    const last = known.get(moveId)
    if ('lag' in parcel) {
      known.set(moveId, parcel)
      return { moveId, lag: parcel.lag }
    }
    if (last?.turn === turn) return { moveId, lag: last.lag }
    if (last?.turn !== turn - 1) return null
    const patch = JSON.parse(parcel.changes) as Patch | null
    const lag = patch ? (patched(last.lag as unknown as Json, patch) as unknown as LagHistory) : last.lag
    known.set(moveId, { lag, turn })
    return { moveId, lag }
  }
}
