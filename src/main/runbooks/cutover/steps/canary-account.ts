import { failureOf } from '../../../../shared/failure'
import { databasePair } from '../../../../shared/move'
import { canarySecret, secretPlaceholder } from '../../../../shared/secret'
import { type CanarySignIn, canaryAccount, tryCanarySignIn } from '../../../canary/sign-in'
import { databaseAddress } from '../../../redirect/database-address'
import type { Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverTools, sessionNames } from '../facts'

export const canaryAccountStepId = 'canary-account'

const arrivesWithinMs = 8000

/** Asks both databases from the first host whose file still leads to the site that is left; null: there is no such host. */
export const canarySignInFrom = async (
  { reach, wall }: Pick<CutoverTools, 'reach' | 'wall'>,
  { move, from, to, files }: CutoverFacts
): Promise<CanarySignIn | null> => {
  const databases = databasePair(move)
  const host = files.find(({ points }) => points === from.site)
  if (!databases || !host) return null
  const addresses = [from, to].map(({ site }) => databaseAddress(move, host, databases, site))
  return tryCanarySignIn(reach, host.server, addresses, wall)
}

/** Only where the servers refuse the password that is known here: it becomes the account's, and arrives by the link. */
export const canaryAccountStep = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: canaryAccountStepId,
  group: 'Prepare, writes go on',
  title: 'Canary account',
  why: 'The servers refuse the password of the canary account that is known here: perhaps it was kept for an earlier session only. It gets a new one. Canary orders and armed hosts sign in with it, no application does.',
  server: (facts) => facts.from.id,
  deadlineMs: 8000,
  actions: ({ fixed: { from } }) => [
    {
      kind: 'sql',
      server: from.id,
      session: sessionNames.operate,
      statements: [
        ...from.say.createAccount(canaryAccount, '%', secretPlaceholder(canarySecret)),
        ...from.say.grantCanary(canaryAccount, '%')
      ],
      onePacket: false,
      changes: true
    }
  ],
  perform: async (hands, { fixed }, actions) => {
    try {
      for (const action of actions) if (action.kind === 'sql') await hands.sql(action)
    } catch (error) {
      // The switch is safe without canary orders and armed hosts: said, not stopped for.
      const { what, words } = failureOf(error)
      hands.note(`The canary account keeps its password: ${[what, words].filter(Boolean).join(' ')}`)
      return
    }
    const until = hands.now() + arrivesWithinMs
    while ((await canarySignInFrom(tools, fixed))?.kind === 'refused' && hands.now() < until) await hands.pause(200)
  },
  confirm: async (_hands, { fixed }) => {
    const seen = await canarySignInFrom(tools, fixed)
    if (seen === null) return { done: true, evidence: 'there is no host to ask from' }
    return seen.kind === 'accepted'
      ? { done: true, evidence: `${canaryAccount} signs in at both databases from ${seen.host}` }
      : { done: true, evidence: `${canaryAccount} cannot sign in from ${seen.host}: ${seen.why}` }
  },
  undo: () => ({ kind: 'nothing' })
})
