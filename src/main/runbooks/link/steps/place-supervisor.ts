import type { CommandAction } from '../../../../shared/runbook'
import type { Step } from '../../../runbook/step'
import { bridgeFiles, type LinkFacts } from '../link-facts'
import { scriptAction } from '../script-action'
import { shellRun, shellWord } from '../shell'
import { supervisorScript, unitText } from '../supervisor-text'

const fileOf = (facts: LinkFacts): { path: string; text: string } =>
  facts.supervisor.kind === 'systemd'
    ? { path: facts.supervisor.unitPath, text: unitText(facts, facts.supervisor.scope) }
    : { path: bridgeFiles(facts.directory).script, text: supervisorScript(facts) }

const write = (facts: LinkFacts): CommandAction => {
  const { path, text } = fileOf(facts)
  const folder = shellWord(path.slice(0, path.lastIndexOf('/')))
  return {
    kind: 'command',
    server: facts.new.id,
    command: shellRun(`umask 077 && mkdir -p ${folder} && cat >${shellWord(path)}`),
    input: text,
    changes: true
  }
}

/** What keeps the bridge's ssh alive: a systemd unit, or a small script where systemd does not run. */
export const placeSupervisor: Step<LinkFacts> = {
  id: 'place-supervisor',
  group: 'Bridge',
  title: 'Write what keeps the bridge up',
  why: 'Lines drop. The bridge comes back by itself on the new host, without this computer.',
  server: (facts) => facts.new.id,
  deadlineMs: 20_000,
  actions: ({ fixed }) => [write(fixed)],
  snapshot: async (hands, { fixed }) =>
    (await hands.look(fixed.new.id, shellRun(`[ -e ${shellWord(fileOf(fixed).path)} ]`))).code === 0,
  confirm: async (hands, { fixed }) => {
    const { path, text } = fileOf(fixed)
    const seen = await hands.look(fixed.new.id, shellRun(`cat ${shellWord(path)}`))
    return seen.code === 0 && seen.stdout === text
      ? { done: true, evidence: `${path} is in place` }
      : { done: false, why: seen.stderr.trim() || `${path} holds something else.` }
  },
  undo: ({ fixed }, snapshot) =>
    snapshot === true
      ? { kind: 'nothing' }
      : { kind: 'actions', actions: [scriptAction(fixed.new.id, [`rm -f ${shellWord(fileOf(fixed).path)}`])] }
}
