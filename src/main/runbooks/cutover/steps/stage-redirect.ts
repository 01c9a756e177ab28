import { fail } from '../../../../shared/failure'
import type { Action } from '../../../../shared/runbook'
import { readCommand, stageCommand, stagedCommand, unstageCommand } from '../../../redirect/file-commands'
import { editsTowards, planEdit } from '../../../redirect/plan-edit'
import type { RunFacts, Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverTools, type RedirectHost, tagOf } from '../facts'

const command = (host: RedirectHost, text: string, input: string | null): Action => ({
  kind: 'command',
  server: host.server.id,
  command: text,
  input,
  changes: true
})

/** The files are laid ready beside the files in use: the switch itself is then one rename. */
export const stageRedirect = (tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'stage-redirect',
  group: 'Prepare, writes go on',
  title: 'Lay redirect ready',
  why: 'The edited file and a backup are put beside the file in use; nothing uses them yet. After the switch one rename and the reload are left.',
  server: (facts) => hostList(facts.files),
  deadlineMs: 20_000,
  actions: (facts) =>
    switchedHosts(facts).map((host) => {
      const edits = editsTowards(host.redirect, facts.fixed.to.site).flatMap(({ from, to }) => [`- ${from}`, `+ ${to}`])
      return command(
        host,
        stageCommand(host.redirect.path, tagOf(facts)),
        `(the file as it is, with this changed)\n${edits.join('\n')}`
      )
    }),
  perform: async (_hands, facts) => {
    const { fixed } = facts
    await Promise.all(
      fixed.files.map(async (host) => {
        const ssh = await tools.reach.ssh(host.server.id)
        const file = await ssh.exec(readCommand(host.redirect.path), { deadlineMs: 10_000 })
        if (file.code !== 0)
          throw fail('not-found', 'The configuration file cannot be read.', {
            where: `${host.server.name}: ${host.redirect.path}`,
            words: file.stderr.trim(),
            try: ['Check the path and the rights of the SSH account.']
          })
        const plan = planEdit(file.stdout, host.redirect, fixed.to.site, host.server.name)
        if (plan.kind === 'refused') throw fail(plan.failure.kind, plan.failure.what, plan.failure)
        if (plan.kind === 'already') return
        // The whole file may hold passwords: it goes by standard input only and is never journaled.
        const staged = await ssh.exec(stageCommand(host.redirect.path, tagOf(facts)), {
          input: plan.after,
          deadlineMs: 10_000
        })
        if (staged.code !== 0)
          throw fail('storage', 'The edited file could not be laid beside the file in use.', {
            where: `${host.server.name}: ${host.redirect.path}`,
            words: staged.stderr.trim(),
            try: ['Check the rights of the SSH account and the space on the disk.']
          })
      })
    )
  },
  confirm: async (hands, facts) => {
    const { fixed } = facts
    const ready = await Promise.all(
      fixed.files.map(
        async (host) =>
          host.points === fixed.to.site ||
          (await hands.look(host.server.id, stagedCommand(host.redirect.path, tagOf(facts)))).code === 0
      )
    )
    const count = ready.filter(Boolean).length
    if (count < ready.length) return { done: false, why: `${count} of ${ready.length} hosts are ready.` }
    const staged = fixed.files.filter((host) => host.points !== fixed.to.site).map((host) => host.server.id)
    const accounts = Object.fromEntries(fixed.files.map((host) => [host.server.id, host.accounts]))
    return {
      done: true,
      evidence: `${count} hosts ready`,
      learned: { accounts: JSON.stringify(accounts), staged: JSON.stringify(staged) }
    }
  },
  undo: (facts) => ({
    kind: 'actions',
    actions: switchedHosts(facts).map((host) => command(host, unstageCommand(host.redirect.path, tagOf(facts)), null))
  })
})

/** Hosts whose file is changed by this run: those that pointed elsewhere when it was laid ready. */
export const switchedHosts = ({ fixed, learned }: RunFacts<CutoverFacts>): RedirectHost[] => {
  const staged = learned.staged ? (JSON.parse(learned.staged) as string[]) : null
  return fixed.files.filter((host) => (staged ? staged.includes(host.server.id) : host.points !== fixed.to.site))
}

/** Host names for a step's server column. */
export const hostList = (hosts: readonly RedirectHost[]): string =>
  hosts.length === 1 ? (hosts[0]?.server.name ?? '') : `${hosts.length} hosts`
