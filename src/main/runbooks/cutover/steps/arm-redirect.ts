import { fail } from '../../../../shared/failure'
import { databasePair } from '../../../../shared/move'
import type { CommandAction } from '../../../../shared/runbook'
import { databaseAddress } from '../../../redirect/database-address'
import type { Hands, RunFacts, Step } from '../../../runbook/step'
import {
  type ArmedRedirect,
  armCommand,
  armedStateCommand,
  armInput,
  disarmCommand,
  forgetCommand
} from '../armed-redirect'
import { armedRedirectSecondsOf, type CutoverFacts, type RedirectHost, tagOf } from '../facts'
import { readOnlyOf } from '../words'
import { hostList, switchedHosts } from './stage-redirect'

const takesWritesAlready = 73
const cannotAsk = 74

const armable = (facts: RunFacts<CutoverFacts>): RedirectHost[] => switchedHosts(facts).filter((host) => host.canAsk)

const placeOf = (facts: RunFacts<CutoverFacts>, host: RedirectHost) => ({ serverId: host.server.id, tag: tagOf(facts) })

const armedOf = (facts: RunFacts<CutoverFacts>, host: RedirectHost): ArmedRedirect => {
  const { move, to } = facts.fixed
  const pair = databasePair(move)
  if (!pair) throw fail('invalid', 'This move has no pair of database servers yet.')
  return {
    ...placeOf(facts, host),
    path: host.redirect.path,
    reload: host.redirect.reload,
    address: databaseAddress(move, host, pair, to.site),
    question: readOnlyOf(to.capabilities.identity),
    seconds: armedRedirectSecondsOf(move)
  }
}

const command = (host: RedirectHost, text: string, input: string | null): CommandAction => ({
  kind: 'command',
  server: host.server.id,
  command: text,
  input,
  changes: true
})

/** At the end of the command that switches a host: what was armed there is not needed any more. */
export const forgetArmed = (facts: RunFacts<CutoverFacts>, host: RedirectHost): string =>
  forgetCommand(placeOf(facts, host))

const disarmActions = (facts: RunFacts<CutoverFacts>): CommandAction[] =>
  armable(facts).map((host) => command(host, disarmCommand(placeOf(facts, host)), null))

/** Hosts on which something armed is still seen. */
const stillArmed = async (hands: Hands, facts: RunFacts<CutoverFacts>): Promise<RedirectHost[]> => {
  const hosts = armable(facts)
  const seen = await Promise.all(
    hosts.map(async (host) => (await hands.look(host.server.id, armedStateCommand(placeOf(facts, host)))).stdout.trim())
  )
  return hosts.filter((_, index) => seen[index] !== 'gone')
}

const names = (hosts: readonly RedirectHost[]): string => hosts.map((host) => host.server.name).join(', ')

const disarm = async (hands: Hands, actions: readonly CommandAction[]): Promise<void> => {
  await Promise.all(actions.map((action) => hands.command(action, { deadlineMs: 12_000 })))
}

const seenGone = async (hands: Hands, facts: RunFacts<CutoverFacts>) => {
  const left = await stillArmed(hands, facts)
  if (left.length === 0) return { done: true as const, evidence: 'nothing armed is left on any host' }
  await disarm(hands, disarmActions(facts))
  return { done: false as const, why: `Something armed is still seen on ${names(left)}.` }
}

/** Each application host learns to redirect itself, should this computer be gone when the new side opens. */
export const armRedirect = (): Step<CutoverFacts> => ({
  id: 'arm-redirect',
  group: 'Prepare, writes go on',
  title: 'Arm redirect',
  why: 'A small process on each application host asks the database it is to be redirected to. Only when that one takes writes, the host is redirected by the very command shown under Redirect, also if this computer is gone by then. It ends by itself.',
  server: (facts) => hostList(facts.files),
  deadlineMs: 15_000,
  actions: (facts) => [
    ...armable(facts).map((host) => {
      const armed = armedOf(facts, host)
      return command(host, armCommand(armed), armInput(armed))
    }),
    ...switchedHosts(facts)
      .filter((host) => !host.canAsk)
      .map((host) => ({
        kind: 'app' as const,
        text: `${host.server.name} cannot be armed: it has no client of the database (mariadb, mysql, PHP or Python). If this computer dies right after the throw, orders from this host fail until Siteswap is opened again.`
      }))
  ],
  perform: async (hands, { fixed }, actions) => {
    await Promise.all(
      actions.map(async (action) => {
        if (action.kind !== 'command') return
        const result = await hands.command(action, { deadlineMs: 30_000 })
        if (result.code === 0) return
        const where = fixed.files.find((host) => host.server.id === action.server)?.server.name ?? action.server
        const words = result.stderr.trim().slice(-1000)
        if (result.code === takesWritesAlready)
          throw fail('conflict', 'The database that is to take over takes writes already.', {
            where,
            words,
            try: ['Look on Topology which server answers there; only one may take writes.']
          })
        hands.note(
          `${where} is not armed: ${result.code === cannotAsk ? words.replaceAll('\n', '; ') : `code ${result.code}: ${words}`}. If this computer dies right after the throw, orders from there fail until Siteswap is opened again.`
        )
      })
    )
  },
  confirm: async (hands, facts) => {
    const armed = await stillArmed(hands, facts)
    const without = switchedHosts(facts).filter((host) => !armed.includes(host))
    return {
      done: true,
      evidence: without.length
        ? `${armed.length} hosts armed for ${armedRedirectSecondsOf(facts.fixed.move)} s; not ${names(without)}`
        : `${armed.length} hosts armed for ${armedRedirectSecondsOf(facts.fixed.move)} s`,
      learned: { unarmed: JSON.stringify([...without, ...facts.fixed.byHand].map((host) => host.server.name)) }
    }
  },
  undo: (facts) => ({ kind: 'actions', actions: disarmActions(facts) }),
  performUndo: (hands, facts) => disarm(hands, disarmActions(facts)),
  confirmUndone: seenGone
})

/** After the redirect: what was armed has gone from every host. */
export const disarmRedirect = (): Step<CutoverFacts> => ({
  id: 'disarm-redirect',
  group: 'After, at leisure',
  title: 'Disarm redirect',
  why: 'Every host has been redirected: the processes that were left for the case of this computer’s death are seen to be gone, with their folders.',
  server: (facts) => hostList(facts.files),
  deadlineMs: 15_000,
  actions: disarmActions,
  perform: (hands, facts) => disarm(hands, disarmActions(facts)),
  confirm: seenGone,
  undo: () => ({ kind: 'nothing' })
})
