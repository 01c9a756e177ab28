import type { Step } from '../../../runbook/step'
import { type BridgeProcess, lastWords, parseStatus } from '../bridge-process'
import type { LinkFacts } from '../link-facts'
import { startLines, statusScript, stopLines } from '../run-scripts'
import { scriptAction } from '../script-action'
import { shellRun } from '../shell'

/** Starts the supervised ssh; it stands when its process has held for a moment. */
export const startBridge: Step<LinkFacts> = {
  id: 'start-bridge',
  group: 'Bridge',
  title: 'Start the bridge',
  why: 'One ssh process carries both directions: the new host reaches the old database, the old host reaches the new one.',
  server: (facts) => facts.new.id,
  deadlineMs: 30_000,
  actions: ({ fixed }) => [scriptAction(fixed.new.id, startLines(fixed))],
  confirm: async (hands, { fixed }) => {
    const process = parseStatus((await hands.look(fixed.new.id, shellRun(statusScript(fixed)))).stdout)
    return running(process)
      ? { done: true, evidence: `ssh runs as process ${process.pid}, kept up by ${process.supervisor}` }
      : { done: false, why: lastWords(process) ?? 'No ssh process of the bridge runs.' }
  },
  undo: ({ fixed }) => ({ kind: 'actions', actions: [scriptAction(fixed.new.id, stopLines(fixed))] }),
  confirmUndone: async (hands, { fixed }) => {
    const process = parseStatus((await hands.look(fixed.new.id, shellRun(statusScript(fixed)))).stdout)
    return process.pid === null
      ? { done: true, evidence: 'no process of the bridge runs' }
      : { done: false, why: `ssh still runs as process ${process.pid}.` }
  }
}

// an ssh that is refused ends within the first second
const running = (process: BridgeProcess) => process.pid !== null && (process.ageSeconds ?? 0) >= 1
