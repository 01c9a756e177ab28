import { useState } from 'react'
import type { StepPreview, StepRun } from '../../../shared/runbook'
import { tellingStep } from './step-lines'

/** The step in the inspector: the one a person chose, else the one that tells most now. */
export const useChosen = <Step extends StepPreview | StepRun>(steps: readonly Step[]): Chosen<Step> => {
  const [id, setId] = useState<string | null>(null)
  const known = steps.some((step) => step.id === id)
  const wanted = known ? id : tellingStep(steps)
  const index = steps.findIndex((step) => step.id === wanted)
  return {
    step: steps[index] ?? null,
    number: index + 1,
    open: known,
    choose: setId,
    close: () => setId(null)
  }
}

/** What `useChosen` answers; `open` is true when a person chose the step: on narrow windows the drawer is out. */
export interface Chosen<Step> {
  step: Step | null
  number: number
  open: boolean
  choose: (id: string) => void
  close: () => void
}
