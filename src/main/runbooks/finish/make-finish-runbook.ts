import type { SiteSide } from '../../../shared/move'
import type { Runbook } from '../../runbook/step'
import { bridgeFree } from './bridge-free'
import { type FinishFacts, passiveSide } from './finish-facts'
import { removeBridge, removeLink, removeOwn, sayWhatStays } from './finish-steps'
import { keepRoles } from './keep-roles'
import { settingsBack } from './settings-back'

/** Passive side first. */
const answering = (facts: FinishFacts): SiteSide[] =>
  [passiveSide(facts), facts.active].filter((side) => !facts[side].gone)

/** “Finish”: removes links, accounts, schema, key, entry and bridge, and says what it left. */
export const makeFinishRunbook = (facts: FinishFacts): Runbook<FinishFacts> => ({
  kind: 'finish',
  title: 'Finish the move',
  facts,
  steps: [
    bridgeFree,
    keepRoles,
    ...answering(facts).map(settingsBack),
    removeOwn,
    ...answering(facts).map(removeLink),
    removeBridge,
    sayWhatStays
  ],
  confirmWords: facts.retired.length
    ? `finish without ${facts.retired.length} host${facts.retired.length === 1 ? '' : 's'}`
    : 'finish',
  onFailure: 'stop'
})
