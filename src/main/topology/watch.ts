import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LagHistory } from '../../shared/contract'
import { fail, failureOf } from '../../shared/failure'
import { changeRefused } from '../../shared/look-only'
import { databasePair, type Move, serversOf } from '../../shared/move'
import type { BridgeState, DomainState, Topology } from '../../shared/topology'
import { statementsFor } from '../mysql/statements'
import { surveyServer } from '../mysql/survey'
import type { Reach } from '../reach/reach'
import type { HostReach } from './app-nodes'
import { BridgeRate } from './bridge-rate'
import { buildTopology, type Look } from './build'
import { Heartbeat } from './heartbeat'
import { LagSeries } from './lag-series'
import { ServerClock } from './server-clock'
import { WriteRate } from './write-rate'

export interface WatchOptions {
  reach: Reach
  /** The move as it is now: it may be edited while it is watched. */
  move: () => Move
  /** Write heartbeat rows on the active server (where their table exists). */
  heartbeat: boolean
  intervalMs?: number
  surveyDeadlineMs?: number
  readBridge?: () => Promise<BridgeState>
  readDomains?: () => Promise<DomainState[]>
  onChange: (topology: Topology, lag: LagHistory) => void
  signal: AbortSignal
}

export interface TopologyWatch {
  latest(): Topology | null
  lag(): LagHistory
  /** Asks everything now and waits for the answers, within the deadline of one survey. */
  refresh(): Promise<Topology>
  /** Around a hold: nothing of ours waits behind it. */
  pauseHeartbeat(): void
  resumeHeartbeat(): void
  /** A run has asked the name servers itself: its look takes the place of an older one. */
  domainSeen(state: DomainState): void
  /** Ends when the signal does. */
  readonly ended: Promise<void>
}

const slowEveryMs = 10_000
/** With 500 servers each is asked every fourth second: well before what it said counts as stale. */
const mostAtOnce = 125
const sizesEveryMs = 600_000
const sizesWhileEmptyMs = 15_000
const unknownBridge: BridgeState = {
  kind: 'unknown',
  since: null,
  roundTripMs: null,
  supervisor: null,
  detail: 'not asked yet',
  at: 0
}

/** Surveys all databases of a move side by side; one that does not answer delays none of the others. */
export const watchTopology = (options: WatchOptions): TopologyWatch => {
  const { reach, signal } = options
  // Each server that is just asked listens, and there may be hundreds; afterwards none does.
  setMaxListeners(0, signal)
  const intervalMs = options.intervalMs ?? 1000
  const deadlineMs = options.surveyDeadlineMs ?? 4000
  const looks = new Map<string, Look>()
  const clocks = new Map<string, ServerClock>()
  const busy = new Map<string, Promise<void>>()
  const hosts = new Map<string, HostReach>()
  const sizes = new Map<string, { at: number; bytes: number | null }>()
  const rates = new WriteRate()
  const bridgeRate = new BridgeRate()
  const lags = new LagSeries()
  const heartbeat = new Heartbeat(reach)
  let bridge = unknownBridge
  let domains: DomainState[] = []
  let topology: Topology | null = null
  let slowAt = Number.NEGATIVE_INFINITY

  const look = async (server: string): Promise<void> => {
    const ask = { deadlineMs, signal }
    try {
      const capabilities = await within(deadlineMs, server, reach.capabilities(server))
      const session = await within(deadlineMs, server, reach.session(server, 'observe', { ...ask, packets: true }))
      const clock = clocks.get(server) ?? new ServerClock()
      const sentMs = Date.now()
      const [row] = await session.query(statementsFor(capabilities).clock(), [], ask)
      clock.add(sentMs, Date.now(), BigInt(row?.now_us ?? '0'))
      clocks.set(server, clock)
      const known = sizes.get(server)
      // An empty server is about to be filled: it is weighed again soon.
      const weigh = !known || Date.now() - known.at > (known.bytes ? sizesEveryMs : sizesWhileEmptyMs)
      const survey = await surveyServer(session, capabilities, server, { ...ask, sizes: weigh })
      if (weigh) sizes.set(server, { at: Date.now(), bytes: survey.dataBytes })
      else survey.dataBytes = known.bytes
      rates.add(server, survey)
      looks.set(server, { survey, failure: null, roundTripMs: clock.roundTripMs, writesPerSecond: rates.of(server) })
    } catch (error) {
      if (signal.aborted) return
      rates.add(server, null)
      looks.set(server, {
        survey: looks.get(server)?.survey ?? null,
        failure: { failure: failureOf(error), at: Date.now() },
        roundTripMs: clocks.get(server)?.roundTripMs ?? null,
        writesPerSecond: rates.of(server)
      })
    }
  }

  /** Starts a survey unless one is under way. */
  const lookOnce = (server: string): Promise<void> => {
    const running = busy.get(server)
    if (running) return running
    const begun = look(server).finally(() => busy.delete(server))
    busy.set(server, begun)
    return begun
  }

  const beat = async (): Promise<void> => {
    const active = topology?.nodes.find((node) => node.server === topology?.active)?.survey
    if (!options.heartbeat || !topology || !active || changeRefused(options.move(), active.server))
      return heartbeat.forget()
    const replicas = topology.links.filter((link) => link.source === active.server).map((link) => link.replica)
    const writer = { server: active.server, serverId: active.identity.serverId }
    await heartbeat.round({ active: writer, replicas: [...new Set(replicas)], clocks, signal })
  }

  const lookSlowly = async (): Promise<void> => {
    slowAt = Date.now()
    const apps = serversOf(options.move()).filter(({ server }) => server.kind !== 'database' && server.ssh.length > 0)
    await Promise.all([
      ...apps.map(async ({ server }) => hosts.set(server.id, await hostReach(reach, server.id, deadlineMs))),
      options.readBridge?.().then(
        (state) => {
          bridge = bridgeRate.add(state)
        },
        (error) => {
          bridge = bridgeRate.add({
            ...bridge,
            kind: 'unknown',
            detail: failureOf(error).what,
            at: Date.now(),
            carried: null
          })
        }
      ),
      options.readDomains?.().then(
        (states) => {
          // A run may have asked while these answers were on their way.
          domains = states.map((state) => newer(state, domains))
        },
        () => undefined
      )
    ])
  }

  const publish = (): Topology => {
    const move = options.move()
    const known = new Set(serversOf(move).map(({ server }) => server.id))
    for (const server of looks.keys()) if (!known.has(server)) looks.delete(server)
    topology = buildTopology({
      at: Date.now(),
      move,
      looks,
      hosts,
      bridge,
      domains,
      lagOf: (replica, source) => heartbeat.lagOf(replica, source),
      // What is drawn on a line is the last minute; charts have their own.
      lagHistoryOf: (id) => lags.of(id).slice(-60)
    })
    lags.add(topology.at, Object.fromEntries(topology.links.map((link) => [link.id, link.lagSeconds])))
    if (!signal.aborted) options.onChange(topology, lags.history())
    return topology
  }

  const databases = () => serversOf(options.move()).filter(({ server }) => server.kind === 'database')
  const lookAll = () => Promise.all(databases().map(({ server }) => lookOnce(server.id)))

  /** Of many servers some at each turn, so that neither this computer nor its lines are busy with looking alone; the pair at every turn. */
  const lookInTurn = (turn: number): Promise<unknown> => {
    const all = databases()
    const turns = Math.ceil(all.length / mostAtOnce)
    if (turns <= 1) return lookAll()
    // The first picture does not wait for the next second.
    if (turn === 0) return lookAll().then(() => publish())
    const pair = databasePair(options.move())
    const isDue = (id: string, index: number) =>
      index % turns === turn % turns || id === pair?.old.id || id === pair?.new.id
    return Promise.all(
      all.filter(({ server }, index) => isDue(server.id, index)).map(({ server }) => lookOnce(server.id))
    )
  }

  const run = async (): Promise<void> => {
    let turn = 0
    let slow: Promise<void> | null = null
    let beating = false
    while (!signal.aborted) {
      const began = Date.now()
      if (!slow && Date.now() - slowAt > slowEveryMs)
        slow = lookSlowly().finally(() => {
          slow = null
        })
      if (!beating) {
        beating = true
        void beat().finally(() => {
          beating = false
        })
      }
      await Promise.race([lookInTurn(turn), sleep(intervalMs * 0.9, undefined, { ref: false })])
      turn += 1
      publish()
      await sleep(Math.max(20, intervalMs - (Date.now() - began)), undefined, { signal }).catch(() => undefined)
    }
  }

  return {
    latest: () => topology,
    lag: () => lags.history(),
    refresh: async () => {
      await Promise.all([lookAll(), lookSlowly()])
      publish()
      await beat()
      return publish()
    },
    pauseHeartbeat: () => heartbeat.pause(),
    resumeHeartbeat: () => heartbeat.resume(),
    domainSeen: (state) => {
      domains = [...domains.filter((known) => known.name !== state.name), state]
    },
    ended: run()
  }
}

const askedAt = (state: DomainState): number => Math.max(0, ...state.answers.map((answer) => answer.at))

const newer = (state: DomainState, known: readonly DomainState[]): DomainState => {
  const other = known.find((one) => one.name === state.name)
  return other && askedAt(other) > askedAt(state) ? other : state
}

const hostReach = async (reach: Reach, server: string, deadlineMs: number): Promise<HostReach> => {
  try {
    await within(deadlineMs, server, reach.ssh(server))
    return { reached: true, failure: null, at: Date.now() }
  } catch (error) {
    return { reached: false, failure: failureOf(error), at: Date.now() }
  }
}

/** Opening a connection may wait for a host that is silent; a look at it never does longer than this. */
const within = async <T>(deadlineMs: number, server: string, work: Promise<T>): Promise<T> => {
  const late = new AbortController()
  try {
    return await Promise.race([
      work,
      sleep(deadlineMs, undefined, { signal: late.signal }).then(() => {
        throw fail('timeout', `${server} did not answer within ${deadlineMs / 1000} s.`, {
          where: server,
          try: ['Run the connection doctor on it: it tells which layer is silent.']
        })
      })
    ])
  } finally {
    late.abort()
    work.catch(() => undefined)
  }
}
