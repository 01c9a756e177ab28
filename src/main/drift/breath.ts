import { setTimeout as sleep } from 'node:timers/promises'

/** Ends a turn after work that took `ms`; resolves when the servers have had their pause. */
export type Rest = (ms: number) => Promise<void>

/** How a comparison leaves the servers room for their customers. */
export interface Breath {
  /** Resolves when the next piece of work may begin; rejects when the signal ends. Each turn is ended by its `Rest`. */
  turn(signal: AbortSignal): Promise<Rest>
}

/** A pause that ends at once when the signal does. */
export const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).then(
    () => {},
    () => {}
  )

/** No pause at all: for servers that serve nobody else. */
export const breathless: Breath = { turn: async () => async () => {} }
