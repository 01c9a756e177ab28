import type { Json } from '../../shared/journal'
import type { RunbookKind } from '../../shared/runbook'
import type { TopologyWatch } from '../topology/watch'
import { asJson, keptNames } from './kept-documents'
import type { LiveCanary } from './live-canary'
import type { LiveDiff } from './live-diff'

export interface KeepsakeDeps {
  canary: LiveCanary
  diff(): LiveDiff
  /** null: nobody watches, and a run does not begin to. */
  watcher(): TopologyWatch | null
  keep(name: string, document: unknown): Promise<unknown>
  note(text: string): Promise<unknown>
}

const pictured: readonly RunbookKind[] = ['cutover', 'reverse', 'finish']
const names: Partial<Record<RunbookKind, string>> = {
  link: 'the bridge',
  seed: 'seeding',
  replicate: 'co-masters',
  rehearsal: 'the rehearsal',
  cutover: 'the cutover',
  reverse: 'the way back',
  finish: 'finish'
}

/** What is kept before and after a run: the picture for the report, a snapshot to compare with, the books of the canary orders. */
export const makeRunKeepsake = (deps: KeepsakeDeps) => {
  /** Never stands in the way of a run: a snapshot that fails is noted. */
  const snapshot = async (kind: RunbookKind, when: 'before' | 'after'): Promise<void> => {
    const name = names[kind]
    if (!name || !deps.watcher()) return
    await deps
      .diff()
      .take(`${when} ${name}`, when === 'before' ? 'before-run' : 'after-run', true)
      .catch((error: unknown) => deps.note(`No snapshot was taken ${when} ${name}: ${String(error)}`))
  }
  return async (kind: RunbookKind, when: 'before' | 'after'): Promise<Record<string, Json>> => {
    if (when === 'before') {
      await snapshot(kind, 'before')
      await deps.canary.before(kind)
      return pictured.includes(kind) ? { [keptNames.topologyBefore]: asJson(deps.watcher()?.latest() ?? null) } : {}
    }
    // The picture first: closing the books of the canary orders takes some seconds.
    if (pictured.includes(kind)) await deps.keep(keptNames.topologyAfter, await deps.watcher()?.refresh())
    await Promise.all([deps.canary.after(kind), snapshot(kind, 'after')])
    return {}
  }
}
