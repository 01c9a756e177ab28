import type { BridgeState } from '../../shared/topology'

type Carried = NonNullable<BridgeState['carried']>

/** Between two looks that follow at once nothing can be told. */
const leastMs = 2000

/** Bytes a second through the bridge, from the counts of its connection at two looks. */
export class BridgeRate {
  #from: Carried | null = null
  #last: BridgeState['throughput'] = null

  /** The state with what was carried since the look before; null: not known, as after a connection anew. */
  add(state: BridgeState): BridgeState {
    const now = state.carried ?? null
    const from = this.#from
    const isSame = now !== null && from?.connection === now.connection
    const overMs = isSame ? now.at - from.at : 0
    if (isSame && overMs < leastMs) return { ...state, throughput: this.#last }
    const perSecond = (from: number, to: number) => (Math.max(0, to - from) * 1000) / overMs
    this.#from = now
    this.#last = isSame
      ? {
          toNewPerSecond: perSecond(from.toNewBytes, now.toNewBytes),
          toOldPerSecond: perSecond(from.toOldBytes, now.toOldBytes),
          overMs,
          at: now.at
        }
      : null
    return { ...state, throughput: this.#last }
  }
}
