import type { CanaryLedger, CanaryState } from '../../shared/canary'
import { failureOf } from '../../shared/failure'
import type { SiteSide } from '../../shared/move'
import type { RunbookKind } from '../../shared/runbook'
import { type Canary, startCanary } from '../canary/canary'
import type { Reach } from '../reach/reach'

export interface LiveCanaryDeps {
  reach: Reach
  active(): SiteSide
  onState(state: CanaryState): void
  /** Keeps the closed books for the report. */
  keep(ledger: CanaryLedger): Promise<void>
  note(text: string): Promise<void>
}

/** The canary orders of one opened move: started by hand or by a switch, their books closed at the end. */
export interface LiveCanary {
  current(): Canary | null
  state(): CanaryState
  start(): Canary
  stop(): Promise<void>
  /** Before and after a run: they travel through every switch. */
  before(kind: RunbookKind): Promise<void>
  after(kind: RunbookKind): Promise<void>
}

const off: CanaryState = {
  kind: 'off',
  hosts: [],
  perSecond: 0,
  sent: 0,
  acknowledged: 0,
  waiting: 0,
  failed: 0,
  found: null,
  longestGapMs: null,
  slots: [],
  at: 0
}

const switches = (kind: RunbookKind): boolean => kind === 'rehearsal' || kind === 'cutover' || kind === 'reverse'

export const makeLiveCanary = (deps: LiveCanaryDeps): LiveCanary => {
  let canary: Canary | null = null
  let state = off
  const tell = (next: CanaryState): void => {
    state = next
    deps.onState(next)
  }
  const start = (): Canary => {
    canary ??= startCanary({ reach: deps.reach, active: deps.active(), now: () => Date.now(), onState: tell })
    return canary
  }
  const stop = async (): Promise<void> => {
    const running = canary
    canary = null
    if (!running) return
    await deps.keep(await running.stop())
    tell({ ...running.state(), kind: 'off' })
  }
  return {
    current: () => canary,
    state: () => state,
    start,
    stop,
    before: async (kind) => {
      if (!switches(kind)) return
      try {
        await start().acknowledgedAfter(Date.now(), 8000)
      } catch (error) {
        await deps.note(`Without canary orders: ${failureOf(error).what}`)
      }
    },
    after: async (kind) => {
      if (switches(kind)) await stop()
    }
  }
}
