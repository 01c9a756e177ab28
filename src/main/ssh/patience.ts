import { type FailureError, fail } from '../../shared/failure'

export interface Patience {
  /** The promise's value, or a failure once its time is used up or the signal aborts; `giveUp` then drops what was being opened. */
  limit<T>(promise: Promise<T>, late: () => FailureError, giveUp: () => void, signal?: AbortSignal): Promise<T>
  /** The clock stands still while a person or a token is waited for. */
  hold<T>(waiting: Promise<T>): Promise<T>
}

/** A deadline for the other side's time only: what a person takes to answer does not count. */
export const makePatience = (deadlineMs: number): Patience => {
  let leftMs = deadlineMs
  let holds = 0
  let since = 0
  let timer: NodeJS.Timeout | undefined
  let expire: (() => void) | null = null
  const run = () => {
    if (!expire || holds > 0) return
    since = Date.now()
    timer = setTimeout(expire, Math.max(1, leftMs))
  }
  const pause = () => {
    if (!expire) return
    clearTimeout(timer)
    leftMs -= Date.now() - since
  }
  return {
    limit: (promise, late, giveUp, signal) =>
      new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          clearTimeout(timer)
          expire = null
          signal?.removeEventListener('abort', onAbort)
          finish()
        }
        const stop = (failure: FailureError) =>
          settle(() => {
            giveUp()
            reject(failure)
          })
        const onAbort = () => stop(fail('cancelled', 'Cancelled.'))
        promise.then(
          (value) => settle(() => resolve(value)),
          (error) => settle(() => reject(error))
        )
        if (signal?.aborted) return onAbort()
        signal?.addEventListener('abort', onAbort, { once: true })
        expire = () => stop(late())
        run()
      }),
    hold: async (waiting) => {
      if (holds++ === 0) pause()
      try {
        return await waiting
      } finally {
        if (--holds === 0) run()
      }
    }
  }
}
