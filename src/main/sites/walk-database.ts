import { type FailureError, fail } from '../../shared/failure'
import type { DatabaseEndpoint, ServerEntry } from '../../shared/move'
import { databaseSecret, secretEnvName } from '../../shared/secret'
import type { ServerLimit } from '../../shared/server'
import { type Encryption, encryptionWords } from '../mysql/encryption'
import type { Greeting } from '../mysql/greeting'
import { judgeVersion } from '../mysql/judge-version'
import { openSession } from '../mysql/open-session'
import { probeCapabilities } from '../mysql/probe-capabilities'
import type { Session } from '../mysql/session'
import { type Dialled, isThisComputer } from '../reach/dial-database'
import { dialSocket } from '../reach/dial-socket'
import type { ReachDeps } from '../reach/reach-deps'
import { targetOver } from '../reach/target-over'
import { readTlsFiles } from '../reach/tls-files'
import { dialTcp, resolveName } from '../ssh/dial-tcp'
import type { SshHost } from '../ssh/ssh-host'
import type { DoctorRows, RowEnd } from './doctor-rows'

/** What the way to a database needs. */
export interface Walk {
  entry: ServerEntry
  database: DatabaseEndpoint
  rows: DoctorRows
  secrets: ReachDeps['secrets']
  deadlineMs: number
  signal?: AbortSignal
}

const flavourNames = { mysql: 'MySQL', mariadb: 'MariaDB' } as const

const secretMissing = (entry: ServerEntry): FailureError =>
  fail('secret-missing', `No database password is known for ${entry.name}.`, {
    where: entry.id,
    try: ['Enter it in the server’s form.', `For the command line: set ${secretEnvName(databaseSecret(entry.id))}.`]
  })

/** A connected stream to the database, by a channel of the host or directly, with a row for each layer. */
export const dialWithRows = async (walk: Walk, host: SshHost | null): Promise<Dialled> => {
  const { database, rows, deadlineMs, signal } = walk
  const { host: name, port, socketPath } = database
  const socket = socketPath !== undefined
  const local = socket || isThisComputer(name)
  const place = socketPath ?? `${name}:${port}`
  if (host) {
    const label = `${place} through ${host.label}`
    rows.begin('forward', null, label)
    const stream = socket
      ? await host.forwardSocket(socketPath, deadlineMs)
      : await host.forward(name, port, deadlineMs)
    rows.end('forward', null, { state: 'ok', seen: `${place} answers through ${host.label}` })
    return { stream, label, trusted: true, socket, local }
  }
  if (socket) {
    rows.end('name', null, { state: 'skipped', seen: 'a socket of this computer has none' })
    rows.begin('tcp', null, socketPath)
    const stream = await dialSocket(socketPath, deadlineMs, signal)
    rows.end('tcp', null, { state: 'ok', seen: `${socketPath} answers` })
    return { stream, label: socketPath, trusted: true, socket, local }
  }
  rows.begin('name', null, name)
  const addresses = await resolveName(name, deadlineMs, signal)
  rows.end('name', null, { state: 'ok', seen: `${name} is ${addresses.join(', ')}`, detail: addresses })
  rows.begin('tcp', null, place)
  const stream = await dialTcp(name, port, deadlineMs, signal)
  rows.end('tcp', null, { state: 'ok', seen: `${place} answers (${stream.remoteAddress ?? name})` })
  return { stream, label: place, trusted: local, socket, local }
}

const greeted = (version: string): string => {
  const kind = judgeVersion(version, '')
  if (!kind.ok) throw fail('invalid', kind.what, { why: kind.why, try: kind.try })
  return `${flavourNames[kind.flavour]} ${kind.numbers.join('.')}`
}

const greetingLines = (greeting: Greeting): string[] => [
  `greets as ${greeting.version}`,
  `sign-in plugin it proposes: ${greeting.plugin ?? 'none'}`
]

const tlsLines = (encryption: Encryption | undefined): string[] => {
  if (encryption?.kind !== 'tls') return []
  const { protocol, cipher, certificate } = encryption
  const shown = certificate
    ? [
        `certificate of ${certificate.subject}, by ${certificate.issuer}, until ${certificate.validTo}`,
        `its fingerprint: ${certificate.fingerprint}`
      ]
    : []
  return [`${protocol}, ${cipher}`, ...shown]
}

/** A server that others keep answers well, and still cannot be moved. */
const limitsVerdict = (entry: ServerEntry, limits: readonly ServerLimit[]): Pick<RowEnd, 'state' | 'failure'> => {
  const [first] = limits
  if (!first) return { state: 'ok' }
  const names = limits.map(({ name }) => name).join(', ')
  return {
    state: 'warn',
    failure: {
      kind: 'invalid',
      what: `${entry.name} is ${names}: Siteswap can show and compare it, but not move it.`,
      where: first.seenBy,
      why: first.cannot.join(' '),
      try: [...new Set(limits.map(({ instead }) => instead))]
    }
  }
}

/** Signs in over a connected stream: the rows of handshake and sign-in. */
export const signInWithRows = async (walk: Walk, dialled: Dialled): Promise<Session> => {
  const { entry, database, rows, deadlineMs, signal } = walk
  rows.begin('handshake', null, dialled.label)
  const files = await readTlsFiles(entry.id, database, (ref) => walk.secrets.get(ref))
  const password = (await walk.secrets.get(databaseSecret(entry.id))) ?? (dialled.socket ? '' : null)
  if (password === null) {
    rows.end('handshake', null, { state: 'skipped', seen: 'not tried without a password' })
    throw secretMissing(entry)
  }
  let seen = ''
  let detail: string[] = []
  const session = await openSession({
    name: 'doctor',
    server: entry.id,
    ...targetOver(dialled, { user: database.user, password }, database, files),
    deadlineMs,
    onGreeting: (version, greeting) => {
      seen = greeted(version)
      detail = greetingLines(greeting)
      rows.end('handshake', null, { state: 'ok', seen, detail })
      rows.begin('login', null, `as ${database.user}`)
    },
    ...(signal ? { signal } : {})
  })
  try {
    const { encryption } = session
    if (encryption) seen = `${seen}, ${encryptionWords(encryption)}`
    detail = [...detail, ...tlsLines(encryption)]
    rows.end('handshake', null, { state: 'ok', seen, detail })
    const [who] = await session.query('SELECT CURRENT_USER() AS account, USER() AS came', [], { deadlineMs })
    const { identity, limits } = await probeCapabilities(session)
    rows.end('login', null, {
      ...limitsVerdict(entry, limits),
      seen: `signed in as ${database.user}, counted as ${who?.account}`,
      detail: [
        `the server sees ${who?.came}`,
        `it is ${identity.comment || identity.version} on ${identity.hostname}, port ${identity.port}, server_id ${identity.serverId}${identity.uuid ? `, ${identity.uuid}` : ''}`,
        ...limits.flatMap((limit) => [
          `it is ${limit.name}: ${limit.seenBy}`,
          ...limit.can.map((line) => `Siteswap can: ${line}`),
          ...limit.cannot.map((line) => `Siteswap cannot: ${line}`)
        ])
      ]
    })
    return session
  } catch (error) {
    session.destroy()
    throw error
  }
}
