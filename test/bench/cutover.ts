/** npm run bench:cutover: the write pause of a careful cutover, median of 5, beside the floor: arm and throw without any verification. */

import type { Step } from '../../src/main/runbook/step'
import type { CutoverFacts } from '../../src/main/runbooks/cutover/facts'
import type { FlavourName } from '../lab/software'
import { type CutoverLab, cutoverLab } from '../servers/own/cutover-lab'

const flavours: FlavourName[] = ['m1011', 'my97']
const latencies = [0, 40]
const rounds = 5

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Steps of a cutover that begin, hold or end the pause; what follows at leisure is left out. */
const only = (steps: Step<CutoverFacts>[], ids: string[]): Step<CutoverFacts>[] =>
  steps.filter((step) => ids.includes(step.id))
const careful = [
  'claim',
  'reverse-link',
  'open-sessions',
  'rest-events',
  'arm',
  'hold',
  'catch-up',
  'verify',
  'throw',
  'observe',
  'events',
  'roles'
]
const bare = careful.filter((id) => id !== 'catch-up' && id !== 'verify')

/** The pause as the prober's own clock has it: last write on one side to the first on the other. */
const oneSwitch = async (
  at: CutoverLab,
  kind: 'cutover' | 'reverse',
  ids: string[]
): Promise<{ holdMs: number; silenceMs: number }> => {
  await at.lab.prober.start()
  const { runbook } = await at.prepare(kind)
  const run = await at.start({ ...runbook, steps: only(runbook.steps, ids) }).ended
  if (run.state.kind !== 'done') throw new Error(`${run.title}: ${JSON.stringify(run.state)}`)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await at.lab.prober.stop()
  const { probes } = await at.lab.judge({ on: [] })
  const side = kind === 'cutover' ? 1 : -1
  // The silence is told from the old side to the new one; on the way back it is measured from the app's own clock.
  return {
    holdMs: run.pause.holdMs ?? Number.NaN,
    silenceMs: side === 1 ? (probes?.silenceMs ?? Number.NaN) : Number.NaN
  }
}

const measure = async (at: CutoverLab, ids: string[]): Promise<{ holdMs: number; silenceMs: number }> => {
  const holds: number[] = []
  const silences: number[] = []
  for (let round = 0; round < rounds; round++) {
    const there = await oneSwitch(at, 'cutover', ids)
    holds.push(there.holdMs)
    silences.push(there.silenceMs)
    await oneSwitch(at, 'reverse', ids)
  }
  return { holdMs: median(holds), silenceMs: median(silences) }
}

const main = async (): Promise<void> => {
  console.log(
    `write pause, median of ${rounds}, ms: app = told by the app, seen = last write on the old side to first on the new one, tried every 20 ms\n`
  )
  console.log('flavour  one way   careful app/seen     floor app/seen   ratio (seen)')
  for (const flavour of flavours) {
    const at = await cutoverLab(flavour, 0.1)
    try {
      for (const latency of latencies) {
        await at.lab.latency(latency)
        const full = await measure(at, careful)
        const floor = await measure(at, bare)
        const cell = (one: { holdMs: number; silenceMs: number }) =>
          `${one.holdMs.toFixed(0).padStart(8)} /${one.silenceMs.toFixed(0).padStart(5)}`
        console.log(
          `${flavour.padEnd(8)} ${String(latency).padStart(4)} ms ${cell(full)} ms ${cell(floor)} ms   ${(full.silenceMs / floor.silenceMs).toFixed(2)}`
        )
      }
    } finally {
      await at.close()
    }
  }
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
