import { FailureError, failureOf } from '../../shared/failure'

/** One thing per key, made at first use: concurrent callers share one attempt, a lost thing is made anew. */
export interface Kept<T> {
  get(key: string): Promise<T>
  /** What is there now, without making anything. */
  present(): T[]
  forget(key: string): void
  /** Lets the next caller try at once; without a key, for all. */
  retry(key?: string): void
}

interface Held {
  failure: FailureError
  failures: number
  until: number
}

export interface KeptOptions {
  /** After so many failures in a row, how long callers get the last one instead of a new attempt. Default: not at all. */
  holdOffMs?: (failure: FailureError, failures: number) => number
  now?: () => number
}

/** `alive` tells whether a kept thing still serves. A failed attempt is forgotten once its time to hold off is over. */
export const kept = <T>(
  make: (key: string) => Promise<T>,
  alive: (thing: T) => boolean,
  { holdOffMs = () => 0, now = () => performance.now() }: KeptOptions = {}
): Kept<T> => {
  const things = new Map<string, T>()
  const making = new Map<string, Promise<T>>()
  const held = new Map<string, Held>()
  const hold = (key: string, error: unknown): void => {
    const failure = error instanceof FailureError ? error : new FailureError(failureOf(error))
    const failures = (held.get(key)?.failures ?? 0) + 1
    held.set(key, { failure, failures, until: now() + holdOffMs(failure, failures) })
  }
  return {
    get: (key) => {
      const thing = things.get(key)
      if (thing !== undefined) {
        if (alive(thing)) return Promise.resolve(thing)
        things.delete(key)
      }
      const attempt = making.get(key)
      if (attempt) return attempt
      const last = held.get(key)
      if (last && now() < last.until) return Promise.reject(last.failure)
      const next = make(key)
        .then((made) => {
          things.set(key, made)
          held.delete(key)
          return made
        })
        .catch((error: unknown) => {
          hold(key, error)
          throw error
        })
        .finally(() => making.delete(key))
      making.set(key, next)
      return next
    },
    present: () => [...things.values()].filter(alive),
    forget: (key) => {
      things.delete(key)
    },
    retry: (key) => {
      if (key === undefined) held.clear()
      else held.delete(key)
    }
  }
}
