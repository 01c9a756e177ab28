import { setMaxListeners } from 'node:events'
import { fail } from '../../shared/failure'
import { type ServerEntry, serverOf } from '../../shared/move'
import { databaseSecret, type SecretRef, secretEnvName } from '../../shared/secret'
import type { Capabilities } from '../mysql/capabilities'
import type { TlsFiles } from '../mysql/driver-options'
import { openSession as openDriverSession } from '../mysql/open-session'
import { probeCapabilities } from '../mysql/probe-capabilities'
import type { DrivenSession, Session } from '../mysql/session'
import { defaultKnownHostsFiles } from '../ssh/known-hosts-file'
import { usualPaces } from '../ssh/pulse'
import type { SshHost } from '../ssh/ssh-host'
import { type Dialled, databaseOf, dialDatabase, isThisComputer } from './dial-database'
import { holdOffMs } from './hold-off'
import { kept } from './kept'
import { openHost } from './open-host'
import type { OpenSessionOptions, Reach } from './reach'
import type { ReachDeps } from './reach-deps'
import { makeServerPins, serverKeyOf } from './server-key'
import { targetOver } from './target-over'
import { readTlsFiles } from './tls-files'

const dialDeadlineMs = 10_000
/** A line that survived the sleep answers at once; networks come back a little later. */
const wakeDeadlineMs = 5_000

interface KeyedCapabilities {
  key: string
  capabilities: Capabilities
}

/** The one way from a move to its servers. Everything it opened is closed by `close`. */
export const makeReach = (deps: ReachDeps): Reach => {
  const { move } = deps
  const knownHosts = deps.knownHosts ?? defaultKnownHostsFiles()
  const agentSocket = deps.agentSocket ?? process.env.SSH_AUTH_SOCK
  const pins = makeServerPins()
  const sessions = new Set<DrivenSession>()
  /** Values that were read in this reach, to keep them out of servers' words. */
  const seen = new Set<string>()
  const capabilities = new Map<string, KeyedCapabilities>()
  const keys = new WeakMap<Session, string>()
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  let closed = false
  let pace: 'calm' | 'run' = 'calm'

  const entry = (serverId: string): ServerEntry => {
    const found = serverOf(move, serverId)
    if (found) return found.server
    throw fail('not-found', `The move has no server ${serverId}.`, { where: serverId, try: ['Open the move again.'] })
  }
  const ensureOpen = () => {
    if (closed) throw fail('cancelled', 'The move was closed.')
  }
  const lookUp = async (ref: SecretRef): Promise<string | null> => {
    const value = await deps.secrets.get(ref)
    if (value) seen.add(value)
    return value
  }
  const secret = async (ref: SecretRef): Promise<string> => {
    const value = await lookUp(ref)
    if (value !== null) return value
    throw fail('secret-missing', `The password ${ref} is not known.`, {
      where: ref,
      try: ['Enter it in the form of its server.', `For the command line: set ${secretEnvName(ref)}.`]
    })
  }

  const hosts = kept<SshHost>(
    async (serverId) => {
      const host = await openHost(entry(serverId), {
        secret: lookUp,
        askHostKey: deps.askHostKey,
        askQuestion: deps.askQuestion ?? null,
        knownHosts,
        agentSocket,
        ...(deps.paces ? { paces: deps.paces } : {}),
        signal: ending.signal
      })
      host.pace(pace)
      if (closed) {
        host.close()
        ensureOpen()
      }
      return host
    },
    (host) => host.open,
    { holdOffMs: (failure, failures) => holdOffMs(failure.failure.kind, failures, pace) }
  )
  const ssh = async (serverId: string): Promise<SshHost> => {
    ensureOpen()
    return hosts.get(serverId)
  }

  const signalOf = (options: OpenSessionOptions): AbortSignal =>
    options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal

  const track = (session: DrivenSession): Session => {
    sessions.add(session)
    session.onClose(() => sessions.delete(session))
    if (closed) session.destroy()
    ensureOpen()
    return session
  }

  const openOver = async (
    dialled: Dialled,
    account: { user: string; secret: SecretRef },
    target: Pick<ServerEntry, 'id'> & { name: string; host: string; tls: NonNullable<ServerEntry['database']>['tls'] },
    files: TlsFiles,
    options: OpenSessionOptions
  ): Promise<Session> => {
    try {
      // Through its socket a server may know an account by the system user alone.
      const password = dialled.socket ? ((await lookUp(account.secret)) ?? '') : await secret(account.secret)
      return track(
        await openDriverSession({
          name: target.name,
          server: target.id,
          ...targetOver(dialled, { user: account.user, password }, target, files),
          signal: signalOf(options),
          secrets: () => [...seen],
          ...(options.packets ? { packets: true } : {}),
          ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs })
        })
      )
    } catch (error) {
      dialled.stream.destroy()
      throw error
    }
  }

  const openSession = async (serverId: string, name: string, options: OpenSessionOptions = {}): Promise<Session> => {
    ensureOpen()
    const server = entry(serverId)
    const database = databaseOf(server)
    const deadlineMs = options.deadlineMs ?? dialDeadlineMs
    const files = await readTlsFiles(serverId, database, lookUp)
    const dialled = await dialDatabase(server, () => ssh(serverId), deadlineMs, signalOf(options))
    const session = await openOver(
      dialled,
      { user: database.user, secret: databaseSecret(serverId) },
      { id: serverId, name, host: database.host, tls: database.tls },
      files,
      options
    )
    try {
      const key = await serverKeyOf(session, deadlineMs)
      pins.check(serverId, dialled.label, key)
      keys.set(session, key)
      return session
    } catch (error) {
      session.destroy()
      throw error
    }
  }

  const named = new Map<string, OpenSessionOptions>()
  const namedSessions = kept<Session>(
    (key) => {
      const [serverId, name] = JSON.parse(key) as [string, string]
      return openSession(serverId, name, named.get(key))
    },
    (session) => session.open
  )

  return {
    move,
    entry,
    ssh,
    session: async (serverId, name, options = {}) => {
      ensureOpen()
      const key = JSON.stringify([serverId, name, options.packets === true])
      // The signal of one caller must not end a session that others share.
      named.set(key, { ...(options.packets ? { packets: true } : {}) })
      return namedSessions.get(key)
    },
    openSession,
    sessionThrough: async (hostServerId, address, account, name) => {
      const host = await ssh(hostServerId)
      const dialled: Dialled = {
        stream: await host.forward(address.host, address.port, dialDeadlineMs),
        label: `${address.host}:${address.port} through ${host.label}`,
        trusted: true,
        socket: false,
        local: isThisComputer(address.host)
      }
      const target = { id: hostServerId, name, host: address.host, tls: { mode: 'disabled' as const } }
      return openOver(dialled, account, target, {}, {})
    },
    capabilities: async (serverId) => {
      const probing = JSON.stringify([serverId, 'capabilities', true])
      named.set(probing, { packets: true })
      const session = await namedSessions.get(probing)
      const key = keys.get(session) ?? ''
      const cached = capabilities.get(serverId)
      if (cached?.key === key) return cached.capabilities
      const probed = await probeCapabilities(session)
      capabilities.set(serverId, { key, capabilities: probed })
      return probed
    },
    secret,
    openSessions: () => sessions.size,
    pace: (name) => {
      pace = name
      for (const host of hosts.present()) host.pace(name)
    },
    retry: (serverId) => hosts.retry(serverId),
    woke: () => {
      const { intervalMs, countMax } = (deps.paces ?? usualPaces).run
      const deadlineMs = Math.min(wakeDeadlineMs, intervalMs * countMax)
      hosts.retry()
      for (const host of hosts.present()) host.check(deadlineMs)
      for (const session of sessions) session.check(deadlineMs)
    },
    close: async () => {
      if (closed) return
      closed = true
      ending.abort()
      await Promise.allSettled([...sessions].map((session) => session.close()))
      for (const host of hosts.present()) host.close()
    }
  }
}
