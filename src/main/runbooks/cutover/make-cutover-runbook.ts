import type { Reaching } from '../../runbook/run'
import type { Runbook, Step } from '../../runbook/step'
import type { CutoverFacts, CutoverTools } from './facts'
import { makeLive } from './live'
import { arm } from './steps/arm'
import { armRedirect, disarmRedirect } from './steps/arm-redirect'
import { canaryAccountStep } from './steps/canary-account'
import { canaryPause } from './steps/canary-pause'
import { catchUp } from './steps/catch-up'
import { claim, releaseBoth } from './steps/claim'
import { changeDns, watchDns } from './steps/dns'
import { events } from './steps/events'
import { hold } from './steps/hold'
import { letGo } from './steps/let-go'
import { observePromotion } from './steps/observe-promotion'
import { openSessions } from './steps/open-sessions'
import { redirect, redirectByHand } from './steps/redirect'
import { restEvents } from './steps/rest-events'
import { reverseLink } from './steps/reverse-link'
import { roles } from './steps/roles'
import { stageRedirect } from './steps/stage-redirect'
import { stragglers } from './steps/stragglers'
import { throwStep } from './steps/throw'
import { verify } from './steps/verify'
import { takeUpCutover } from './take-up'

export interface CutoverRunbookTools extends CutoverTools {
  /** For what is given back when the run ends. */
  reaching: Pick<Reaching, 'sql'>
  /** The servers refuse the canary account: it gets the password that is known here. */
  renewCanary: boolean
}

const when = <T>(condition: boolean, item: T): T[] => (condition ? [item] : [])

/** Headings that name the lease and the site. */
const headed = (facts: CutoverFacts, steps: Step<CutoverFacts>[]): Step<CutoverFacts>[] => {
  const headings: Record<string, string> = {
    'Writes wait, under a lease': `Writes wait, under a ${facts.move.thresholds.leaseSeconds} s lease`,
    'The new side opens by itself': `${facts.to.siteName} opens by itself`
  }
  return steps.map((step) => ({ ...step, group: headings[step.group] ?? step.group }))
}

/** The switch in careful mode: hold, catch up, verify, throw. `reverse` is the same with the sides exchanged. */
export const makeCutoverRunbook = (facts: CutoverFacts, tools: CutoverRunbookTools): Runbook<CutoverFacts> => {
  const live = makeLive()
  const { domains } = facts.move
  const steps: Step<CutoverFacts>[] = [
    claim(),
    ...when(tools.renewCanary, canaryAccountStep(tools)),
    reverseLink(),
    ...when(facts.files.length > 0, stageRedirect(tools)),
    openSessions(live, tools),
    ...when(!facts.from.capabilities.superReadOnly, restEvents()),
    ...when(facts.files.length > 0, armRedirect()),
    arm(live),
    hold(live, tools),
    catchUp(live),
    verify(live),
    throwStep(live),
    observePromotion(live),
    ...when(facts.files.length > 0, redirect(tools)),
    ...when(facts.files.length > 0, disarmRedirect()),
    canaryPause(tools),
    events(),
    roles(),
    ...when(facts.byHand.length > 0, redirectByHand()),
    ...domains.map((domain, index) => changeDns(domain, index, tools)),
    ...domains.map((domain, index) => watchDns(domain, index, tools)),
    stragglers()
  ]
  return {
    kind: facts.kind,
    title: `${facts.kind === 'reverse' ? 'Reverse' : 'Cutover'} to ${facts.to.siteName}`,
    facts,
    steps: headed(facts, steps),
    confirmWords: `go ${facts.to.siteName}`,
    onFailure: 'undo',
    takeUp: takeUpCutover,
    cleanup: async () => {
      live.hold?.stop()
      await releaseBoth(tools.reaching, facts)
    }
  }
}

/** Hold, read the position, measure, let go: harmless on the living site, and the pause to expect is known. */
export const makeRehearsalRunbook = (facts: CutoverFacts, tools: CutoverRunbookTools): Runbook<CutoverFacts> => {
  const live = makeLive()
  return {
    kind: 'rehearsal',
    title: `Rehearsal of the cutover to ${facts.to.siteName}`,
    facts,
    steps: headed(facts, [
      claim(),
      ...when(tools.renewCanary, canaryAccountStep(tools)),
      openSessions(live, tools),
      hold(live, tools),
      catchUp(live),
      verify(live),
      letGo(live),
      canaryPause(tools)
    ]),
    confirmWords: null,
    onFailure: 'undo',
    takeUp: takeUpCutover,
    cleanup: async () => {
      live.hold?.stop()
      await releaseBoth(tools.reaching, facts)
    }
  }
}
