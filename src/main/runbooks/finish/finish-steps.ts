import type { SiteSide } from '../../../shared/move'
import type { UndoPlan } from '../../../shared/runbook'
import { quoteText } from '../../mysql/identifiers'
import { linkStatusOf } from '../../mysql/replica-status'
import { statementsFor } from '../../mysql/statements'
import { numberOf } from '../../mysql/words'
import type { Hands, Step } from '../../runbook/step'
import { bridgeFiles, bridgeMark } from '../link/link-facts'
import { statusScript, stopLines } from '../link/run-scripts'
import { scriptAction } from '../link/script-action'
import { shellRun, shellWord } from '../link/shell'
import { takeEntryOut } from '../link/steps/authorize-key'
import { canaryAccount, channelOf, replicationAccount } from '../replicate/replicate-facts'
import { sqlAction } from '../seed/sql-action'
import { type FinishEnd, type FinishFacts, passiveSide } from './finish-facts'

const noWayBack: UndoPlan = {
  kind: 'impossible',
  why: 'What Siteswap made is gone. “Build the bridge” and “Make them co-masters” make it anew.'
}

const leftOn = async (hands: Hands, end: FinishEnd): Promise<number> => {
  const [row] = await hands.read(
    end.id,
    'operate',
    `SELECT (SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'siteswap') + (SELECT COUNT(*) FROM mysql.user WHERE User IN (${quoteText(replicationAccount)}, ${quoteText(canaryAccount)})) AS n`
  )
  return numberOf(row?.n)
}

/** Schema and accounts go on the active server; the link, still running, takes them away on the other one. */
export const removeOwn: Step<FinishFacts> = {
  id: 'remove-own',
  group: 'Servers',
  title: 'Remove Siteswap’s schema and accounts',
  why: 'Removed on the active server only: the link that still runs removes them on the other one.',
  server: (facts) => facts[facts.active].id,
  deadlineMs: 60_000,
  actions: ({ fixed }) => {
    const end = fixed[fixed.active]
    const statements = [
      ...end.accounts.map(({ user, host }) => statementsFor(end.can).dropAccount(user, host)),
      ...(end.schema ? ['DROP DATABASE IF EXISTS siteswap'] : [])
    ]
    return statements.length ? [sqlAction(end.id, statements)] : [{ kind: 'app', text: 'There is nothing to remove.' }]
  },
  confirm: async (hands, { fixed }) => {
    const [active, passive] = [fixed[fixed.active], fixed[passiveSide(fixed)]]
    if ((await leftOn(hands, active)) > 0) return { done: false, why: `They are still on ${active.name}.` }
    if (passive.gone)
      return { done: true, evidence: `gone from ${active.name}; ${passive.name} does not answer, so they stay there` }
    const left = await leftOn(hands, passive)
    if (left === 0) return { done: true, evidence: `gone from ${active.name} and ${passive.name}` }
    return passive.linkRuns
      ? { done: false, why: `They are still on ${passive.name}.` }
      : { done: true, evidence: `gone from ${active.name}; the link did not run, so they stay on ${passive.name}` }
  },
  undo: () => noWayBack
}

/** Stops and forgets one link. */
export const removeLink = (side: SiteSide): Step<FinishFacts> => ({
  id: `remove-link-${side}`,
  group: 'Servers',
  title: side === 'old' ? 'End the link to the old server' : 'End the link to the new server',
  why: 'Nothing travels between the sites any more.',
  server: (facts) => facts[side].id,
  deadlineMs: 30_000,
  actions: ({ fixed }) => {
    const end = fixed[side]
    const say = statementsFor(end.can)
    return end.linked
      ? [sqlAction(end.id, [...say.stopLink(channelOf(end.can)), ...say.resetLink(channelOf(end.can))])]
      : [{ kind: 'app', text: `${end.name} has no link of Siteswap’s.` }]
  },
  confirm: async (hands, { fixed }) => {
    const end = fixed[side]
    const links = (await hands.read(end.id, 'operate', statementsFor(end.can).showLinks())).map(linkStatusOf)
    return links.some((link) => link.channel === channelOf(end.can) && link.sourceHost !== '')
      ? { done: false, why: `${end.name} still has the link.` }
      : { done: true, evidence: `${end.name} follows nobody through Siteswap’s link` }
  },
  undo: () => noWayBack
})

/** Ends the bridge and removes its key, entry, supervisor and folder. */
export const removeBridge: Step<FinishFacts> = {
  id: 'remove-bridge',
  group: 'Bridge',
  title: 'Take the bridge down',
  why: 'The key is taken out of the old host and deleted on the new one: nobody can use it again.',
  server: () => 'both',
  deadlineMs: 30_000,
  actions: ({ fixed }) => {
    const { link } = fixed
    if (!link) return [{ kind: 'app', text: 'The move has no bridge.' }]
    const files = Object.values(bridgeFiles(link.directory)).map(shellWord).join(' ')
    const unit = link.supervisor.kind === 'systemd' ? [`rm -f ${shellWord(link.supervisor.unitPath)}`] : []
    const onNew = () =>
      scriptAction(link.new.id, [
        ...stopLines(link),
        ...unit,
        `rm -f ${files}`,
        `rm -f ${shellWord(link.directory)}/seed.* ${shellWord(link.directory)}/accounts.*`,
        `rmdir ${shellWord(link.directory)} 2>/dev/null || true`
      ])
    return [
      ...(fixed.hostsGone.includes('new') ? [] : [onNew()]),
      ...(fixed.hostsGone.includes('old') ? [] : [scriptAction(link.old.id, takeEntryOut(link, 'nothing'))])
    ]
  },
  confirm: async (hands, { fixed }) => {
    const { link } = fixed
    if (!link) return { done: true, evidence: 'there was no bridge' }
    if (fixed.hostsGone.includes('new'))
      return {
        done: true,
        evidence: `${link.new.name} does not answer: its key stays there, the old host knows it no more`
      }
    const here = await hands.look(link.new.id, shellRun(`${statusScript(link)}`))
    if (/^ssh \d/m.test(here.stdout)) return { done: false, why: 'Its ssh still runs.' }
    const key = await hands.look(link.new.id, shellRun(`[ ! -e ${shellWord(bridgeFiles(link.directory).key)} ]`))
    if (key.code !== 0) return { done: false, why: 'Its key is still on the new host.' }
    if (fixed.hostsGone.includes('old'))
      return {
        done: true,
        evidence: `process, key and folder are gone; ${link.old.name} does not answer: its entry stays there`
      }
    const entry = await hands.look(
      link.old.id,
      shellRun(`! grep -q ' ${bridgeMark(link.moveId)}$' ${shellWord(link.authorizedKeys)} 2>/dev/null`)
    )
    return entry.code === 0
      ? { done: true, evidence: 'process, key, entry and folder are gone' }
      : { done: false, why: 'The entry is still on the old host.' }
  },
  undo: () => noWayBack
}

/** Says what stays, so that nobody has to guess. */
export const sayWhatStays: Step<FinishFacts> = {
  id: 'say-what-stays',
  group: 'After',
  title: 'What stays',
  why: 'Siteswap removes what it made. What belongs to the shop or to the servers’ owners stays, and is named here.',
  server: () => 'both',
  deadlineMs: 1_000,
  actions: ({ fixed }) => {
    const passive = fixed[passiveSide(fixed)]
    return [
      passive.gone
        ? {
            kind: 'app',
            text: `${passive.name} does not answer: Siteswap’s accounts, schema and link stay on it${fixed.hostsGone.length ? `, and ${passiveSide(fixed) === 'old' ? `the line ${bridgeMark(fixed.moveId)} in ${fixed.link?.authorizedKeys} of its host` : 'the bridge’s files on its host'}` : ''}. Should it come back, it must not take writes.`
          }
        : {
            kind: 'app',
            text: `${passive.name} keeps its data and stays read-only: nobody can write there by mistake.`
          },
      ...(fixed.old.before || fixed.new.before
        ? []
        : [
            {
              kind: 'app' as const,
              text: 'auto_increment_increment stays 2 on both servers: harmless, and keys already given out stay apart.'
            }
          ]),
      ...(fixed.move.old.servers.some((server) => server.redirect.kind === 'file')
        ? [
            {
              kind: 'app' as const,
              text: 'Configuration files of application hosts stay as they are; a backup of the last switch lies beside each.'
            }
          ]
        : []),
      { kind: 'app', text: 'Events keep their state on both servers. Lines added to my.cnf by hand stay as they are.' },
      { kind: 'app', text: 'The journal, the report and the keychain entries of this move stay on this computer.' }
    ]
  },
  perform: async (hands, _facts, actions) => {
    for (const action of actions) if (action.kind === 'app') hands.note(action.text)
  },
  confirm: async () => ({ done: true, evidence: 'noted in the journal' }),
  undo: () => ({ kind: 'nothing' })
}
