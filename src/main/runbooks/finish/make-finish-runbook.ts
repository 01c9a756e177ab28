import type { Runbook } from '../../runbook/step'
import { type FinishFacts, passiveSide } from './finish-facts'
import { removeBridge, removeLink, removeOwn, sayWhatStays } from './finish-steps'

/** “Finish”: removes links, accounts, schema, key, entry and bridge, and says what it left. */
export const makeFinishRunbook = (facts: FinishFacts): Runbook<FinishFacts> => ({
  kind: 'finish',
  title: 'Finish the move',
  facts,
  steps: [removeOwn, removeLink(passiveSide(facts)), removeLink(facts.active), removeBridge, sayWhatStays],
  confirmWords: 'finish',
  onFailure: 'stop'
})
