import type { JournalBody } from '../../shared/journal'
import type { Run } from '../../shared/runbook'
import type { Hands, Runbook, RunFacts, TakenUp } from './step'

/** Observes an interrupted run before anything of it goes on; what was found is journaled. */
export const takeUp = async <F>(
  runbook: Runbook<F>,
  hands: Hands,
  facts: RunFacts<F>,
  run: Run,
  write: (body: JournalBody) => Promise<void>
): Promise<TakenUp> => {
  if (!runbook.takeUp) return { go: 'forward', truth: '' }
  const taken = await runbook.takeUp(hands, facts, run)
  await write({ type: 'note', run: run.id, text: taken.truth })
  if (taken.go !== 'abort' || !taken.unsent) return taken
  const { step, actions, perform } = taken.unsent
  await write({ type: 'undo-intent', run: run.id, step, actions })
  const evidence = await perform(hands)
  await write({ type: 'undone', run: run.id, step, evidence, ms: 0 })
  return taken
}
