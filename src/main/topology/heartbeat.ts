import { setTimeout as sleep } from 'node:timers/promises'
import { failureOf } from '../../shared/failure'
import type { Row } from '../mysql/session'
import { statementsFor } from '../mysql/statements'
import type { Reach } from '../reach/reach'
import type { ServerClock } from './server-clock'

export interface HeartbeatRound {
  /** The one server that takes writes. */
  active: { server: string; serverId: number }
  /** Servers that follow it. */
  replicas: readonly string[]
  clocks: ReadonlyMap<string, ServerClock>
  signal: AbortSignal
}

const table = { missing: new Set<string | number>([1146, 1049]), lookAgainMs: 10_000 }
const writeDeadlineMs = 2000
const lookForMs = 600
const lookEveryMs = 40

/**
 * One row on the active server, written once a second and looked for on its replicas: the only lag that does not lie
 * when the line is silent. Writes only where the table of the replicate runbook exists, and never on a read-only server.
 */
export class Heartbeat {
  #source: string | null = null
  #paused = false
  readonly #absentSince = new Map<string, number>()
  readonly #seen = new Map<string, bigint>()
  readonly #unseen = new Map<string, number[]>()
  readonly #looking = new Map<string, Promise<void>>()
  readonly #lags = new Map<string, number | null>()
  readonly #reach: Reach

  constructor(reach: Reach) {
    this.#reach = reach
  }

  /** While a hold stands nothing of ours should queue behind it. */
  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
  }

  /** Seconds; null = unknown. */
  lagOf(replica: string, source: string): number | null {
    return source === this.#source ? (this.#lags.get(replica) ?? null) : null
  }

  /** Nobody takes writes, or more than one does: nothing is known. */
  forget(): void {
    this.#source = null
    this.#lags.clear()
    this.#seen.clear()
    this.#unseen.clear()
  }

  /** Writes one beat and looks for it; bounded, and never rejects: what could not be read becomes unknown. */
  async round(round: HeartbeatRound): Promise<void> {
    const { active, replicas } = round
    if (this.#source !== active.server) {
      this.forget()
      this.#source = active.server
    }
    if (this.#paused || this.#isAbsent(active.server)) return
    const sentMs = Date.now()
    for (const replica of replicas)
      this.#unseen.set(replica, [...(this.#unseen.get(replica) ?? []), sentMs].slice(-900))
    const looks = replicas.map((replica) => this.#lookOnce(replica, round))
    const written = await this.#write(active.server, round.signal)
    if (!written) for (const replica of replicas) this.#unseen.get(replica)?.pop()
    await Promise.race([Promise.all(looks), sleep(lookForMs)])
  }

  /** A replica that is silent is not asked again before it answered or was given up; the others go on. */
  #lookOnce(replica: string, round: HeartbeatRound): Promise<void> {
    const running = this.#looking.get(replica)
    if (running) return running
    const begun = this.#look(replica, round).finally(() => this.#looking.delete(replica))
    this.#looking.set(replica, begun)
    return begun
  }

  #isAbsent(server: string): boolean {
    const since = this.#absentSince.get(server)
    return since !== undefined && Date.now() - since < table.lookAgainMs
  }

  async #write(server: string, signal: AbortSignal): Promise<boolean> {
    try {
      const words = statementsFor(await this.#reach.capabilities(server))
      const session = await this.#reach.session(server, 'heartbeat', { deadlineMs: writeDeadlineMs, signal })
      await session.query(words.heartbeat(), [], { deadlineMs: writeDeadlineMs, signal })
      this.#absentSince.delete(server)
      return true
    } catch (error) {
      this.#note(server, error)
      return false
    }
  }

  #note(server: string, error: unknown): void {
    const { code, kind } = failureOf(error)
    if ((code !== undefined && table.missing.has(code)) || kind === 'denied') this.#absentSince.set(server, Date.now())
  }

  /** Looks until the new beat is there or the round's time is over. */
  async #look(replica: string, { active, clocks, signal }: HeartbeatRound): Promise<void> {
    const until = Date.now() + lookForMs
    try {
      const words = statementsFor(await this.#reach.capabilities(replica))
      const session = await this.#reach.session(replica, 'heartbeat', { deadlineMs: writeDeadlineMs, signal })
      for (;;) {
        const rows = await session.query(words.readHeartbeat(), [], { deadlineMs: writeDeadlineMs, signal })
        const row = rows.find((candidate) => Number(candidate.server_id) === active.serverId)
        if (row && this.#judge(replica, row, clocks.get(active.server), clocks.get(replica))) return
        if (Date.now() > until || signal.aborted) break
        await sleep(lookEveryMs)
      }
      const oldest = this.#unseen.get(replica)?.[0]
      const known = this.#seen.has(replica)
      this.#lags.set(replica, known && oldest !== undefined ? Math.max(0, Date.now() - oldest) / 1000 : null)
    } catch (error) {
      this.#note(replica, error)
      this.#lags.set(replica, null)
    }
  }

  /** True when the newest beat sent is the one that was seen. */
  #judge(replica: string, row: Row, source: ServerClock | undefined, own: ServerClock | undefined): boolean {
    const at = BigInt(row.at_us ?? '0')
    const isNew = at > (this.#seen.get(replica) ?? 0n)
    this.#seen.set(replica, at)
    if (!isNew || source?.offsetMs == null || own?.offsetMs == null) return false
    const beatMs = Number(at) / 1000 - source.offsetMs
    // A beat's time on the wire is far below half its interval; later ones are still on their way.
    const pending = (this.#unseen.get(replica) ?? []).filter((sentMs) => sentMs > beatMs + 250)
    this.#unseen.set(replica, pending)
    if (pending.length > 0) return false
    const nowMs = Number(BigInt(row.now_us ?? '0')) / 1000 - own.offsetMs
    this.#lags.set(replica, Math.max(0, nowMs - beatMs) / 1000)
    return true
  }
}
