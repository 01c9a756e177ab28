import { fail } from '../../shared/failure'
import type { Domain } from '../../shared/move'
import type { DomainState } from '../../shared/topology'
import { type Ask, lookDomain } from './audit'
import { lookup } from './lookup'

export interface Propagation {
  agreed: number
  total: number
  /** Until the old record has left every cache that keeps to its TTL. */
  ttlLeftSeconds: number
  /** Who still answers something else. */
  behind: string[]
  done: boolean
}

const same = (one: readonly string[], other: readonly string[]): boolean => {
  const [a, b] = [[...one].sort(), [...other].sort()].map((list) =>
    list.map((value) => value.toLowerCase().replace(/\.$/, ''))
  )
  return a !== undefined && b !== undefined && a.length === b.length && a.every((value, index) => value === b[index])
}

/** How far a change has travelled: all servers agree and the old TTL has passed. */
export const propagationOf = (
  state: DomainState,
  want: readonly string[],
  changedAt: number,
  oldTtlSeconds: number,
  now: number
): Propagation => {
  const behind = state.answers
    .filter((answer) => answer.failure !== undefined || !same(answer.values, want))
    .map((answer) => answer.resolver)
  const ttlLeftSeconds = Math.max(0, Math.ceil((changedAt + oldTtlSeconds * 1000 - now) / 1000))
  return {
    agreed: state.answers.length - behind.length,
    total: state.answers.length,
    ttlLeftSeconds,
    behind,
    done: behind.length === 0 && ttlLeftSeconds === 0
  }
}

export interface WatchOptions {
  want: readonly string[]
  changedAt: number
  oldTtlSeconds: number
  deadlineMs: number
  signal: AbortSignal
  /** Waits, or rejects when stopped. */
  pause(ms: number): Promise<void>
  onLook(state: DomainState, propagation: Propagation): void
  ask?: Ask
  everyMs?: number
}

/** Watches until all agree and the old TTL has passed; rejects with who is behind at the deadline. */
export const watchDomain = async (domain: Domain, options: WatchOptions): Promise<Propagation> => {
  const until = Date.now() + options.deadlineMs
  for (;;) {
    const state = await lookDomain(domain, options.ask ?? lookup)
    const propagation = propagationOf(state, options.want, options.changedAt, options.oldTtlSeconds, Date.now())
    options.onLook(state, propagation)
    if (propagation.done) return propagation
    if (Date.now() >= until)
      throw fail(
        'timeout',
        `${propagation.agreed} of ${propagation.total} name servers answer the new address of ${domain.name}.`,
        {
          why: propagation.behind.length
            ? `Behind: ${propagation.behind.join(', ')}.`
            : `The old TTL has ${propagation.ttlLeftSeconds} s left.`,
          try: ['Watch on; visitors of a slow resolver still reach the old web servers, which use the new database.']
        }
      )
    await options.pause(options.everyMs ?? 1000)
  }
}
