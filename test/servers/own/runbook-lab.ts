import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReach } from '../../../src/main/reach/make-reach'
import type { Reach } from '../../../src/main/reach/reach'
import { type FoldedRun, foldRuns } from '../../../src/main/runbook/fold'
import { type RunDeps, type RunHandle, type RunStart, startRun } from '../../../src/main/runbook/run'
import type { Runbook } from '../../../src/main/runbook/step'
import { makeReaching } from '../../../src/main/runbooks/hands'
import { gatherLinkFacts } from '../../../src/main/runbooks/link/gather-link-facts'
import { makeLinkRunbook } from '../../../src/main/runbooks/link/make-link-runbook'
import { bridgeEyes } from '../../../src/main/runbooks/link/see-through'
import type { JournalBody, JournalEntry } from '../../../src/shared/journal'
import { type Move, moveSchema } from '../../../src/shared/move'
import type { Run } from '../../../src/shared/runbook'
import { canarySecret, replicationSecret } from '../../../src/shared/secret'
import { type Lab, upLab } from '../../lab/lab'
import type { FlavourName } from '../../lab/software'

/** A lab with the parts of the engine that runbooks need: a reach, and a journal kept in memory. */
export interface RunbookLab {
  lab: Lab
  move: Move
  reach: Reach
  entries: JournalEntry[]
  deps: RunDeps
  start<F>(runbook: Runbook<F>, more?: Partial<RunStart>): RunHandle
  run<F>(runbook: Runbook<F>, more?: Partial<RunStart>): Promise<Run>
  folded(runId: string): FoldedRun
  /** Builds the bridge, which seed and co-masters need. */
  buildBridge(): Promise<Run>
  close(): Promise<void>
}

/** Starts a lab on loopback addresses, so that the test's own process reaches it. */
export const runbookLab = async (flavour: FlavourName, scale: number): Promise<RunbookLab> => {
  process.env.SITESWAP_LAB_MODE = 'loopback'
  const dir = mkdtempSync(join(tmpdir(), `siteswap-runbook-${flavour}-`))
  const lab = await upLab({ flavour, dir, scale })
  return { ...attachRunbooks(lab), lab }
}

/** The same over a lab that is up. */
export const attachRunbooks = (lab: Lab): RunbookLab => {
  const move = moveSchema.parse(JSON.parse(readFileSync(lab.movePath, 'utf8')))
  const secrets: Record<string, string> = JSON.parse(readFileSync(lab.state.secretsPath, 'utf8'))
  const made: Record<string, string> = {
    [replicationSecret]: 'replication-made-for-the-test',
    [canarySecret]: 'canary-made-for-the-test',
    ...secrets
  }
  const knownHosts = lab.state.ssh.knownHosts
  const reach = makeReach({
    move,
    secrets: { get: async (ref) => made[ref] ?? null },
    askHostKey: null,
    knownHosts: { read: [knownHosts], write: knownHosts }
  })
  const entries: JournalEntry[] = []
  const deps: RunDeps = {
    write: async (body: JournalBody) => {
      const entry = { seq: entries.length + 1, at: Date.now(), mono: performance.now(), prev: '', hash: '', body }
      entries.push(entry)
      return entry
    },
    reaching: makeReaching(reach),
    now: () => performance.now(),
    onRun: () => {}
  }
  let runs = 0
  const start = <F>(runbook: Runbook<F>, more: Partial<RunStart> = {}) =>
    startRun(runbook, deps, { runId: `r${++runs}`, operator: 'test', epoch: 1, identities: {}, ...more })
  return {
    lab,
    move,
    reach,
    entries,
    deps,
    start,
    buildBridge: async () => {
      const facts = await gatherLinkFacts({ reach, move })
      return start(makeLinkRunbook(facts, bridgeEyes(reach, facts))).ended
    },
    run: (runbook, more) => start(runbook, more).ended,
    folded: (runId) => {
      const known = foldRuns(entries).get(runId)
      if (!known) throw new Error(`no run ${runId}`)
      return known
    },
    close: async () => {
      await reach.close()
      await lab.down()
    }
  }
}
