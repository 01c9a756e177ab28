/** One thing per key, made at first use: concurrent callers share one attempt, a failed attempt is forgotten, a lost thing is made anew. */
export interface Kept<T> {
  get(key: string): Promise<T>
  /** What is there now, without making anything. */
  present(): T[]
  forget(key: string): void
}

/** `alive` tells whether a kept thing still serves. */
export const kept = <T>(make: (key: string) => Promise<T>, alive: (thing: T) => boolean): Kept<T> => {
  const things = new Map<string, T>()
  const making = new Map<string, Promise<T>>()
  return {
    get: (key) => {
      const thing = things.get(key)
      if (thing !== undefined) {
        if (alive(thing)) return Promise.resolve(thing)
        things.delete(key)
      }
      const attempt = making.get(key)
      if (attempt) return attempt
      const next = make(key)
        .then((made) => {
          things.set(key, made)
          return made
        })
        .finally(() => making.delete(key))
      making.set(key, next)
      return next
    },
    present: () => [...things.values()].filter(alive),
    forget: (key) => {
      things.delete(key)
    }
  }
}
