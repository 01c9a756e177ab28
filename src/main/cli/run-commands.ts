import { fail } from '../../shared/failure'
import { type Run, type RunbookKind, runIsOpen } from '../../shared/runbook'
import type { LiveMove } from '../engine/live-move'
import { ensureMadeSecrets } from '../engine/made-secrets'
import type { StartedRun } from '../engine/run-desk'
import { type CliOptions, exitCodes, type Listen, type OpenedMove, withLiveMove } from './open'
import { previewText, say, sayJson, stepTeller, tell } from './print'

export type ReplicateVerb = 'plan' | 'link' | 'seed' | 'co-masters' | 'all' | 'resume' | 'undo'
export type CutoverVerb = 'plan' | 'rehearse' | 'run' | 'resume' | 'abort' | 'reverse' | 'finish'

const setUp: RunbookKind[] = ['link', 'seed', 'replicate']
const switching: RunbookKind[] = ['rehearsal', 'cutover', 'reverse', 'finish']

/** Follows a run to its end; an interrupt aborts it where that is still possible. */
const follow = async (live: LiveMove, started: StartedRun): Promise<Run> => {
  const interrupt = () => {
    tell('Aborting: putting everything back.')
    live.desk.abort(started.runId).catch((error: Error) => tell(error.message))
  }
  process.on('SIGINT', interrupt)
  try {
    return await started.ended
  } finally {
    process.off('SIGINT', interrupt)
  }
}

const sayRun = (run: Run, options: CliOptions): number => {
  if (options.json) sayJson(run)
  else {
    say(`${run.title}: ${run.state.kind}${'why' in run.state ? `, ${run.state.why}` : ''}`)
    if (run.pause.holdMs !== null)
      say(
        `write pause ${Math.round(run.pause.holdMs)} ms${run.pause.canaryGapMs === null ? '' : `, longest gap of canary orders ${Math.round(run.pause.canaryGapMs)} ms`}`
      )
  }
  return run.state.kind === 'done' || run.state.kind === 'undone' ? exitCodes.ok : exitCodes.unverified
}

const lastOf = (live: LiveMove, kinds: RunbookKind[], open: boolean): Run => {
  const run = live.desk
    .runs()
    .filter((known) => kinds.includes(known.kind) && (!open || runIsOpen(known)))
    .at(-1)
  if (!run)
    throw fail('not-found', open ? 'There is no open run.' : 'There is no run to undo.', {
      try: ['See the report for what has been done.']
    })
  return run
}

const listener = (): Listen => {
  const teller = stepTeller()
  return (_name, payload) => {
    if ('run' in payload) teller(payload.run)
  }
}

const preview = async ({ live }: OpenedMove, kinds: RunbookKind[], options: CliOptions): Promise<number> => {
  const previews = []
  for (const kind of kinds) previews.push(await live.desk.preview(kind, null))
  if (options.json) sayJson(previews)
  else for (const one of previews) say(previewText(one))
  return previews.some((one) => one.blockers.length > 0) ? exitCodes.findings : exitCodes.ok
}

const runKinds = async (
  { live, secrets }: OpenedMove,
  kinds: RunbookKind[],
  confirm: string | null,
  options: CliOptions
): Promise<number> => {
  live.watch()
  await ensureMadeSecrets(secrets, live.move().id)
  let code: number = exitCodes.ok
  for (const kind of kinds) {
    code = sayRun(await follow(live, await live.desk.start(kind, null, confirm)), options)
    if (code !== exitCodes.ok) return code
  }
  return code
}

/** Bridge, seed and co-masters; without `yes` the statements are only printed. */
export const replicate = (path: string, options: CliOptions, verb: ReplicateVerb, yes: boolean): Promise<number> =>
  withLiveMove(path, options, listener(), async (opened) => {
    const { live } = opened
    const kinds: Partial<Record<ReplicateVerb, RunbookKind[]>> = {
      plan: setUp,
      link: ['link'],
      seed: ['seed'],
      'co-masters': ['replicate'],
      all: setUp
    }
    const chosen = kinds[verb]
    if (verb === 'resume')
      return sayRun(await follow(live, await live.desk.resume(lastOf(live, setUp, true).id)), options)
    if (verb === 'undo') return sayRun(await follow(live, await live.desk.undo(lastOf(live, setUp, false).id)), options)
    if (!chosen)
      throw fail('invalid', `“${verb}” is not something replicate can do.`, {
        try: ['plan, link, seed, co-masters, all, resume or undo']
      })
    return verb === 'plan' || !yes ? preview(opened, chosen, options) : runKinds(opened, chosen, null, options)
  })

/** Plan, rehearse, run, resume, abort, reverse, finish. */
export const cutover = (
  path: string,
  options: CliOptions,
  verb: CutoverVerb,
  confirm: string | null
): Promise<number> =>
  withLiveMove(path, options, listener(), async (opened) => {
    const { live } = opened
    live.watch()
    await live.watch().refresh()
    switch (verb) {
      case 'plan':
        return preview(opened, ['cutover'], options)
      case 'rehearse':
        return runKinds(opened, ['rehearsal'], null, options)
      case 'run':
        return runKinds(opened, ['cutover'], confirm, options)
      case 'reverse':
        return runKinds(opened, ['reverse'], confirm, options)
      case 'finish':
        return runKinds(opened, ['finish'], confirm, options)
      case 'resume':
        return sayRun(await follow(live, await live.desk.resume(lastOf(live, switching, true).id)), options)
      case 'abort':
        return sayRun(await follow(live, await live.desk.undo(lastOf(live, switching, true).id)), options)
      default:
        throw fail('invalid', `“${String(verb satisfies never)}” is not something cutover can do.`, {
          try: ['plan, rehearse, run, resume, abort, reverse or finish']
        })
    }
  })
