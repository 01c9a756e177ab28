import type { DoctorState } from '../../shared/doctor'
import { type Failure, FailureError, failureOf } from '../../shared/failure'
import { type DatabaseEndpoint, type ServerEntry, typedHops } from '../../shared/move'
import { databaseSecret, secretEnvName } from '../../shared/secret'
import { judgeGrants } from '../mysql/needed-grants'
import { openSession } from '../mysql/open-session'
import type { Session } from '../mysql/session'
import { type Dialled, isThisComputer } from '../reach/dial-database'
import { dialSocket } from '../reach/dial-socket'
import type { ReachDeps } from '../reach/reach-deps'
import { readTlsFiles } from '../reach/tls-files'
import { dialTcp, resolveName } from '../ssh/dial-tcp'
import { defaultKnownHostsFiles } from '../ssh/known-hosts-file'
import { openSsh } from '../ssh/open-ssh'
import { resolveTyped } from '../ssh/resolve-typed'
import type { SshHost } from '../ssh/ssh-host'
import { type DoctorRows, makeDoctorRows, plannedRows } from './doctor-rows'

const layerDeadlineMs = 10_000
const roundTrips = 5

export interface DoctorOptions {
  entry: ServerEntry
  /** The same way in that the reach of a move uses. */
  reach: Omit<ReachDeps, 'move'>
  /** Every change, whole. */
  onChange?: (state: DoctorState) => void
  signal?: AbortSignal
  now?: () => number
}

const secretMissing = (entry: ServerEntry): FailureError =>
  new FailureError({
    kind: 'secret-missing',
    what: `No database password is known for ${entry.name}.`,
    where: entry.id,
    try: ['Enter it in the server’s form.', `For the command line: set ${secretEnvName(databaseSecret(entry.id))}.`]
  })

const signInHops = (entry: ServerEntry, rows: DoctorRows, options: DoctorOptions): Promise<SshHost> =>
  openSsh(entry.id, typedHops(entry.ssh).map(resolveTyped), {
    secret: (ref) => options.reach.secrets.get(ref),
    askHostKey: options.reach.askHostKey,
    askQuestion: options.reach.askQuestion ?? null,
    knownHosts: options.reach.knownHosts ?? defaultKnownHostsFiles(),
    agentSocket: options.reach.agentSocket ?? process.env.SSH_AUTH_SOCK,
    deadlineMs: layerDeadlineMs,
    watch: ({ hop, layer, state, seen }) => {
      if (state === 'running') rows.begin(layer, hop, seen)
      else rows.end(layer, hop, state, seen)
    },
    ...(options.signal ? { signal: options.signal } : {})
  })

const dial = async (
  database: DatabaseEndpoint,
  host: SshHost | null,
  rows: DoctorRows,
  signal: AbortSignal | undefined
): Promise<Dialled> => {
  const { host: name, port, socketPath } = database
  const socket = socketPath !== undefined
  if (host) {
    const label = `${socketPath ?? `${name}:${port}`} through ${host.label}`
    rows.begin('forward', null, label)
    const stream = socket
      ? await host.forwardSocket(socketPath, layerDeadlineMs)
      : await host.forward(name, port, layerDeadlineMs)
    rows.end('forward', null, 'ok', `${socketPath ?? `${name}:${port}`} answers through ${host.label}`)
    return { stream, label, trusted: true, socket }
  }
  if (socket) {
    rows.end('name', null, 'skipped', 'a socket of this computer has none')
    rows.begin('tcp', null, socketPath)
    const stream = await dialSocket(socketPath, layerDeadlineMs, signal)
    rows.end('tcp', null, 'ok', `${socketPath} answers`)
    return { stream, label: socketPath, trusted: true, socket }
  }
  rows.begin('name', null, name)
  const addresses = await resolveName(name, layerDeadlineMs, signal)
  rows.end('name', null, 'ok', `${name} is ${addresses.join(', ')}`)
  rows.begin('tcp', null, `${name}:${port}`)
  const stream = await dialTcp(name, port, layerDeadlineMs, signal)
  rows.end('tcp', null, 'ok', `${name}:${port} answers`)
  return { stream, label: `${name}:${port}`, trusted: isThisComputer(name), socket }
}

/** MariaDB before 11 greets as 5.5.5, for the sake of old replicas, and tells its own version behind it. */
const greeted = (version: string): string => version.replace(/^5\.5\.5-(?=\d+\.\d+)/, '')

const greet = async (
  entry: ServerEntry,
  database: DatabaseEndpoint,
  dialled: Dialled,
  rows: DoctorRows,
  options: DoctorOptions
): Promise<Session> => {
  rows.begin('handshake', null, dialled.label)
  const files = await readTlsFiles(database)
  const password = (await options.reach.secrets.get(databaseSecret(entry.id))) ?? (dialled.socket ? '' : null)
  if (password === null) {
    rows.end('handshake', null, 'skipped', 'not tried without a password')
    throw secretMissing(entry)
  }
  const tls = database.tls.mode === 'disabled' ? 'without TLS' : 'TLS'
  const session = await openSession({
    name: 'doctor',
    server: entry.id,
    label: `${database.user}@${dialled.label}`,
    stream: dialled.stream,
    user: database.user,
    password,
    host: database.host,
    tls: database.tls,
    trusted: dialled.trusted,
    socket: dialled.socket,
    ...files,
    deadlineMs: layerDeadlineMs,
    onGreeting: (version) => {
      rows.end('handshake', null, 'ok', `${greeted(version)}, ${tls}`)
      rows.begin('login', null, `as ${database.user}`)
    },
    ...(options.signal ? { signal: options.signal } : {})
  })
  rows.end('login', null, 'ok', `signed in as ${database.user}`)
  return session
}

const medianRoundTrip = async (session: Session): Promise<number> => {
  const times: number[] = []
  for (let round = 0; round < roundTrips; round++) {
    const began = performance.now()
    await session.query('SELECT 1', [], { deadlineMs: layerDeadlineMs })
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  return Math.round((times[Math.floor(roundTrips / 2)] ?? 0) * 10) / 10
}

const checkGrants = async (entry: ServerEntry, session: Session, rows: DoctorRows): Promise<string | null> => {
  const options = { deadlineMs: layerDeadlineMs }
  rows.begin('grants', null, 'SHOW GRANTS')
  const [who] = await session.query('SELECT CURRENT_USER() AS account', [], options)
  const granted = await session.table('SHOW GRANTS', options)
  const known = await session.query('SHOW PRIVILEGES', [], options)
  const verdict = judgeGrants({
    account: who?.account ?? '',
    known: known.map((row) => row.Privilege ?? ''),
    lines: granted.rows.map((row) => row[0] ?? '')
  })
  const toMove = [...verdict.missingToRun, ...verdict.missingToCopy]
  const perhaps = verdict.throughRoles ? ' (a role may give them)' : ''
  if (verdict.missingToObserve.length > 0) {
    const failure: Failure = {
      kind: 'denied',
      what: `The account ${who?.account} cannot see enough: it lacks ${verdict.missingToObserve.join(', ')}${perhaps}.`,
      where: entry.id,
      try: ['Run the grant script below as an administrator of this server.']
    }
    rows.end('grants', null, verdict.throughRoles ? 'warn' : 'failed', failure.what, failure)
  } else if (toMove.length > 0)
    rows.end(
      'grants',
      null,
      'warn',
      `Enough to look, not to move: ${who?.account} lacks ${toMove.join(', ')}${perhaps}.`
    )
  else rows.end('grants', null, 'ok', `${who?.account} may look and move`)
  return verdict.script
}

/** Goes the whole way to a server layer by layer, by the code that really connects, and tells what each layer answered. Never rejects. */
export const runDoctor = async (options: DoctorOptions): Promise<DoctorState> => {
  const { entry, signal } = options
  const now = options.now ?? Date.now
  const plan = plannedRows(entry)
  const rows = makeDoctorRows(plan, now, (all, since) => options.onChange?.({ kind: 'running', since, rows: all }))
  let host: SshHost | null = null
  let session: Session | null = null
  let dialled: Dialled | null = null
  let roundTripMs: number | null = null
  let grantScript: string | null = null
  try {
    if (entry.ssh.length === 0 && !entry.database)
      throw new FailureError({
        kind: 'invalid',
        what: `${entry.name} has neither an SSH host nor a database to connect to.`,
        where: entry.id,
        try: ['Enter at least one of them in the server’s form.']
      })
    if (entry.ssh.length > 0 || entry.database?.via === 'ssh') host = await signInHops(entry, rows, options)
    if (entry.database) {
      dialled = await dial(entry.database, entry.database.via === 'ssh' ? host : null, rows, signal)
      session = await greet(entry, entry.database, dialled, rows, options)
      roundTripMs = await medianRoundTrip(session)
      grantScript = await checkGrants(entry, session, rows)
    }
  } catch (error) {
    rows.fail(failureOf(error))
  } finally {
    await session?.close()
    dialled?.stream.destroy()
    host?.close()
  }
  const done = rows.finish({ roundTripMs, grantScript })
  options.onChange?.(done)
  return done
}
