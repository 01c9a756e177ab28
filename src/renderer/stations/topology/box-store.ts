import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { BoxData } from './nodes/box-view'

/**
 * What each box says, beside the canvas: the canvas knows only places, so that a look at five hundred servers makes it measure
 * and arrange nothing, and only boxes in sight whose words changed are drawn again.
 */
export class BoxStore {
  #data: ReadonlyMap<string, BoxData> = new Map()
  #told: ReadonlyMap<string, BoxData> = new Map()
  readonly #listeners = new Map<string, Set<() => void>>()

  /** Puts what is said from now on; it is told by `tell`, after the picture was drawn. */
  put(data: ReadonlyMap<string, BoxData>): void {
    this.#data = data
  }

  tell(): void {
    const before = this.#told
    this.#told = this.#data
    for (const [id, listeners] of this.#listeners)
      if (before.get(id) !== this.#data.get(id)) for (const listener of [...listeners]) listener()
  }

  get(id: string): BoxData | undefined {
    return this.#data.get(id)
  }

  listen(id: string, listener: () => void): () => void {
    const known = this.#listeners.get(id) ?? new Set()
    known.add(listener)
    this.#listeners.set(id, known)
    return () => {
      known.delete(listener)
      if (known.size === 0) this.#listeners.delete(id)
    }
  }
}

/** The store of the canvas around. */
export const BoxStoreContext = createContext(new BoxStore())

/** What a box says now. */
export const useBoxData = (id: string): BoxData | undefined => {
  const store = useContext(BoxStoreContext)
  const listen = useCallback((listener: () => void) => store.listen(id, listener), [store, id])
  return useSyncExternalStore(listen, () => store.get(id))
}
