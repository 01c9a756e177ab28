import type { Runbook } from '../../runbook/step'
import type { SeedFacts } from './seed-facts'
import { adoptPosition } from './steps/adopt-position'
import { checkEmpty } from './steps/check-empty'
import { closeFully } from './steps/close-fully'
import { closeNew } from './steps/close-new'
import { copy } from './steps/copy'
import { copyAccounts } from './steps/copy-accounts'
import { restEvents } from './steps/rest-events'

/** “Seed the new server”: one consistent copy, host to host, with accounts, routines and resting events. */
export const makeSeedRunbook = (facts: SeedFacts): Runbook<SeedFacts> => ({
  kind: 'seed',
  title: 'Seed the new server',
  facts,
  steps: [checkEmpty, closeNew, copy, adoptPosition, restEvents, copyAccounts, closeFully],
  confirmWords: null,
  onFailure: 'stop'
})
