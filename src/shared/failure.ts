/** What went wrong, in words a person can act on. Crosses process borders as plain data; only `expose.ts` and `api.ts` translate. */
export type FailureKind =
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'auth'
  | 'denied'
  | 'tls'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'keychain'
  | 'secret-missing'
  | 'server'
  | 'identity'
  | 'storage'
  | 'cancelled'
  | 'internal'

export interface Failure {
  kind: FailureKind
  /** One plain sentence: what failed. */
  what: string
  /** Server, host, file or layer it failed at. */
  where?: string
  /** Why, as far as it is known. */
  why?: string
  /** What to try, most careful first. */
  try: string[]
  /** The other side's own words, shown as data. */
  words?: string
  /** Machine code of the driver or server: ECONNREFUSED, 1045, 1236 … */
  code?: string | number
}

/** The one error class thrown inside a process. */
export class FailureError extends Error {
  readonly failure: Failure
  constructor(failure: Failure, options?: { cause?: unknown }) {
    super([failure.what, failure.where && `(${failure.where})`, failure.why].filter(Boolean).join(' '), options)
    this.name = 'FailureError'
    this.failure = failure
  }
}

/** Builds and throws nothing: `throw fail('timeout', 'lon-db1 did not answer within 5 s', { try: ['…'] })`. */
export const fail = (
  kind: FailureKind,
  what: string,
  more: Partial<Omit<Failure, 'kind' | 'what'>> = {}
): FailureError => new FailureError({ kind, what, try: [], ...more })

/** Any thrown value as a Failure; unknown errors become `internal` with their message and no stack. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof FailureError) return error.failure
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'cancelled', what: 'Cancelled.', try: [] }
  const message = error instanceof Error ? error.message : String(error)
  return {
    kind: 'internal',
    what: 'Siteswap met an error it does not know.',
    words: message.slice(0, 2000),
    try: ['Try again; if it comes back, report it with the words above.']
  }
}

/** A result that carries its failure as data. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }
