import { FailureError, fail } from '../../shared/failure'
import type { Action } from '../../shared/runbook'
import type { Hands, Step } from './step'

/** Throws before anything of a step is sent that its hands would refuse, also where the step sends in its own way. */
export const assertAllowed = (hands: Pick<Hands, 'refusal'>, actions: readonly Action[]): void => {
  for (const action of actions) {
    const refusal = hands.refusal?.(action)
    if (refusal) throw new FailureError(refusal)
  }
}

/** Executes a step: its own way, or its actions one after the other. */
export const perform = async <F>(
  hands: Hands,
  step: Step<F>,
  facts: { fixed: F; learned: Record<string, string> },
  actions: Action[]
) => {
  if (step.perform) return step.perform(hands, facts, actions)
  for (const action of actions) await performAction(hands, action, step.deadlineMs)
}

/** Sends one action; a command that ends with a code other than 0 is a failure. */
export const performAction = async (hands: Hands, action: Action, deadlineMs: number): Promise<void> => {
  switch (action.kind) {
    case 'sql':
      await hands.sql(action, { deadlineMs })
      return
    case 'command': {
      const result = await hands.command(action, { deadlineMs })
      if (result.code !== 0)
        throw fail('server', `A command ended with code ${result.code ?? 'none'}.`, {
          where: action.server,
          words: (result.stderr || result.stdout).trim().slice(-2000),
          try: ['Run the command shown by hand on that host and look at its message.']
        })
      return
    }
    case 'person':
      return hands.person(action.text)
    case 'app':
    case 'dns':
      return
    default:
      return action satisfies never
  }
}
