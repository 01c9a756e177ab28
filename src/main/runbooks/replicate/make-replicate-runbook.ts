import type { Runbook } from '../../runbook/step'
import type { ReplicateFacts } from './replicate-facts'
import { configureLink } from './steps/configure-link'
import { ownSchema } from './steps/own-schema'
import { passiveClosed } from './steps/passive-closed'
import { replicationAccountStep } from './steps/replication-account'
import { roleLines } from './steps/role-lines'
import { settings } from './steps/settings'
import { startLink } from './steps/start-link'

/** “Co-masters”: each server follows the other through the bridge; the old one takes the writes. */
export const makeReplicateRunbook = (facts: ReplicateFacts): Runbook<ReplicateFacts> => ({
  kind: 'replicate',
  title: 'Make them co-masters',
  facts,
  steps: [
    passiveClosed,
    replicationAccountStep,
    settings('old'),
    settings('new'),
    configureLink('new'),
    startLink('new'),
    ownSchema,
    configureLink('old'),
    startLink('old'),
    roleLines
  ],
  confirmWords: null,
  onFailure: 'stop'
})
