import { driftVerdict } from '../../shared/drift'
import type { DriftWish } from '../../shared/drift-wish'
import { driftProgressText, driftText } from './drift-text'
import { exitCodes } from './exit-codes'
import { type CliOptions, withLiveMove } from './open'
import { say, sayJson, showProgress } from './print'

/** The options of `siteswap drift` as they were typed. */
export interface DriftFlags {
  certify?: true
  briefLock?: true
  strong?: true
  pace?: DriftWish['pace']
  only?: string[]
  without?: string[]
  fresh?: true
}

const wishOf = (flags: DriftFlags): DriftWish => ({
  ...(flags.certify ? { certify: flags.briefLock ? 'brief-lock' : true } : {}),
  ...(flags.strong ? { strong: true } : {}),
  ...(flags.pace ? { pace: flags.pace } : {}),
  ...(flags.only ? { only: flags.only } : {}),
  ...(flags.without ? { without: flags.without } : {}),
  ...(flags.fresh ? { fresh: true } : {})
})

/** Exit 0 when equal, 1 when the sites differ, 3 when inconclusive or failed. */
export const compareDrift = (path: string, options: CliOptions, flags: DriftFlags): Promise<number> =>
  withLiveMove(
    path,
    options,
    (_name, payload) => {
      if ('drift' in payload && payload.drift.kind === 'running') showProgress(driftProgressText(payload.drift))
    },
    async ({ live }) => {
      const state = await live.drift.start(wishOf(flags))
      if (options.json) sayJson(state)
      else say(driftText(state))
      const verdict = driftVerdict(state)
      return verdict === 'equal' ? exitCodes.ok : verdict === 'differs' ? exitCodes.findings : exitCodes.unverified
    }
  )
