import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeHostKeyDesk } from '../../../src/main/engine/host-key-desk'
import { makeOpenMoves } from '../../../src/main/engine/open-moves'
import { makeSignInDesk } from '../../../src/main/engine/sign-in-desk'
import { makeImports } from '../../../src/main/import/make-imports'
import { answerCall } from '../../../src/main/ipc/expose'
import { makeHandlers } from '../../../src/main/ipc/handlers'
import { forkKeyringInNode } from '../../../src/main/store/fork-keyring'
import { Moves } from '../../../src/main/store/moves'
import { SavedSites } from '../../../src/main/store/saved-sites'
import { makeSecrets } from '../../../src/main/store/secrets'
import type { CallName, Calls, EventName, Events } from '../../../src/shared/contract'
import { FailureError, failureOf, type Result } from '../../../src/shared/failure'
import type { Run, RunbookKind } from '../../../src/shared/runbook'

/** What the flow is told on standard input, where no other process can read it. */
export interface PlantedPlan {
  movePath: string
  knownHosts: string
  data: string
  out: string
  secrets: { ref: string; value: string; keep: 'keychain' | 'session' }[]
  servers: string[]
}

/** What it prints at its end; everything that crossed to the window is in `traffic.jsonl`. */
export interface PlantedAnswer {
  calls: Record<string, number>
  events: Record<string, number>
  runs: Record<string, string>
  states: string[]
}

const origin = 'app://ui'

/** A whole move through the handlers of the window, as the window would drive it: all answers and events are written down. */
const flow = async (plan: PlantedPlan): Promise<PlantedAnswer> => {
  const traffic = join(plan.out, 'traffic.jsonl')
  const calls: Record<string, number> = {}
  const events: Record<string, number> = {}
  const runs = new Map<string, Run>()
  const ended = new Map<RunbookKind, (run: Run) => void>()
  const heard = (direction: 'asked' | 'answered' | 'event', name: string, what: unknown) =>
    appendFileSync(traffic, `${JSON.stringify([direction, name, what])}\n`)
  const emit = <Name extends EventName>(name: Name, payload: Events[Name]): void => {
    events[name] = (events[name] ?? 0) + 1
    heard('event', name, payload)
    if (name !== 'run') return
    const { run } = payload as Events['run']
    runs.set(run.id, run)
    if (['done', 'failed', 'aborted', 'halted', 'undone', 'waiting'].includes(run.state.kind))
      ended.get(run.kind)?.(run)
  }

  const moves = new Moves(plan.data)
  const worker = join(process.cwd(), 'src/main/store/keyring-worker.ts')
  const fork = forkKeyringInNode(worker, ['--import', 'tsx'])
  const secrets = makeSecrets({ dir: plan.data, fork, environment: {}, deadlineMs: 15_000 })
  const hostKeys = makeHostKeyDesk((question) => emit('hostkey', { question }))
  const signIn = makeSignInDesk((question) => emit('signin', { question }))
  const open = makeOpenMoves({
    ...{ moves, secrets, operator: 'planted@test', askHostKey: hostKeys.ask, askQuestion: signIn.ask },
    knownHosts: { read: [plan.knownHosts], write: plan.knownHosts },
    emit
  })
  const handlers = makeHandlers({
    info: async () => ({
      ...{ version: '0', operator: 'planted@test', platform: process.platform, openAtStart: null },
      keychain: await secrets.keychain()
    }),
    ...{ moves, open, secrets, hostKeys, signIn, sites: new SavedSites(plan.data) },
    imports: makeImports({ home: plan.out, platform: process.platform, environment: {} }),
    notice: (notice) => emit('notice', notice),
    desktop: {
      chooseMoveFile: async () => plan.movePath,
      chooseSavePath: async (name) => join(plan.out, name),
      writeFile: async (path, text) => writeFileSync(path, text),
      copy: () => {}
    }
  })
  const answer = answerCall(handlers, { isOurs: () => true, origin })
  const frame = { parent: null, detached: false, url: `${origin}/index.html` }
  const call = async <Name extends CallName>(name: Name, args: Calls[Name]['args']): Promise<Calls[Name]['answer']> => {
    calls[name] = (calls[name] ?? 0) + 1
    // The only way in: a person types a secret. What comes back is written down all the same.
    if (name !== 'secrets.set') heard('asked', name, args)
    const result = (await answer({ senderFrame: frame as never, sender: { id: 1 } }, name, args)) as Result<
      Calls[Name]['answer']
    >
    heard('answered', name, result)
    if (!result.ok) throw new FailureError(result.failure)
    return result.value
  }

  const taken = await call('moves.import', {})
  if (!taken) throw new Error('nothing was imported')
  const { moveId } = taken
  const refused = await call('moves.open', { moveId }).then(
    () => 'opened',
    (error: unknown) => failureOf(error).kind
  )
  await call('moves.allow', { moveId, seen: taken.review })
  for (const { ref, value, keep } of plan.secrets) await call('secrets.set', { moveId, ref, value, keep })
  await call('secrets.list', { moveId })
  const { move } = await call('moves.open', { moveId })
  for (const serverId of plan.servers) await call('doctor.run', { moveId, serverId })

  const run = async (kind: RunbookKind): Promise<void> => {
    for (;;) {
      const { blockers } = await call('runbook.preview', { moveId, kind, subject: null })
      if (blockers.length === 0) break
      // The run before is over when its last picture is kept.
      if (!blockers.every((blocker) => blocker.kind === 'conflict')) throw new Error(JSON.stringify(blockers))
      await sleep(100)
    }
    const end = new Promise<Run>((resolve) => ended.set(kind, resolve))
    await call('runbook.start', { moveId, kind, subject: null, confirm: null })
    const { state } = await end
    if (state.kind !== 'done') throw new Error(`${kind}: ${JSON.stringify(state)}`)
  }
  await run('link')
  await run('seed')
  await run('replicate')
  await call('topology.refresh', { moveId })
  await call('preflight.run', { moveId })
  await run('rehearsal')
  // A password that is wrong: what the server says about it passes through every layer.
  const first = plan.secrets.find(({ ref }) => ref.startsWith('db/'))
  if (first) {
    await call('secrets.set', { moveId, ref: first.ref, value: `${first.value}x`, keep: 'session' })
    await call('doctor.run', { moveId, serverId: first.ref.slice('db/'.length) })
    await call('secrets.set', { moveId, ref: first.ref, value: first.value, keep: first.keep })
  }
  await call('moves.save', { move: { ...move, name: 'Planted' } })
  await call('moves.undo', { moveId })
  await call('moves.versions', { moveId })
  await call('sites.save', { moveId, side: 'old', name: 'Saved', secrets: true })
  const sites = await call('sites.list', {})
  await call('moves.create', { name: 'Second', oldSite: 'Old', newSite: 'New', oldSaved: sites[0]?.id ?? '' })
  await call('moves.duplicate', { moveId })
  await call('report.build', { moveId })
  await call('report.html', { moveId })
  for (const format of ['html', 'json'] as const) await call('report.export', { moveId, format })
  await call('moves.export', { moveId })
  const states = await Promise.all(plan.secrets.map(({ ref }) => call('secrets.state', { moveId, ref })))
  await call('moves.close', { moveId })
  await open.closeAll()
  secrets.close()
  return {
    calls,
    events,
    runs: Object.fromEntries([...runs.values()].map(({ kind, state }) => [kind, state.kind])),
    states: [refused, ...states.map((state) => (state.kind === 'kept' ? state.where : state.kind))]
  }
}

flow(JSON.parse(readFileSync(0, 'utf8')) as PlantedPlan).then(
  (answer) => {
    process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))
  },
  (error: unknown) => {
    process.stderr.write(`${JSON.stringify(failureOf(error))}\n${error instanceof Error ? error.stack : ''}\n`)
    process.exit(1)
  }
)
