import { type FailureError, fail } from './failure'

/**
 * The promise's value, or the given failure when the deadline passes or the signal aborts first.
 * `giveUp` runs in those two cases so that what was being opened is dropped.
 */
export const within = <T>(
  promise: Promise<T>,
  deadlineMs: number,
  late: () => FailureError,
  options: { signal?: AbortSignal; giveUp?: () => void } = {}
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const { signal, giveUp } = options
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const onAbort = () =>
      settle(() => {
        giveUp?.()
        reject(fail('cancelled', 'Cancelled.'))
      })
    const timer = setTimeout(
      () =>
        settle(() => {
          giveUp?.()
          reject(late())
        }),
      deadlineMs
    )
    promise.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error))
    )
    if (signal?.aborted) onAbort()
    else signal?.addEventListener('abort', onAbort, { once: true })
  })

/** `5 s`, `1.5 s` or `400 ms`: how a deadline reads in a sentence. */
export const deadlineText = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`)
