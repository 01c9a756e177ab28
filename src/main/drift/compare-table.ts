import type { RowDifference, TableVerdict } from '../../shared/drift'
import { type ComparedRange, compareRanges, rangesPerStatement, rowsOf } from './aggregate'
import type { Breath } from './breath'
import { stopWhenCancelled } from './compare-session'
import { edgesOf, rangeRows } from './edges'
import { type Following, makeWaiter, positionOf, type Sessions, type Waiter } from './follow'
import { judgeRanges } from './judge-ranges'
import { compareGroups } from './key-groups'
import type { KeyRange } from './key-range'
import { summedPlan } from './row-bytes'
import type { TablePlan } from './table-plan'
import { addTally, copyOf, emptyTally, type Tally, verdictOf } from './tally'

export interface TableWork {
  plan: TablePlan
  /** Pairs of sessions that work side by side; the first one is enough. */
  lanes: readonly Sessions[]
  following: Following
  breath: Breath
  signal: AbortSignal
  /** Average bytes of a row, for the size of batches. */
  rowBytes: number
  /** Position the verdict is told for; null = the one at the end. */
  position: string | null
  /** Where an earlier run had come to. */
  from: TableMark | null
  /** Rows compared so far. */
  onRows(done: number): void
  /** Everything up to here is judged. */
  onMark(mark: TableMark): void
}

/** A table judged from its beginning up to a key. */
export interface TableMark {
  upTo: readonly string[]
  rows: number
  tally: Tally
}

export interface TableOutcome {
  verdict: TableVerdict
  rows: RowDifference[]
  /** Where these rows are found, in the same order; '' for rows without a key. */
  places: string[]
  comparedRows: number
}

const targetMs = 400
const mostRanges = 100
/** From this share of differing ranges on, the next ones are taken to differ too. */
const denseShare = 0.2

interface Part {
  upTo: readonly string[] | null
  rows: number
  tally: Tally
}

/** Compares one table range by range; differences are confirmed row by row before they are told. */
export const compareTable = async (work: TableWork): Promise<TableOutcome> => {
  const { following } = work
  const [first] = work.lanes
  if (!first) throw new Error('a comparison without sessions')
  const plan = await summedPlan(first, work.plan)
  const edges = await edgesOf(first, plan, work.from?.upTo ?? null, rangeRows(work.rowBytes))
  let whole: Tally = work.from?.tally ?? emptyTally()
  const most = Math.min(mostRanges, rangesPerStatement(plan))
  let size = Math.min(12, most)
  let done = work.from?.rows ?? 0
  let judgedRows = done
  let given = 0
  let judged = 0
  let failed = false
  let dense = false
  const parts = new Map<number, Part>()

  let cutting: Promise<unknown> = Promise.resolve()
  /** One lane cuts at a time, so that the numbers of the parts are in the order of the keys. */
  const nextBatch = (sessions: Sessions): Promise<{ number: number; batch: KeyRange[] }> => {
    const mine = cutting.then(async () => {
      const batch = await edges.next(size, sessions)
      return { number: given++, batch }
    })
    cutting = mine.catch(() => {})
    return mine
  }
  const finish = (number: number, part: Part): void => {
    parts.set(number, part)
    for (let next = parts.get(judged); next; next = parts.get(judged)) {
      parts.delete(judged)
      judged += 1
      judgedRows += next.rows
      // The end has no mark: who starts again from the last one would count it twice.
      if (!next.upTo) whole = copyOf(whole)
      addTally(whole, next.tally)
      if (next.upTo) work.onMark({ upTo: next.upTo, rows: judgedRows, tally: whole })
    }
  }

  const judge = async (
    sessions: Sessions,
    waiter: Waiter,
    batch: readonly KeyRange[],
    compared: readonly ComparedRange[]
  ): Promise<Part> => {
    edges.learn(batch, compared.map(rowsOf))
    const rows = compared.reduce((sum, range) => sum + range.rows[following.active], 0)
    done += rows
    work.onRows(done)
    const tally = emptyTally()
    const suspicious = compared.filter((range) => !range.same)
    dense = suspicious.length > compared.length * denseShare
    const judging = { plan, sessions, following, waiter, signal: work.signal, rowBytes: work.rowBytes }
    if (suspicious.length > 0) await judgeRanges(judging, suspicious, tally)
    return { upTo: batch.at(-1)?.upTo ?? null, rows, tally }
  }

  const lane = async (sessions: Sessions): Promise<void> => {
    const waiter = makeWaiter(sessions, following)
    while (!failed) {
      const rest = await work.breath.turn(work.signal)
      let ms = 0
      try {
        stopWhenCancelled(work.signal)
        const { number, batch } = await nextBatch(sessions)
        if (batch.length === 0) return
        const began = performance.now()
        const compared = await (dense ? compareGroups : compareRanges)(sessions, plan, batch)
        ms = performance.now() - began
        finish(number, await judge(sessions, waiter, batch, compared))
        // Growing when there was little to do, shrinking when the servers took long.
        const wanted = Math.round(batch.length * Math.min(2, Math.max(0.5, targetMs / Math.max(1, ms))))
        if (batch.length >= size || wanted < size) size = Math.max(1, Math.min(most, wanted))
      } finally {
        await rest(ms)
      }
    }
  }
  const ends = await Promise.allSettled(
    work.lanes.map((sessions) =>
      lane(sessions).catch((error: unknown) => {
        failed = true
        throw error
      })
    )
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const position = work.position ?? (await positionOf(first[following.active]))
  return {
    verdict: verdictOf(whole, plan, position, Date.now()),
    rows: whole.kept,
    places: whole.places,
    comparedRows: done
  }
}
