import { type Canary, startCanary } from '../../../src/main/canary/canary'
import { type PreparedCutover, prepareCutover } from '../../../src/main/runbooks/cutover/prepare-cutover'
import { gatherLinkFacts } from '../../../src/main/runbooks/link/gather-link-facts'
import { makeLinkRunbook } from '../../../src/main/runbooks/link/make-link-runbook'
import { bridgeEyes } from '../../../src/main/runbooks/link/see-through'
import { gatherReplicateFacts } from '../../../src/main/runbooks/replicate/gather-replicate-facts'
import { makeReplicateRunbook } from '../../../src/main/runbooks/replicate/make-replicate-runbook'
import { gatherSeedFacts } from '../../../src/main/runbooks/seed/gather-seed-facts'
import { makeSeedRunbook } from '../../../src/main/runbooks/seed/make-seed-runbook'
import type { CanaryLedger } from '../../../src/shared/canary'
import type { SiteSide } from '../../../src/shared/move'
import type { Run } from '../../../src/shared/runbook'
import type { FlavourName } from '../../lab/software'
import { type RunbookLab, runbookLab } from './runbook-lab'

/** A lab whose two databases are co-masters, with what a cutover needs. */
export interface CutoverLab extends RunbookLab {
  prepare(kind: 'cutover' | 'reverse' | 'rehearsal', runs?: Run[]): Promise<PreparedCutover>
  canary: { current(): Canary | null; start(): Canary; stop(): Promise<void>; ledger(): CanaryLedger | null }
  /** Runs a switch to its end, going on wherever a person is asked. */
  drive(kind: 'cutover' | 'reverse' | 'rehearsal', resumed?: string): Promise<Run>
  readOnly(side: SiteSide): Promise<boolean>
}

const mustBeDone = (run: Run): Run => {
  const failed = run.steps.find((step) => step.failure)
  if (run.state.kind !== 'done')
    throw new Error(`${run.title}: ${run.state.kind} ${failed?.id} ${JSON.stringify(failed?.failure)}`)
  return run
}

/** Bridge, seed and co-masters, each by its own runbook. */
export const replicated = async (at: RunbookLab): Promise<void> => {
  const link = await gatherLinkFacts(at)
  mustBeDone(await at.run(makeLinkRunbook(link, bridgeEyes(at.reach, link))))
  mustBeDone(await at.run(makeSeedRunbook(await gatherSeedFacts(at))))
  mustBeDone(await at.run(makeReplicateRunbook(await gatherReplicateFacts(at))))
}

/** Adds what a cutover needs to a lab that is up and replicated. */
export const withCutover = (at: RunbookLab): CutoverLab => {
  let canary: Canary | null = null
  let ledger: CanaryLedger | null = null
  let active: SiteSide = 'old'
  const own: CutoverLab['canary'] = {
    current: () => canary,
    ledger: () => ledger,
    start: () => {
      canary ??= startCanary({ reach: at.reach, active, now: () => Date.now(), onState: () => {} })
      return canary
    },
    stop: async () => {
      const running = canary
      canary = null
      if (running) ledger = await running.stop()
    }
  }
  const prepare: CutoverLab['prepare'] = (kind, runs = []) =>
    prepareCutover({
      reach: at.reach,
      kind,
      operator: 'test',
      reaching: at.deps.reaching,
      wall: () => Date.now(),
      canary: own.current,
      preflight: () => ({ kind: 'never' }),
      drift: () => ({ kind: 'never' }),
      topology: () => null,
      runs: () => runs
    })
  const readOnly = async (side: SiteSide): Promise<boolean> => {
    const session = await at.lab.sql(side)
    try {
      const [rows] = await session.query('SELECT @@global.read_only AS ro')
      return Number((rows as { ro: number }[])[0]?.ro) === 1
    } finally {
      await session.end()
    }
  }
  return {
    ...at,
    prepare,
    canary: own,
    readOnly,
    drive: async (kind, resumed) => {
      active = kind === 'reverse' ? 'new' : 'old'
      // Between a throw and the redirect no order can be acknowledged.
      await own
        .start()
        .acknowledgedAfter(Date.now(), resumed ? 500 : 10_000)
        .catch((error: unknown) => resumed ?? Promise.reject(error))
      const { runbook } = await prepare(kind)
      const handle = at.start(runbook, resumed ? { runId: resumed, resume: at.folded(resumed) } : {})
      const goOn = setInterval(() => {
        const { state } = handle.current()
        if (state.kind === 'waiting')
          try {
            handle.personDone(state.step, 'test')
          } catch {
            // it has gone on between the look and the word
          }
      }, 200)
      const run = await handle.ended
      clearInterval(goOn)
      await own.stop()
      return run
    },
    close: async () => {
      await canary?.stop(0).catch(() => undefined)
      await at.close()
    }
  }
}

/** A fresh lab on loopback, replicated and ready for a cutover. */
export const cutoverLab = async (flavour: FlavourName, scale: number): Promise<CutoverLab> => {
  const at = await runbookLab(flavour, scale)
  try {
    await replicated(at)
    return withCutover(at)
  } catch (error) {
    await at.close()
    throw error
  }
}
