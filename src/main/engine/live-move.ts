import type { EventName, Events, OpenMove } from '../../shared/contract'
import type { DoctorState, HostKeyQuestion } from '../../shared/doctor'
import type { News } from '../../shared/drift-schedule-words'
import { fail } from '../../shared/failure'
import type { PreflightResult, PreflightState } from '../../shared/finding'
import { type Move, type SiteSide, serverOf, type Waiver } from '../../shared/move'
import type { TopologySnapshot } from '../../shared/topology'
import type { Canary } from '../canary/canary'
import { makeReach } from '../reach/make-reach'
import type { Reach } from '../reach/reach'
import type { ReachDeps } from '../reach/reach-deps'
import { makeReaching } from '../runbooks/hands'
import { readBridge, restartBridge } from '../runbooks/link/read-bridge'
import { JournalFile } from '../store/journal-file'
import type { Moves } from '../store/moves'
import type { MoveSecrets } from '../store/secrets'
import { Snapshots } from '../store/snapshots'
import { type TopologyWatch, watchTopology } from '../topology/watch'
import { allowedDocument, sameServers } from './allowed-document'
import type { DriftTimer } from './drift-schedule'
import { allKept, asJson, keptNames, lastKept } from './kept-documents'
import { makeLiveCanary } from './live-canary'
import { type LiveDiff, makeLiveDiff } from './live-diff'
import { makeLiveDoctor } from './live-doctor'
import { type LiveDocument, openLiveDocument } from './live-document'
import type { LiveDrift } from './live-drift'
import { makeLivePreflight } from './live-preflight'
import { makeRunbook } from './make-runbook'
import { tellForgotten, tellMissing } from './missing-secrets'
import { makeMoveDrift } from './move-drift'
import { pairIdentities } from './pair-identities'
import { readDomains } from './read-domains'
import { replaceableReach, sameWays } from './replaceable-reach'
import { makeRunDesk, type RunDesk } from './run-desk'
import { makeRunKeepsake } from './run-keepsake'
import { keepSchedule } from './snapshot-schedule'
import { writesWait } from './writes-wait'

export interface LiveMoveDeps {
  moves: Moves
  moveId: string
  /** A move file from elsewhere: takes the place of the kept document once the journal is ours. */
  document?: Move
  operator: string
  secrets: ReachDeps['secrets'] & Partial<Pick<MoveSecrets, 'follow'>>
  askHostKey: ((question: HostKeyQuestion) => Promise<boolean>) | null
  askQuestion?: ReachDeps['askQuestion']
  knownHosts?: ReachDeps['knownHosts'] | undefined
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void
  tell?(news: News): void
  now?(): number
}

/** One opened move: everything that is alive for it, closed by `close`. */
export interface LiveMove {
  readonly desk: RunDesk
  readonly reach: Reach
  readonly journal: JournalFile
  move(): Move
  snapshot(): OpenMove
  /** Begins to survey all databases every second. */
  watch(): TopologyWatch
  readonly document: LiveDocument
  save(move: Move): Promise<number>
  doctor(serverId: string): Promise<DoctorState>
  /** A secret on the way to a server is another one by now. */
  secretChanged(serverId: string): void
  preflight(): Promise<PreflightState>
  waive(waiver: Omit<Waiver, 'by' | 'at'>): Promise<PreflightState>
  unwaive(check: string, server: string | null): Promise<PreflightState>
  readonly diff: LiveDiff
  /** Takes snapshots and compares by the move's schedules from now on. */
  keepSchedule(): void
  restartBridge(): Promise<void>
  readonly drift: LiveDrift
  readonly timer: DriftTimer
  startCanary(): Canary
  stopCanary(): Promise<void>
  close(): Promise<void>
}

/** Reads the move and its journal and stands ready; nothing is contacted before it is asked for. */
export const openLiveMove = async (deps: LiveMoveDeps): Promise<LiveMove> => {
  const { moves, moveId, operator, emit } = deps
  const journal = await JournalFile.open(moves.pathOf(moveId, 'journal.jsonl'))
  const first = await allowedDocument(deps).catch(async (error: unknown) => {
    await journal.close()
    throw error
  })
  const snapshots = await Snapshots.open(moves.pathOf(moveId, 'snapshots'))
  const ending = new AbortController()
  const reaches = {
    secrets: deps.secrets,
    askHostKey: deps.askHostKey,
    askQuestion: deps.askQuestion ?? null,
    ...(deps.knownHosts ? { knownHosts: deps.knownHosts } : {})
  }
  const reachFor = (to: Move) => makeReach({ move: to, ...reaches })
  let move = first.move
  const { reach, replace } = replaceableReach(reachFor(move), () => move)
  const doctor = makeLiveDoctor({
    reach,
    reaching: reaches,
    move: () => move,
    onState: (serverId, state) => emit('doctor', { moveId, serverId, doctor: state }),
    signal: ending.signal
  })
  let watcher: TopologyWatch | null = null

  const journalState = () => ({ entries: journal.entries.length, savedAt: journal.savedAt, problem: journal.problem })
  const write: JournalFile['write'] = async (body) => {
    const entry = await journal.write(body)
    emit('journal', { moveId, journal: journalState() })
    return entry
  }
  const keep = (name: string, document: unknown) => write({ type: 'kept', run: null, name, document: asJson(document) })
  const active = (): SiteSide => {
    const id = watcher?.latest()?.active
    return (id && serverOf(move, id)?.side) || 'old'
  }
  const { drift, timer } = makeMoveDrift({
    ...deps,
    reach,
    move: () => move,
    entries: journal.entries,
    keep,
    desk: () => desk,
    signal: ending.signal
  })
  const canary = makeLiveCanary({
    reach,
    active,
    onState: (state) => emit('canary', { moveId, canary: state }),
    keep: async (ledger) => {
      await keep(keptNames.canary, ledger)
    },
    note: async (text) => {
      await write({ type: 'note', run: null, text })
    }
  })

  const reaching = makeReaching(reach)
  const desk: RunDesk = makeRunDesk({
    operator,
    reaching,
    journal: { entries: journal.entries, write },
    make: (kind, subject, resumed) =>
      makeRunbook(kind, subject, resumed, {
        reach,
        reaching,
        move,
        operator,
        preflight: () => preflight.state(),
        drift: drift.state,
        topology: () => watcher?.latest() ?? null,
        runs: () => desk.runs(),
        canary: canary.current,
        entries: () => journal.entries,
        domainSeen: (state) => watcher?.domainSeen(state)
      }),
    identities: () => pairIdentities(reach, move),
    keepsake: makeRunKeepsake({
      canary,
      diff: () => diff,
      watcher: () => watcher,
      keep,
      note: (text) => write({ type: 'note', run: null, text })
    }),
    onRun: (run) => {
      if (writesWait(run)) watcher?.pauseHeartbeat()
      else watcher?.resumeHeartbeat()
      reach.pace(['running', 'waiting', 'aborting'].includes(run.state.kind) ? 'run' : 'calm')
      emit('run', { moveId, run })
      timer.look()
    }
  })

  const watch = (): TopologyWatch => {
    watcher ??= watchTopology({
      reach,
      move: () => move,
      heartbeat: true,
      readBridge: () => readBridge({ reach, move }),
      readDomains: () => readDomains(move),
      onChange: (topology, lag) => {
        emit('topology', { moveId, topology })
        emit('lag', { moveId, lag })
        emit('sessions', { moveId, open: reach.openSessions() })
      },
      signal: ending.signal
    })
    return watcher
  }

  const document = await openLiveDocument({
    moves,
    moveId,
    first,
    mayBecome: (before, after) => {
      if (!sameServers(before, after) && desk.isBusy())
        throw fail('conflict', 'Servers cannot be edited while a run is going on.', {
          try: ['Wait for the run, or abort it.']
        })
    },
    onMove: async (before, after, by) => {
      move = after
      if (!sameWays(before, after)) await replace(reachFor(after))
      emit('move', { moveId, move, savedAt: Date.now() })
      doctor.moved()
      timer.look()
      if (by !== 'edit' && by !== 'site') await tellMissing(deps, before, after)
    },
    onState: (state) => emit('document', { moveId, document: state }),
    follow: async (mapping) => tellForgotten(deps, (await deps.secrets.follow?.(mapping)) ?? []),
    note: (text) => write({ type: 'note', run: null, text })
  }).catch(async (error: unknown) => {
    await journal.close()
    throw error
  })

  const preflight = makeLivePreflight({
    reach,
    operator,
    move: () => move,
    save: document.save,
    watch,
    last: lastKept<PreflightResult>(journal.entries, keptNames.preflight),
    onState: (state) => emit('preflight', { moveId, preflight: state }),
    keep: (result) => keep(keptNames.preflight, result),
    decide: (what) => write({ type: 'decision', run: null, by: operator, what }),
    signal: ending.signal
  })

  const diff = makeLiveDiff({
    reach,
    operator,
    move: () => move,
    save: document.save,
    watch,
    snapshots,
    earlier: () => allKept<TopologySnapshot>(journal.entries, keptNames.snapshot),
    onSnapshots: (heads) => emit('snapshots', { moveId, snapshots: heads }),
    decide: (what) => write({ type: 'decision', run: null, by: operator, what }),
    signal: ending.signal
  })

  return {
    desk,
    reach,
    journal,
    move: () => move,
    snapshot: () => ({
      move,
      savedAt: document.savedAt(),
      document: document.state(),
      topology: watcher?.latest() ?? null,
      snapshots: diff.heads(),
      doctors: doctor.doctors,
      preflight: preflight.state(),
      drift: drift.state(),
      driftSchedule: timer.state(),
      runs: desk.runs(),
      canary: canary.state(),
      lag: watcher?.lag() ?? { at: [], series: {} },
      journal: journalState()
    }),
    watch,
    document,
    save: document.save,
    doctor: doctor.run,
    secretChanged: doctor.secretChanged,
    preflight: preflight.run,
    waive: preflight.waive,
    unwaive: preflight.unwaive,
    diff,
    keepSchedule: () => {
      const { signal } = ending
      const take = (name: string) => diff.take(name, 'schedule')
      keepSchedule({ move: () => move, heads: diff.heads, isBusy: desk.isBusy, take, signal })
      timer.begin()
    },
    restartBridge: async () => {
      await write({ type: 'decision', run: null, by: operator, what: 'Restarted the bridge.' })
      await restartBridge({ reach, move })
      await watcher?.refresh()
    },
    drift,
    timer,
    startCanary: canary.start,
    stopCanary: canary.stop,
    close: async () => {
      await desk.close()
      await canary.stop().catch(() => {})
      ending.abort()
      await document.close()
      await reach.close()
      await journal.close()
    }
  }
}
