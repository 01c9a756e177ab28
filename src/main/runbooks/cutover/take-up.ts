import { fail } from '../../../shared/failure'
import type { Run, SqlAction } from '../../../shared/runbook'
import type { Hands, RunFacts, TakenUp } from '../../runbook/step'
import { decideResume } from './decide-resume'
import { type CutoverFacts, sessionNames } from './facts'
import { journaledThrow, observeCutover } from './observe-cutover'
import { endArmed } from './steps/arm'
import { claimBoth } from './steps/claim'

/** Both servers are looked at, the observation is set beside the journal, and the one safe way on is given. Changes nothing. */
export const resumeOf = async (hands: Pick<Hands, 'read'>, facts: CutoverFacts, run: Run) =>
  decideResume(await observeCutover(hands, facts, run), journaledThrow(run), {
    from: facts.from.name,
    to: facts.to.name
  })

/** What an interrupted cutover, reverse or rehearsal does when it is taken up again. */
export const takeUpCutover = async (hands: Hands, facts: RunFacts<CutoverFacts>, run: Run): Promise<TakenUp> => {
  const { fixed } = facts
  const { step, truth } = await resumeOf(hands, fixed, run)
  if (step === 'observe') return { go: 'observe', truth }
  await claimBoth(hands, fixed)
  if (step === 'forward') return { go: 'forward', truth }
  if (journaledThrow(run) === 'not-begun') return { go: 'abort', truth }
  const unseal: SqlAction = {
    kind: 'sql',
    server: fixed.from.id,
    session: sessionNames.operate,
    statements: fixed.from.say.unseal(),
    onePacket: false,
    changes: true
  }
  const perform = async (sending: Hands): Promise<string> => {
    if (step === 'abort') return 'observed: nothing was sealed and the token was never written'
    // Rule 4: nobody may wait for the token any more when the old server is opened again.
    await endArmed(sending, facts)
    const again = await resumeOf(sending, fixed, run)
    if (again.step !== 'unseal')
      throw fail('conflict', 'What was seen has changed meanwhile.', { why: again.truth, try: ['Observe again.'] })
    await sending.sql(unseal)
    return `the token was never written; ${fixed.from.name} takes writes again`
  }
  return { go: 'abort', truth, unsent: { step: 'throw', actions: step === 'unseal' ? [unseal] : [], perform } }
}
