import { type FailureError, fail, failureOf } from '../../../../shared/failure'
import { databasePair } from '../../../../shared/move'
import type { CommandAction } from '../../../../shared/runbook'
import {
  addressesOf,
  addressOf,
  bridgeEndsOf,
  judgeConnections,
  type SeenConnection
} from '../../../redirect/connections'
import { readCommand, restoreCommand, switchCommand } from '../../../redirect/file-commands'
import { fileState } from '../../../redirect/plan-edit'
import type { Hands, RunFacts, Step } from '../../../runbook/step'
import {
  type CutoverFacts,
  type CutoverSide,
  type CutoverTools,
  type RedirectHost,
  sessionNames,
  tagOf
} from '../facts'
import { connectionList } from '../words'
import { forgetArmed } from './arm-redirect'
import { hostList, switchedHosts } from './stage-redirect'

const ownAccount = /^siteswap/

const connectionsOn = async (hands: Hands, side: CutoverSide): Promise<SeenConnection[]> =>
  (await hands.read(side.id, sessionNames.watch, connectionList(side.say))).flatMap((row) =>
    ownAccount.test(row.user ?? '') ? [] : [{ user: row.user ?? '', address: addressOf(row.host ?? '') }]
  )

/** Accounts each host had on the database it leaves, as they were seen when the redirect was laid ready. */
const accountsOf = ({ learned }: RunFacts<CutoverFacts>): Record<string, string[]> =>
  JSON.parse(learned.accounts ?? '{}')

const pointsOf = async (hands: Hands, host: RedirectHost) =>
  fileState((await hands.look(host.server.id, readCommand(host.redirect.path))).stdout, host.redirect)

/** Every application host is told its new database, all at once: one rename and the reload. */
export const redirect = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'redirect',
  group: 'After, at leisure',
  title: 'Redirect',
  why: 'Applications on both sites use the database that now takes writes, those of the other site through the bridge; their connections are seen there, and none is left on the one they leave.',
  server: (facts) => hostList(facts.files),
  deadlineMs: 45_000,
  actions: (facts) =>
    switchedHosts(facts).map((host) => ({
      kind: 'command',
      server: host.server.id,
      command: `{ ${switchCommand(host.redirect.path, tagOf(facts), host.redirect.reload)}\n} && ${forgetArmed(facts, host)}`,
      input: null,
      changes: true
    })),
  perform: async (hands, { fixed }, actions) => {
    const failures: FailureError[] = []
    const switchOne = async (host: RedirectHost, action: CommandAction) => {
      const result = await hands.command(action, { deadlineMs: 20_000 })
      if (result.code !== 0)
        throw fail('server', 'The redirect of an application host failed.', {
          where: host.server.name,
          words: (result.stderr || result.stdout).trim().slice(-1000),
          try: ['Look at the message, mend it, then go on: the step is tried again.']
        })
      tools.canary()?.redirected(host.server.id, fixed.to.site)
    }
    await Promise.all(
      fixed.files.map(async (host) => {
        const action = actions.find((known) => known.kind === 'command' && known.server === host.server.id)
        // It pointed there before: nothing is to be changed, and its orders go there already.
        if (action?.kind !== 'command') return tools.canary()?.redirected(host.server.id, fixed.to.site)
        await switchOne(host, action).catch((error: unknown) =>
          failures.push(fail(failureOf(error).kind, failureOf(error).what, failureOf(error)))
        )
      })
    )
    if (failures[0]) throw failures[0]
  },
  confirm: async (hands, facts) => {
    const { fixed } = facts
    const hosts = fixed.files
    const [left, arrived, points] = await Promise.all([
      connectionsOn(hands, fixed.from),
      connectionsOn(hands, fixed.to),
      Promise.all(hosts.map((host) => pointsOf(hands, host)))
    ])
    const pair = databasePair(fixed.move)
    const ends = pair ? bridgeEndsOf(fixed.move, pair[fixed.to.site]) : []
    const seen = hosts.map((host) =>
      judgeConnections(
        {
          name: host.server.name,
          addresses: addressesOf(host.server),
          accountsBefore: accountsOf(facts)[host.server.id] ?? []
        },
        left,
        arrived,
        ends
      )
    )
    const wrong = hosts.filter((_, index) => points[index] !== fixed.to.site)
    if (wrong.length)
      return {
        done: false,
        why: `The file of ${wrong.map((host) => host.server.name).join(', ')} does not name the new database.`
      }
    const behind = seen.filter((host) => !host.done)
    if (behind.length) return { done: false, why: behind.map((host) => host.evidence).join('; ') }
    return { done: true, evidence: seen.map((host) => host.evidence).join('; ') }
  },
  undo: (facts) => undoRedirect(facts)
})

const undoRedirect = (facts: RunFacts<CutoverFacts>) => ({
  kind: 'actions' as const,
  actions: switchedHosts(facts).map((host) => ({
    kind: 'command' as const,
    server: host.server.id,
    command: restoreCommand(host.redirect.path, tagOf(facts), host.redirect.reload),
    input: null,
    changes: true
  }))
})

/** Applications that a person tells. */
export const redirectByHand = (): Step<CutoverFacts> => ({
  id: 'redirect-by-hand',
  group: 'After, at leisure',
  title: 'Redirect by hand',
  why: 'These applications have no file that Siteswap may edit.',
  server: (facts) => facts.byHand.map((host) => host.server.name).join(', '),
  deadlineMs: 5000,
  actions: ({ fixed }) =>
    fixed.byHand.map((host) => ({
      kind: 'person',
      text: `Tell ${host.server.name} to use the database of ${fixed.to.siteName}.${host.note ? ` ${host.note}` : ''}`
    })),
  confirm: async () => ({ done: true, evidence: 'said to be done' }),
  undo: ({ fixed }) => ({
    kind: 'actions',
    actions: fixed.byHand.map((host) => ({
      kind: 'person',
      text: `Tell ${host.server.name} to use the database of ${fixed.from.siteName} again.`
    }))
  })
})
