import { createInterface } from 'node:readline'
import { failureOf } from '../../shared/failure'
import type { Run } from '../../shared/runbook'
import type { LiveMove } from '../engine/live-move'
import type { StartedRun } from '../engine/run-desk'
import { exitCodes } from './exit-codes'
import { answerInterrupts } from './interrupt'
import { failureText, plain, tell } from './print'

/** Waits for Enter at the terminal. Resolves to false when standard input ends first. */
const enter = (signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin })
    const end = (went: boolean) => {
      lines.close()
      process.stdin.pause()
      resolve(went)
    }
    lines.once('line', () => end(true))
    lines.once('close', () => end(false))
    signal.addEventListener('abort', () => end(false), { once: true })
  })

export interface Following {
  /** Every change of the run is handed in here. */
  changed(run: Run): void
  until(started: StartedRun): Promise<Run>
}

/**
 * Follows runs to their end. An interrupt puts back what can be put back. A step that waits for a person is answered at the
 * terminal, by `goOn`, or not at all: then the run is left as it stands, to be resumed.
 */
export const makeFollowing = (live: () => LiveMove, goOn: boolean): Following => {
  let asked = ''
  let unanswered: Run | null = null
  let leave: ((run: Run) => void) | null = null
  let over = new AbortController()

  const answer = (run: Run, step: string): void => {
    try {
      live().desk.personDone(run.id, step)
    } catch (error) {
      tell(failureText(failureOf(error)))
    }
  }
  const changed = (run: Run): void => {
    if (run.state.kind !== 'waiting') return
    const { step, text } = run.state
    const question = `${run.id}/${step}/${run.decisions.length}`
    if (question === asked) return
    asked = question
    tell(plain(`waiting             ${text}`))
    // The step begins to listen only after its entry is on disk.
    if (goOn) setImmediate(() => answer(run, step))
    else if (process.stdin.isTTY) {
      tell('                    Press Enter when it is done; Ctrl-C stops here.')
      void enter(over.signal).then((went) => went && answer(run, step))
    } else {
      tell('                    Nobody is here to answer. Do it, then: siteswap cutover MOVE resume --yes')
      unanswered = run
      leave?.(run)
    }
  }

  const until = async (started: StartedRun): Promise<Run> => {
    let interrupts = 0
    const stop = answerInterrupts(() => {
      interrupts += 1
      if (interrupts > 1) {
        tell('Ended at once. The journal holds how far it came: resume or undo goes on from there.')
        process.exit(exitCodes.interrupted)
      }
      tell('Interrupted: putting back what can be put back. A second interrupt ends at once.')
      live()
        .desk.abort(started.runId)
        .catch((error: unknown) => tell(failureText(failureOf(error))))
    })
    const left = new Promise<Run>((resolve) => {
      leave = resolve
      if (unanswered) resolve(unanswered)
    })
    try {
      return await Promise.race([started.ended, left])
    } finally {
      leave = null
      over.abort()
      over = new AbortController()
      stop()
    }
  }
  return { changed, until }
}
