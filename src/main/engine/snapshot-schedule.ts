import type { Move } from '../../shared/move'
import type { SnapshotHead } from '../../shared/topology'

export interface ScheduleDeps {
  move(): Move
  heads(): SnapshotHead[]
  /** Something is going on that nothing should disturb. */
  isBusy(): boolean
  take(name: string): Promise<unknown>
  signal: AbortSignal
}

const lookEveryMs = 15_000

/** Whether the next snapshot of the schedule is due. Pure. */
export const isDue = (
  schedule: Move['snapshots'],
  heads: readonly SnapshotHead[],
  since: number,
  now: number
): boolean => {
  if (!schedule || schedule.everyMinutes === 0) return false
  const last = heads.reduce((latest, head) => (head.by === 'schedule' ? Math.max(latest, head.at) : latest), since)
  return now - last >= schedule.everyMinutes * 60_000
}

/** Takes snapshots by the move's schedule until the signal ends; one at a time, none while a run goes on. */
export const keepSchedule = (deps: ScheduleDeps): void => {
  const since = Date.now()
  let taking = false
  const timer = setInterval(() => {
    if (taking || deps.isBusy() || !isDue(deps.move().snapshots, deps.heads(), since, Date.now())) return
    taking = true
    // A server that is down is told by the picture; the next look tries again.
    void deps
      .take('scheduled')
      .catch(() => {})
      .finally(() => {
        taking = false
      })
  }, lookEveryMs)
  timer.unref()
  deps.signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
