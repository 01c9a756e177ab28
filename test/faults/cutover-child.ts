/** cutover-child.ts LABDIR JOURNAL KIND POINT: runs a switch as the app would and is killed by SIGKILL, or stopped as a sleeping laptop is, at a point of it. */

import { writeSync } from 'node:fs'
import { type Reaching, startRun } from '../../src/main/runbook/run'
import { JournalFile } from '../../src/main/store/journal-file'
import type { Run } from '../../src/shared/runbook'
import { attachLab } from '../lab/lab'
import { until } from '../lab/processes'
import { withCutover } from '../servers/own/cutover-lab'
import { attachRunbooks } from '../servers/own/runbook-lab'

const [labDir = '', journalPath = '', kind = 'cutover', point = ''] = process.argv.slice(2)

const die = (): never => {
  console.log(JSON.stringify({ killedAt: Date.now() }))
  process.kill(process.pid, 'SIGKILL')
  // Nothing runs any more; the types do not know it.
  throw new Error('killed')
}

const main = async (): Promise<void> => {
  const at = withCutover(attachRunbooks(attachLab(labDir)))
  const journal = await JournalFile.open(journalPath)
  const sql: Reaching['sql'] = async (action, options) => {
    const answer = at.deps.reaching.sql(action, options)
    if (point === 'after-throw' && action.session === 'hold' && action.statements.at(-1)?.includes('AS read_only')) {
      answer.catch(() => undefined)
      // The old server is seen to be sealed: the packet has left and arrived. Its answer is never heard.
      void until(async () => await sealed(), 60_000, 'the throw does not arrive', 5).then(die, die)
      return new Promise(() => {})
    }
    return answer
  }
  const leaving = await at.lab.sql(kind === 'reverse' ? 'new' : 'old')
  const sealed = async (): Promise<boolean> => {
    const [rows] = await leaving.query('SELECT @@global.read_only AS ro')
    return Number((rows as { ro: number }[])[0]?.ro) === 1
  }
  const killOn: Record<string, string> = { 'before-hold': 'arm', 'in-hold': 'hold', 'after-redirect': 'redirect' }
  let slept = false
  const onRun = (run: Run): void => {
    if (point === 'sleep' && !slept && run.steps.find((step) => step.id === 'hold')?.state === 'done') {
      slept = true
      writeSync(1, 'asleep\n')
      process.kill(process.pid, 'SIGSTOP')
    }
    if (run.steps.find((step) => step.id === killOn[point])?.state === 'done') die()
  }
  const { runbook } = await at.prepare(kind === 'reverse' ? 'reverse' : 'cutover')
  const deps = {
    write: (body: Parameters<JournalFile['write']>[0]) => journal.write(body),
    reaching: { ...at.deps.reaching, sql },
    now: () => performance.now(),
    onRun
  }
  const run = await startRun(runbook, deps, { runId: `killed-${point}`, operator: 'child', epoch: 1, identities: {} })
    .ended
  console.log(JSON.stringify({ ended: run.state, steps: run.steps.map((step) => [step.id, step.state, step.failure]) }))
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
