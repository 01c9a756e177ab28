import { type Failure, fail } from '../../shared/failure'
import { retiredSubject } from '../../shared/retired'
import { type Run, type RunbookKind, type RunbookPreview, runIsOpen } from '../../shared/runbook'
import type { LiveMove } from '../engine/live-move'
import { ensureLastingSecrets } from '../engine/made-secrets'
import type { StartedRun } from '../engine/run-desk'
import { duration } from '../report/plain-format'
import { exitCodes } from './exit-codes'
import { type Following, makeFollowing } from './follow'
import { type CliOptions, type OpenedMove, withLiveMove } from './open'
import { obstaclesText, previewText } from './preview-text'
import { plain, say, sayFailure, sayJson, tell } from './print'
import { stepTeller } from './tell-run'

export const replicateVerbs = ['plan', 'link', 'seed', 'co-masters', 'all', 'resume', 'undo'] as const
export const cutoverVerbs = ['plan', 'rehearse', 'run', 'resume', 'abort', 'reverse', 'finish'] as const
export type ReplicateVerb = (typeof replicateVerbs)[number]
export type CutoverVerb = (typeof cutoverVerbs)[number]

const setUp: RunbookKind[] = ['link', 'seed', 'replicate']
const switching: RunbookKind[] = ['rehearsal', 'cutover', 'reverse', 'finish']

interface Commanded extends OpenedMove {
  options: CliOptions
  following: Following
}

/** Opens the move and tells of its runs while `work` goes on. */
const withRuns = (
  path: string,
  options: CliOptions,
  goOn: boolean,
  work: (commanded: Commanded) => Promise<number>
): Promise<number> => {
  let live: LiveMove | null = null
  let teller: ((run: Run) => void) | null = null
  const following = makeFollowing(() => {
    if (!live) throw fail('internal', 'The move is not open yet.')
    return live
  }, goOn)
  return withLiveMove(
    path,
    options,
    (_name, payload) => {
      if (!('run' in payload)) return
      teller?.(payload.run)
      following.changed(payload.run)
    },
    (opened) => {
      live = opened.live
      teller = stepTeller(live.desk.runs())
      live.watch()
      return work({ ...opened, options, following })
    }
  )
}

const ended = (run: Run): boolean => run.state.kind === 'done' || run.state.kind === 'undone'

const runText = (run: Run): string => {
  const { state, pause } = run
  const why = state.kind === 'failed' ? state.failure.what : 'why' in state ? state.why : ''
  const lines = [`${run.title}: ${state.kind}${why ? `. ${why}` : ''}`]
  if (pause.holdMs !== null)
    lines.push(
      `  writes paused for ${duration(pause.holdMs)}${pause.canaryGapMs === null ? '' : `; longest gap between canary orders ${duration(pause.canaryGapMs)}`}`
    )
  if (state.kind === 'failed') lines.push('  try:   resume, or undo (replicate) or abort (cutover)')
  if (state.kind === 'halted') lines.push('  try:   resume: it observes both servers first and goes on from what is so')
  return plain(lines.join('\n'))
}

const sayRun = (run: Run, options: CliOptions): number => {
  if (options.json) sayJson(run)
  else say(runText(run))
  return ended(run) ? exitCodes.ok : exitCodes.unverified
}

const lastOf = (live: LiveMove, kinds: RunbookKind[], wanted: (run: Run) => boolean, what: string): Run => {
  const run = live.desk
    .runs()
    .filter((known) => kinds.includes(known.kind) && wanted(known))
    .at(-1)
  if (!run) throw fail('not-found', what, { try: ['See what has been done: siteswap report MOVE --format json'] })
  return run
}

const preview = async ({ live, options }: Commanded, kinds: RunbookKind[]): Promise<number> => {
  const previews: RunbookPreview[] = []
  for (const kind of kinds) previews.push(await live.desk.preview(kind, null))
  if (options.json) sayJson({ previews })
  else say(previews.map(previewText).join('\n\n'))
  return previews.some((one) => one.blockers.length > 0) ? exitCodes.findings : exitCodes.ok
}

const again = async (
  { live, secrets, options, following }: Commanded,
  run: Run,
  way: (runId: string) => Promise<StartedRun>
): Promise<number> => {
  await ensureLastingSecrets(secrets, live.move().id, run.kind)
  return sayRun(await following.until(await way(run.id)), options)
}

/** Why it cannot start: gates and blockers, exit 1; a go that was not typed, exit 2. */
const refused = (seen: RunbookPreview, confirm: string | null, done: Run[], options: CliOptions): number | null => {
  const [first] = seen.blockers
  if (first) {
    if (options.json)
      sayJson({ ok: false, failure: first, blockers: seen.blockers, gates: seen.gates ?? [], runs: done })
    else tell(`${seen.title} cannot start.\n${obstaclesText(seen)}`)
    return exitCodes.findings
  }
  if (seen.confirmWords === null || seen.confirmWords === confirm?.trim()) return null
  const failure = fail('invalid', `${seen.title} starts only with the typed go.`, {
    ...(seen.confirmWords.startsWith('go ') ? { why: 'The words name the site that will take writes.' } : {}),
    try: [`--confirm "${seen.confirmWords}"`]
  })
  return sayFailure(failure, options.json === true)
}

const runKinds = async (
  commanded: Commanded,
  kinds: RunbookKind[],
  confirm: string | null,
  subject: string | null = null
): Promise<number> => {
  const { live, secrets, options, following } = commanded
  const done: Run[] = []
  let code: number = exitCodes.ok
  let failure: Failure | null = null
  for (const kind of kinds) {
    await ensureLastingSecrets(secrets, live.move().id, kind)
    const seen = await live.desk.preview(kind, subject)
    const no = refused(seen, confirm, done, options)
    if (no !== null) return no
    for (const warning of seen.warnings) tell(plain(`note                ${warning}`))
    const run = await following.until(await live.desk.start(kind, subject, confirm))
    done.push(run)
    if (!options.json) say(runText(run))
    failure = run.state.kind === 'failed' ? run.state.failure : null
    code = ended(run) ? exitCodes.ok : exitCodes.unverified
    if (code !== exitCodes.ok) break
  }
  if (options.json) sayJson(kinds.length > 1 ? { ok: code === exitCodes.ok, failure, runs: done } : done[0])
  return code
}

/** Bridge, seed and co-masters; without `yes` the statements are only printed. */
export const replicate = (path: string, options: CliOptions, verb: ReplicateVerb, yes: boolean): Promise<number> =>
  withRuns(path, options, yes, (commanded) => {
    const { desk } = commanded.live
    const start = (kinds: RunbookKind[]) => (yes ? runKinds(commanded, kinds, null) : preview(commanded, kinds))
    switch (verb) {
      case 'plan':
        return preview(commanded, setUp)
      case 'link':
        return start(['link'])
      case 'seed':
        return start(['seed'])
      case 'co-masters':
        return start(['replicate'])
      case 'all':
        return start(setUp)
      case 'resume': {
        const run = lastOf(commanded.live, setUp, runIsOpen, 'No run of the set-up is open.')
        return again(commanded, run, desk.resume)
      }
      case 'undo': {
        const standing = (run: Run) => run.state.kind !== 'undone' && run.state.kind !== 'aborted'
        const run = lastOf(commanded.live, setUp, standing, 'No run of the set-up is left to undo.')
        return again(commanded, run, desk.undo)
      }
      default:
        return verb satisfies never
    }
  })

/** The rows of one table on the passive side; without `yes` the statements are only printed. */
export const repair = (
  path: string,
  options: CliOptions,
  table: string,
  what: 'plan' | 'run' | 'undo'
): Promise<number> =>
  withRuns(path, options, true, async (commanded) => {
    const { live } = commanded
    if (what === 'run') return runKinds(commanded, ['repair'], null, table)
    if (what === 'undo') {
      const mine = (run: Run) => run.facts.subject === table && run.state.kind !== 'undone'
      const run = lastOf(live, ['repair'], mine, `No repair of ${table} is left to undo.`)
      return again(commanded, run, live.desk.undo)
    }
    const seen = await live.desk.preview('repair', table)
    if (options.json) sayJson({ previews: [seen] })
    else say(previewText(seen))
    return seen.blockers.length > 0 ? exitCodes.findings : exitCodes.ok
  })

/** Plan, rehearse, run, resume, abort, reverse, finish. */
export const cutover = (
  path: string,
  options: CliOptions,
  verb: CutoverVerb,
  go: { confirm: string | null; yes: boolean; retired: string[] }
): Promise<number> =>
  withRuns(path, options, go.yes, async (commanded) => {
    const { live } = commanded
    const open = () => lastOf(live, switching, runIsOpen, 'No run of the cutover is open.')
    await live.watch().refresh()
    switch (verb) {
      case 'plan':
        return preview(commanded, ['cutover'])
      case 'rehearse':
        return runKinds(commanded, ['rehearsal'], null)
      case 'run':
        return runKinds(commanded, ['cutover'], go.confirm)
      case 'reverse':
        return runKinds(commanded, ['reverse'], go.confirm)
      case 'finish':
        return runKinds(commanded, ['finish'], go.confirm, retiredSubject(go.retired))
      case 'resume':
        return again(commanded, open(), live.desk.resume)
      case 'abort':
        return again(commanded, open(), live.desk.undo)
      default:
        return verb satisfies never
    }
  })
