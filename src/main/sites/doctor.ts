import pLimit from 'p-limit'
import type { DoctorMeasures, DoctorState } from '../../shared/doctor'
import { FailureError, fail, failureOf } from '../../shared/failure'
import { type ServerEntry, sshEntryLabel } from '../../shared/move'
import type { SshNote } from '../../shared/ssh-settings'
import { redact } from '../mysql/redact'
import type { Session } from '../mysql/session'
import type { Dialled } from '../reach/dial-database'
import { openHost } from '../reach/open-host'
import type { ReachDeps } from '../reach/reach-deps'
import { resolveSsh } from '../ssh/config/ssh-config'
import { defaultKnownHostsFiles } from '../ssh/known-hosts-file'
import type { SshHost } from '../ssh/ssh-host'
import { checkCommand } from './check-command'
import { checkGrants } from './check-grants'
import { type DoctorRows, makeDoctorRows, plannedRows } from './doctor-rows'
import { judgeClock, judgeRoundTrip, judgeThroughput, tooSlow } from './judge-line'
import { clockOf, roundTripOf } from './line-figures'
import { measureThroughput, sampleLine } from './measure-line'
import { dialWithRows, signInWithRows } from './walk-database'

const layerDeadlineMs = 10_000
/** Several doctors at once share this computer's own line: each measures alone, so that none measures the others. */
const alone = pLimit(1)

export interface DoctorOptions {
  entry: ServerEntry
  /** The same way in that the reach of a move uses. */
  reach: Omit<ReachDeps, 'move'>
  /** Every change, whole. */
  onChange?: (state: DoctorState) => void
  /** Clock, round trip and throughput too; default true. */
  measure?: boolean
  /** For each layer; default 10 s. */
  deadlineMs?: number
  signal?: AbortSignal
  now?: () => number
}

const noteLine = ({ option, file, line, words }: SshNote): string => `${option} (${file}:${line}): ${words}`

/** Names what is ahead, and answers what of the person's ssh config is not followed on the way. */
const planHops = async ({ entry, measure }: DoctorOptions, rows: DoctorRows): Promise<string[]> => {
  if (entry.ssh.length === 0 && !entry.database)
    throw fail('invalid', `${entry.name} has neither an SSH host nor a database to connect to.`, {
      where: entry.id,
      try: ['Enter at least one of them in the server’s form.']
    })
  // Until the person's ssh config was read, the chain is as long as it was written down.
  rows.plan(plannedRows(entry, entry.ssh.length, measure), entry.ssh.map(sshEntryLabel))
  // The system's ssh reads the config by itself.
  if (entry.transport === 'system') return []
  const { hops, notes } = await resolveSsh(entry.ssh)
  rows.plan(
    plannedRows(entry, hops.length, measure),
    hops.map((hop) => `${hop.user}@${hop.host}:${hop.port}${hop.alias === null ? '' : ` (${hop.alias})`}`)
  )
  // What makes no difference here is no news.
  return [...new Set(notes.filter(({ effect }) => effect !== 'none').map(noteLine))]
}

const signInHops = (options: DoctorOptions, rows: DoctorRows, deadlineMs: number): Promise<SshHost> => {
  const { entry, reach, signal } = options
  return openHost(entry, {
    secret: (ref) => reach.secrets.get(ref),
    askHostKey: reach.askHostKey,
    askQuestion: reach.askQuestion ?? null,
    knownHosts: reach.knownHosts ?? defaultKnownHostsFiles(),
    agentSocket: reach.agentSocket ?? process.env.SSH_AUTH_SOCK,
    deadlineMs,
    watch: ({ hop, layer, state, seen, detail }) => {
      if (state === 'running') rows.begin(layer, hop, seen, detail)
      else rows.end(layer, hop, { state, seen, ...(detail ? { detail } : {}) })
    },
    ...(signal ? { signal } : {})
  })
}

const measureLine = async (session: Session, where: string, rows: DoctorRows, deadlineMs: number) => {
  const measures: DoctorMeasures = { clock: null, roundTrip: null, throughput: null }
  rows.begin('clock', null, 'asking for the time')
  rows.begin('round-trip', null, 'asking again and again')
  const samples = await sampleLine(session, deadlineMs)
  measures.clock = clockOf(samples)
  measures.roundTrip = roundTripOf(samples)
  rows.end('clock', null, judgeClock(measures.clock, where))
  rows.end('round-trip', null, judgeRoundTrip(measures.roundTrip, where))
  rows.begin('throughput', null, 'reading text that the server makes')
  try {
    measures.throughput = await measureThroughput(session, measures.roundTrip?.medianMs ?? 0, deadlineMs)
    rows.end('throughput', null, judgeThroughput(measures.throughput, where))
  } catch (error) {
    if (failureOf(error).kind !== 'timeout') throw error
    rows.end('throughput', null, tooSlow(deadlineMs, where))
  }
  return measures
}

/** Every secret that was read is kept out of every word, should one ever come that far. */
const guardSecrets = (secrets: ReachDeps['secrets']) => {
  const seen = new Set<string>()
  const clean = <T>(told: T): T => {
    if (typeof told === 'string') return redact(told, [...seen]) as T
    if (Array.isArray(told)) return told.map(clean) as T
    if (told === null || typeof told !== 'object') return told
    return Object.fromEntries(Object.entries(told).map(([key, value]) => [key, clean(value)])) as T
  }
  const guarded: ReachDeps['secrets'] = {
    get: async (ref) => {
      const value = await secrets.get(ref)
      if (value) seen.add(value)
      return value
    }
  }
  return { guarded, clean }
}

/** Goes the whole way to a server layer by layer, by the code that really connects, and tells what each layer answered. Never rejects, writes nothing. */
export const runDoctor = async (options: DoctorOptions): Promise<DoctorState> => {
  const { entry, signal } = options
  const deadlineMs = options.deadlineMs ?? layerDeadlineMs
  const { guarded: secrets, clean } = guardSecrets(options.reach.secrets)
  const rows = makeDoctorRows(options.now ?? Date.now, clean, (state) => options.onChange?.(state))
  rows.plan(plannedRows(entry, 0, options.measure), [])
  let host: SshHost | null = null
  let session: Session | null = null
  let dialled: Dialled | null = null
  let measures: DoctorMeasures = { clock: null, roundTrip: null, throughput: null }
  let grantScript: string | null = null
  let notes: string[] = []
  try {
    notes = await planHops(options, rows)
    if (entry.ssh.length > 0 || entry.database?.via === 'ssh') {
      host = await signInHops({ ...options, reach: { ...options.reach, secrets } }, rows, deadlineMs)
      rows.begin('command', null, 'true')
      rows.end('command', null, await checkCommand(host, entry))
    }
    if (entry.database) {
      const { database } = entry
      const walk = { entry, database, rows, secrets, deadlineMs, ...(signal ? { signal } : {}) }
      dialled = await dialWithRows(walk, database.via === 'ssh' ? host : null)
      session = await signInWithRows(walk, dialled)
      rows.begin('grants', null, 'SHOW GRANTS')
      const grants = await checkGrants(session, entry.id, deadlineMs)
      grantScript = grants.script
      rows.end('grants', null, grants.verdict)
      const signedIn = session
      if (options.measure !== false) measures = await alone(() => measureLine(signedIn, entry.id, rows, deadlineMs))
    }
  } catch (error) {
    rows.fail(error instanceof FailureError ? error.failure : failureOf(error))
  } finally {
    await session?.close()
    dialled?.stream.destroy()
    host?.close()
  }
  const done = rows.finish({ measures, grantScript, ...(notes.length > 0 ? { notes: clean(notes) } : {}) })
  options.onChange?.(done)
  return done
}
