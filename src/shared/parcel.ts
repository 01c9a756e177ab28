import type { LagHistory } from './contract'
import type { DriftState } from './drift'
import { type Patch, patched, patchOf } from './patch'
import type { Topology } from './topology'

/** A value of a move on its way to the window: whole, or as text what changed since the one of the moment `base`. */
export type Parcel<Value> =
  | { moveId: string; at: number; whole: Value }
  | { moveId: string; at: number; base: number; changes: string }

/** How values of one kind travel. */
export interface Packing<Value> {
  momentOf(value: Value): number
  /** So often one goes whole even though its changes would do: a window that was loaded anew has it again then. Never where it is asked for. */
  wholeEvery?: number
}

/** Of a fleet that is surveyed each second nearly nothing changes, and copying all of it is slow. */
export const topologyPacking: Packing<Topology> = { momentOf: ({ at }) => at, wholeEvery: 60 }

/** Of hundreds of links it is hundreds of thousands of numbers, of which one a link is new each second. */
export const lagPacking: Packing<LagHistory> = { momentOf: ({ at }) => at.at(-1) ?? 0, wholeEvery: 20 }

/** Of a hundred thousand tables that are compared a few have news at a time. */
export const driftPacking: Packing<DriftState> = { momentOf: (state) => (state.kind === 'never' ? 0 : state.at) }

/** Packs the values of one kind for one window. */
export const packer = <Value>({ momentOf, wholeEvery }: Packing<Value>) => {
  const sent = new Map<string, { value: Value; at: number; parcels: number }>()
  return (moveId: string, value: Value): Parcel<Value> => {
    const last = sent.get(moveId)
    const at = momentOf(value)
    const parcels = (last?.parcels ?? 0) + 1
    sent.set(moveId, { value, at, parcels })
    if (!last || (wholeEvery && parcels % wholeEvery === 0)) return { moveId, at, whole: value }
    const patch = patchOf(last.value, value)
    // Another value of the same moment, or of one before: whoever has the last one could not tell them apart.
    if (patch !== null && at <= last.at) return { moveId, at, whole: value }
    return { moveId, at, base: last.at, changes: JSON.stringify(patch) }
  }
}

export interface Unpacker<Value> {
  /** The value in a parcel; null: it builds on one that never came here, so that it has to be asked for. */
  unpack(parcel: Parcel<Value>): Value | null
  /** A whole value that came another way, as the answer to a call. */
  know(moveId: string, value: Value): void
}

/** Unpacks what a `packer` packed. What did not change is the same object as before. */
export const unpacker = <Value>({ momentOf }: Packing<Value>): Unpacker<Value> => {
  const known = new Map<string, { value: Value; at: number }>()
  const keep = (moveId: string, value: Value, at: number): Value => {
    known.set(moveId, { value, at })
    return value
  }
  return {
    know: (moveId, value) => {
      keep(moveId, value, momentOf(value))
    },
    unpack: (parcel) => {
      const { moveId, at } = parcel
      if ('whole' in parcel) return keep(moveId, parcel.whole, at)
      const last = known.get(moveId)
      // Every listener of the window unpacks the same parcel.
      if (last?.at === at) return last.value
      if (last?.at !== parcel.base) return null
      const patch: Patch | null = JSON.parse(parcel.changes)
      return keep(moveId, patch ? patched(last.value, patch) : last.value, at)
    }
  }
}
