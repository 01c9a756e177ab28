import type { Topology } from './topology'
import { type Json, type Patch, patched, patchOf } from './topology-patch'

/** A picture on its way to the window: whole, or what changed since the one of the moment `base`, as text. */
export type TopologyParcel =
  | { moveId: string; topology: Topology }
  | { moveId: string; base: number; at: number; changes: string }

/** So often a picture goes whole even though its changes would do. */
const wholeEvery = 60

/** Packs pictures for one window: of a fleet that is surveyed each second nearly nothing changes, and copying all of it is slow. */
export const topologyPacker = (): ((picture: { moveId: string; topology: Topology }) => TopologyParcel) => {
  const sent = new Map<string, { topology: Topology; parcels: number }>()
  return ({ moveId, topology }) => {
    const last = sent.get(moveId)
    const parcels = (last?.parcels ?? 0) + 1
    sent.set(moveId, { topology, parcels })
    if (!last || parcels % wholeEvery === 0) return { moveId, topology }
    const patch = patchOf(last.topology as unknown as Json, topology as unknown as Json)
    return { moveId, base: last.topology.at, at: topology.at, changes: JSON.stringify(patch) }
  }
}

export interface TopologyUnpacker {
  /** The picture in a parcel; null: it builds on one that never came here, so that it has to be asked for. */
  unpack(parcel: TopologyParcel): { moveId: string; topology: Topology } | null
  /** A whole picture that came another way, as the answer to a call. */
  know(moveId: string, topology: Topology): void
}

/** Unpacks what `topologyPacker` packed. What did not change is the same object as before. */
export const topologyUnpacker = (): TopologyUnpacker => {
  const known = new Map<string, Topology>()
  return {
    know: (moveId, topology) => known.set(moveId, topology),
    unpack: (parcel) => {
      const { moveId } = parcel
      if ('topology' in parcel) {
        known.set(moveId, parcel.topology)
        return parcel
      }
      const last = known.get(moveId)
      if (last?.at === parcel.at) return { moveId, topology: last }
      if (last?.at !== parcel.base) return null
      const patch = JSON.parse(parcel.changes) as Patch | null
      const topology = patch ? (patched(last as unknown as Json, patch) as unknown as Topology) : last
      known.set(moveId, topology)
      return { moveId, topology }
    }
  }
}
