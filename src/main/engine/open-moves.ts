import type { EventName, Events } from '../../shared/contract'
import type { HostKeyQuestion } from '../../shared/doctor'
import type { News } from '../../shared/drift-schedule-words'
import { fail } from '../../shared/failure'
import { type Journey, journeyOf } from '../../shared/journey'
import type { ReachDeps } from '../reach/reach-deps'
import { interrupted } from '../runbook/fold'
import type { Moves } from '../store/moves'
import type { SecretStore } from '../store/secrets'
import { type Discoveries, makeDiscoveries } from './live-discovery'
import { type LiveMove, openLiveMove } from './live-move'
import { makeTrials, type Trials } from './trials'

export interface OpenMovesDeps {
  moves: Moves
  secrets: SecretStore
  operator: string
  askHostKey: ((question: HostKeyQuestion) => Promise<boolean>) | null
  askQuestion?: ReachDeps['askQuestion']
  knownHosts?: ReachDeps['knownHosts'] | undefined
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void
  /** What happened by itself, for a person who looks elsewhere. */
  tell?(news: News): void
  /** The clock by which schedules go; tests set it. */
  now?(): number
}

/** The moves that are open in this process: one journal, one reach, one watcher each. */
export interface OpenMoves {
  open(moveId: string): Promise<LiveMove>
  get(moveId: string): LiveMove
  /** The same without a failure: null while it is closed. */
  opened(moveId: string): LiveMove | null
  /** Trials of servers that are not in a move yet. */
  readonly trials: Trials
  /** Searches for servers that others name. */
  readonly discoveries: Discoveries
  /** The computer slept: the lines of all open moves look whether they are still there, and their clocks what is due. */
  woke(): void
  close(moveId: string): Promise<void>
  closeAll(): Promise<void>
}

/** Where the move stands in a few words, for the list of moves: what is wrong comes before how far it is. */
const phaseOf = ({ stations }: Journey): string => {
  const last =
    stations.findLast((station) => station.state === 'stopped') ??
    stations.findLast(({ id, state }) => state !== 'none' && (id !== 'report' || state === 'done'))
  return last ? `${last.id[0]?.toUpperCase()}${last.id.slice(1)}: ${last.line}` : 'Not started'
}

export const makeOpenMoves = (deps: OpenMovesDeps): OpenMoves => {
  const live = new Map<string, Promise<LiveMove>>()
  const ready = new Map<string, LiveMove>()
  const trials = makeTrials({
    askHostKey: deps.askHostKey,
    askQuestion: deps.askQuestion ?? null,
    knownHosts: deps.knownHosts,
    onChange: (moveId, doctor) => deps.emit('trial', { moveId, doctor })
  })

  const get = (moveId: string): LiveMove => {
    const move = ready.get(moveId)
    if (!move) throw fail('conflict', 'This move is not open.', { try: ['Open it from the list of moves.'] })
    return move
  }
  const discoveries = makeDiscoveries({
    opened: (moveId) => {
      const { reach, move, save, snapshot } = get(moveId)
      return { reach, move, save, topology: () => snapshot().topology }
    },
    secrets: deps.secrets,
    onChange: (moveId, discovery) => deps.emit('discovery', { moveId, discovery })
  })

  const remember = async (moveId: string, move: LiveMove): Promise<void> => {
    const open = move.snapshot()
    // Written ahead: should this process be killed, the list of moves says that the run was interrupted.
    const journey = journeyOf({ ...open, runs: open.runs.map(interrupted) }, Date.now())
    const stationsDone = journey.stations.filter((station) => station.state === 'done').length
    await deps.moves.setProgress(moveId, { openedAt: Date.now(), stationsDone, phase: phaseOf(journey) })
  }

  /** Passes events on; whenever a run begins, stops or ends, what the list of moves says is written again. */
  const telling = (moveId: string): OpenMovesDeps['emit'] => {
    const told = new Map<string, string>()
    return (name, payload) => {
      deps.emit(name, payload)
      if (name !== 'run') return
      const { run } = payload as Events['run']
      if (told.get(run.id) === run.state.kind) return
      told.set(run.id, run.state.kind)
      const move = ready.get(moveId)
      if (move) void remember(moveId, move).catch(() => {})
    }
  }

  const close = async (moveId: string): Promise<void> => {
    trials.end(moveId)
    discoveries.end(moveId)
    const opened = await live.get(moveId)?.catch(() => null)
    live.delete(moveId)
    ready.delete(moveId)
    if (!opened) return
    await remember(moveId, opened).catch(() => {})
    await opened.close()
  }

  return {
    open: (moveId) => {
      const known = live.get(moveId)
      if (known) return known
      const opening = openLiveMove({
        moves: deps.moves,
        moveId,
        operator: deps.operator,
        secrets: deps.secrets.of(moveId),
        askHostKey: deps.askHostKey,
        askQuestion: deps.askQuestion ?? null,
        ...(deps.knownHosts ? { knownHosts: deps.knownHosts } : {}),
        emit: telling(moveId),
        ...(deps.tell ? { tell: deps.tell } : {}),
        ...(deps.now ? { now: deps.now } : {})
      }).then(async (move) => {
        ready.set(moveId, move)
        move.keepSchedule()
        await remember(moveId, move).catch(() => {})
        return move
      })
      live.set(moveId, opening)
      opening.catch(() => live.delete(moveId))
      return opening
    },
    get,
    opened: (moveId) => ready.get(moveId) ?? null,
    trials,
    woke: () => {
      for (const move of ready.values()) {
        move.reach.woke()
        move.timer.look()
      }
    },
    discoveries,
    close,
    closeAll: async () => {
      await Promise.all([...live.keys()].map(close))
    }
  }
}
