import { within } from '../../shared/deadline'
import { fail } from '../../shared/failure'
import type { PreflightResult, PreflightState } from '../../shared/finding'
import type { Move, Waiver } from '../../shared/move'
import { runPreflight } from '../preflight/run'
import { withWaivers } from '../preflight/waive'
import type { Reach } from '../reach/reach'
import type { TopologyWatch } from '../topology/watch'

export interface LivePreflightDeps {
  reach: Reach
  operator: string
  move(): Move
  save(move: Move): Promise<unknown>
  watch(): TopologyWatch
  /** The result kept from an earlier session. */
  last: PreflightResult | null
  onState(state: PreflightState): void
  keep(result: PreflightResult): Promise<unknown>
  /** Writes a decision into the journal. */
  decide(what: string): Promise<unknown>
  signal: AbortSignal
}

/** The preflight of one opened move: its last result and the waivers on it. */
export interface LivePreflight {
  state(): PreflightState
  run(): Promise<PreflightState>
  waive(waiver: Omit<Waiver, 'by' | 'at'>): Promise<PreflightState>
  unwaive(check: string, server: string | null): Promise<PreflightState>
}

/** A watcher that published this recently writes its heartbeats. */
const heartbeatFreshMs = 3000
const refreshDeadlineMs = 5000

export const makeLivePreflight = (deps: LivePreflightDeps): LivePreflight => {
  let state: PreflightState = deps.last ? { kind: 'done', result: deps.last } : { kind: 'never' }
  const set = (next: PreflightState): PreflightState => {
    state = next
    deps.onState(next)
    return next
  }
  /** The check of the lag reads heartbeats, and only a watcher writes them. */
  const freshHeartbeat = async (): Promise<void> => {
    const watching = deps.watch()
    if (Date.now() - (watching.latest()?.at ?? 0) <= heartbeatFreshMs) return
    // A server that is silent is the preflight's to tell, by its own deadline.
    await within(watching.refresh(), refreshDeadlineMs, () => fail('timeout', 'The survey is late.')).catch(() => null)
  }
  const withThese = async (waivers: Waiver[]): Promise<PreflightState> => {
    await deps.save({ ...deps.move(), waivers })
    if (state.kind !== 'done') return state
    const findings = withWaivers(state.result.findings, waivers)
    return set({ kind: 'done', result: { ...state.result, findings } })
  }
  return {
    state: () => state,
    run: async () => {
      if (state.kind === 'running') return state
      const before = state
      set({ kind: 'running', since: Date.now(), last: state.kind === 'done' ? state.result : null })
      try {
        await freshHeartbeat()
        const result = await runPreflight({ reach: deps.reach, move: deps.move(), signal: deps.signal })
        await deps.keep(result)
        return set({ kind: 'done', result })
      } catch (error) {
        set(before)
        throw error
      }
    },
    waive: async (waiver) => {
      const { check, server, reason } = waiver
      await deps.decide(`Waived ${check}${server ? ` on ${server}` : ''}: ${reason}`)
      const others = deps.move().waivers.filter((known) => known.check !== check || known.server !== server)
      return withThese([...others, { ...waiver, by: deps.operator, at: Date.now() }])
    },
    unwaive: async (check, server) => {
      await deps.decide(`Took back the waiver of ${check}.`)
      return withThese(
        deps.move().waivers.filter((known) => known.check !== check || (known.server ?? null) !== server)
      )
    }
  }
}
