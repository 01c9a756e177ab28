import type { Failure } from './failure'
import type { Action, StepPreview } from './runbook'

type Refusal = ((action: Action) => Failure | null) | undefined

const refusalOf = (step: StepPreview, refusal: Refusal): Failure | null => {
  for (const action of step.actions) {
    const refused = refusal?.(action)
    if (refused) return refused
  }
  return null
}

/** Steps of a preview, each with why it would be refused, where it would. Pure. */
export const withRefusals = (steps: readonly StepPreview[], refusal: Refusal): StepPreview[] =>
  steps.map((step) => {
    const refused = refusalOf(step, refusal)
    return refused ? { ...step, refused: refused.what } : step
  })

/** What speaks against starting at all: each server that may only be looked at, with the steps that would change it. Pure. */
export const refusalsIn = (steps: readonly StepPreview[], refusal: Refusal): Failure[] => {
  const servers = new Map<string, { failure: Failure; titles: string[] }>()
  for (const step of steps)
    for (const action of step.actions) {
      const failure = refusal?.(action)
      if (!failure) continue
      const known = servers.get(failure.where ?? '') ?? { failure, titles: [] }
      if (!known.titles.includes(step.title)) known.titles.push(step.title)
      servers.set(failure.where ?? '', known)
    }
  return [...servers.values()].map(({ failure, titles }) => {
    const more = titles.length > 3 ? ` and ${titles.length - 3} more` : ''
    const named = titles.slice(0, 3).map((title) => `“${title}”`)
    return {
      ...failure,
      why: `Refused ${titles.length === 1 ? 'step' : 'steps'}: ${named.join(', ')}${more}.`
    }
  })
}
