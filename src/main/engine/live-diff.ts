import { fail } from '../../shared/failure'
import { type Move, serverOf, serversOf } from '../../shared/move'
import type { SnapshotHead, Topology, TopologySnapshot } from '../../shared/topology'
import type { Difference, DiffLens, TopologyDiff } from '../../shared/topology-diff'
import type { Reach } from '../reach/reach'
import type { Snapshots } from '../store/snapshots'
import { comparePictures } from '../topology/diff/compare-pictures'
import { compareSites, databasePairs } from '../topology/diff/compare-sites'
import { inOrder } from '../topology/diff/in-order'
import { comparePlan } from '../topology/diff/plan-reality'
import type { TopologyWatch } from '../topology/watch'
import { type ComparedFacts, compareFacts } from './compare-facts'
import { asKept, type DeepFacts, keptFacts, readDeepFacts } from './deep-facts'
import { limited } from './limited'

export interface LiveDiffDeps {
  reach: Reach
  operator: string
  move(): Move
  save(move: Move): Promise<unknown>
  watch(): TopologyWatch
  snapshots: Snapshots
  /** Pictures kept in the journal by earlier versions. */
  earlier(): TopologySnapshot[]
  onSnapshots(heads: SnapshotHead[]): void
  /** Writes a decision into the journal. */
  decide(what: string): Promise<unknown>
  signal: AbortSignal
}

/** The three comparisons of one opened move, its snapshots, and what a person expects. */
export interface LiveDiff {
  heads(): SnapshotHead[]
  compare(lens: DiffLens): Promise<TopologyDiff>
  /** `quick`: within some seconds, because something waits for it; what is not told by then is left out. */
  take(name: string, by: SnapshotHead['by'], quick?: boolean): Promise<SnapshotHead>
  remove(id: string): Promise<void>
  accept(lens: DiffLens, difference: string, reason: string): Promise<TopologyDiff>
  takeBack(lens: DiffLens, difference: string): Promise<TopologyDiff>
}

interface KeptFacts {
  topology: Topology
  facts: DeepFacts[]
}

const wholeMs = 45_000
const quickMs = 4_000
const serversAtOnce = 6

export const makeLiveDiff = (deps: LiveDiffDeps): LiveDiff => {
  /** The last answer of each lens: what can be accepted is what was shown. */
  const last = new Map<DiffLens['kind'], TopologyDiff>()

  const ask = async (servers: readonly string[], deadlineMs: number): Promise<DeepFacts[]> => {
    const move = deps.move()
    const paired = new Set(databasePairs(move).flatMap((pair) => [pair.old, pair.new]))
    return limited(serversAtOnce, servers, (server) =>
      readDeepFacts(deps.reach, server, {
        schemas: move.schemas,
        objects: paired.has(server),
        deadlineMs,
        signal: deps.signal
      })
    )
  }
  const heads = (): SnapshotHead[] =>
    [
      ...deps.earlier().map(({ id, name, at }): SnapshotHead => ({ id, name, at, by: 'hand', isWhole: false })),
      ...deps.snapshots.list()
    ].sort((a, b) => a.at - b.at)
  const keptOf = async (id: string): Promise<KeptFacts> => {
    const early = deps.earlier().find((one) => one.id === id)
    if (early) return { topology: early.topology, facts: [] }
    return (await deps.snapshots.read(id)) as KeptFacts
  }
  const databases = (): string[] =>
    serversOf(deps.move()).flatMap(({ server }) => (server.kind === 'database' ? [server.id] : []))
  const context = () => {
    const move = deps.move()
    const active = deps.watch().latest()?.active
    const own = serversOf(move).flatMap(({ server }) => server.database?.user ?? [])
    return { own, active: (active && serverOf(move, active)?.side) || ('old' as const) }
  }

  type Found = Omit<TopologyDiff, 'lens' | 'at' | 'tookMs' | 'leftOut' | 'compared'> & { facts: ComparedFacts[] }

  const oldNew = async (): Promise<Found> => {
    const move = deps.move()
    const pairs = databasePairs(move)
    if (pairs.length === 0)
      throw fail('not-found', 'The move has no pair of databases to compare.', {
        try: ['Draw from the old database to the new one, on Topology.']
      })
    const [topology, facts] = await Promise.all([
      deps.watch().refresh(),
      ask([...new Set(pairs.flatMap((pair) => [pair.old, pair.new]))], wholeMs)
    ])
    const of = (id: string) => facts.find((one) => one.server === id)
    const compared = pairs.flatMap((pair) => {
      const [old, fresh] = [of(pair.old), of(pair.new)]
      return old && fresh ? [compareFacts(old, fresh, 'pair', context())] : []
    })
    return {
      before: { name: move.old.name, at: null },
      after: { name: move.new.name, at: null },
      differences: [...compareSites(move, topology), ...compared.flatMap((one) => one.differences)],
      untold: compared.flatMap((one) => one.untold),
      gone: [],
      planned: null,
      facts: compared
    }
  }

  const since = async (id: string): Promise<Found> => {
    const head = heads().find((one) => one.id === id)
    if (!head)
      throw fail('not-found', 'There is no such snapshot.', {
        where: id,
        try: heads()
          .map((one) => `“${one.name}”`)
          .slice(-5)
      })
    const kept = await keptOf(id)
    const known = kept.facts.map((one) => one.server).filter((server) => databases().includes(server))
    const [topology, now] = await Promise.all([deps.watch().refresh(), ask(known, wholeMs)])
    const pictures = comparePictures(kept.topology, topology)
    const compared = kept.facts.flatMap((was) => {
      const is = now.find((one) => one.server === was.server)
      return is ? [compareFacts(was, asKept(is, was), 'time', context())] : []
    })
    return {
      before: { name: head.name, at: head.at },
      after: { name: 'now', at: null },
      differences: [...pictures.differences, ...compared.flatMap((one) => one.differences)].filter(
        // The picture says it in words of its own.
        (one) => one.area !== 'variable' || !/^(read_only|super_read_only)$/.test(one.name)
      ),
      untold: [
        ...compared.flatMap((one) => one.untold),
        ...(head.isWhole
          ? []
          : [{ server: '', part: 'variables, accounts and objects', why: 'This snapshot holds only the picture.' }])
      ],
      gone: pictures.gone,
      planned: null,
      facts: compared
    }
  }

  const plan = async (): Promise<Found> => {
    const { planned, isMoved, ...found } = comparePlan(deps.move(), await deps.watch().refresh())
    return {
      ...found,
      before: { name: 'now', at: null },
      after: { name: isMoved ? 'as planned' : 'after the cutover', at: null },
      gone: [],
      planned,
      facts: []
    }
  }

  const found = (lens: DiffLens): Promise<Found> =>
    lens.kind === 'old-new' ? oldNew() : lens.kind === 'since' ? since(lens.snapshot) : plan()

  const compare = async (lens: DiffLens): Promise<TopologyDiff> => {
    const began = performance.now()
    const { facts, differences, ...rest } = await found(lens)
    const sum = (of: (one: ComparedFacts) => number) => facts.reduce((total, one) => total + of(one), 0)
    const diff: TopologyDiff = {
      lens,
      at: Date.now(),
      tookMs: performance.now() - began,
      ...rest,
      ...inOrder(differences, lens, deps.move().accepted),
      compared: {
        servers: lens.kind === 'old-new' ? 2 * facts.length : databases().length,
        variables: sum((one) => one.variables),
        accounts: sum((one) => one.accounts),
        objects: sum((one) => one.objects)
      }
    }
    last.set(lens.kind, diff)
    return diff
  }

  const shown = (lens: DiffLens, id: string): { diff: TopologyDiff; difference: Difference } => {
    const diff = last.get(lens.kind)
    const difference = diff?.differences.find((one) => one.id === id)
    if (!diff || !difference)
      throw fail('not-found', 'This difference is not in the last comparison.', { try: ['Compare again.'] })
    return { diff, difference }
  }
  const withAccepted = async (diff: TopologyDiff, accepted: NonNullable<Move['accepted']>): Promise<TopologyDiff> => {
    await deps.save({ ...deps.move(), accepted })
    const next = {
      ...diff,
      differences: diff.differences.map((one) => {
        const known = accepted.find((entry) => entry.difference === one.id && entry.seen === one.seen)
        return { ...one, accepted: known ? { reason: known.reason, by: known.by, at: known.at } : null }
      })
    }
    last.set(diff.lens.kind, next)
    return next
  }

  return {
    heads,
    compare,
    take: async (name, by, quick = false) => {
      const deadlineMs = quick ? quickMs : wholeMs
      // What waits for a snapshot takes the picture of the last second.
      const latest = quick && by === 'before-run' ? deps.watch().latest() : null
      const [topology, facts] = await Promise.all([latest ?? deps.watch().refresh(), ask(databases(), deadlineMs)])
      const at = Date.now()
      const taken = new Set(heads().map((head) => head.id))
      let id = `s-${at}`
      for (let again = 2; taken.has(id); again += 1) id = `s-${at}-${again}`
      const head: SnapshotHead = { id, name, at, by, isWhole: true }
      const kept: KeptFacts = { topology, facts: facts.map(keptFacts) }
      await deps.snapshots.add(head, kept, deps.move().snapshots?.keep ?? 24)
      deps.onSnapshots(heads())
      return head
    },
    remove: async (id) => {
      await deps.snapshots.remove(id)
      deps.onSnapshots(heads())
    },
    accept: async (lens, id, reason) => {
      const { diff, difference } = shown(lens, id)
      const title = `${difference.name}: ${difference.what}${difference.server ? ` (${difference.server})` : ''}`.slice(
        0,
        300
      )
      await deps.decide(`Accepted as expected: ${title}. ${reason}`)
      const others = (deps.move().accepted ?? []).filter((one) => one.difference !== id)
      const entry = { difference: id, seen: difference.seen, title, reason, by: deps.operator, at: Date.now() }
      return withAccepted(diff, [...others, entry])
    },
    takeBack: async (lens, id) => {
      const { diff, difference } = shown(lens, id)
      await deps.decide(`No longer accepted: ${difference.name}: ${difference.what}.`)
      return withAccepted(
        diff,
        (deps.move().accepted ?? []).filter((one) => one.difference !== id)
      )
    }
  }
}
