import { once } from 'node:events'
import { connect } from 'node:net'
import type { Capabilities } from '../../src/main/mysql/capabilities'
import { openSession } from '../../src/main/mysql/open-session'
import { probeCapabilities } from '../../src/main/mysql/probe-capabilities'
import type { Session } from '../../src/main/mysql/session'
import type { OpenSessionOptions, Reach } from '../../src/main/reach/reach'
import { fail } from '../../src/shared/failure'
import { type Move, serverOf } from '../../src/shared/move'

export interface Ports {
  [serverId: string]: { port: number; user: string; password: string }
}

/** A session over a connection of this computer, in place of a tunnel. */
export const portSession = async (
  server: string,
  at: Ports[string],
  name: string,
  options: OpenSessionOptions = {}
): Promise<Session> => {
  const stream = connect(at.port, '127.0.0.1')
  await once(stream, 'connect')
  return openSession({
    name,
    server,
    label: server,
    stream,
    user: at.user,
    password: at.password,
    host: server,
    tls: { mode: 'disabled' },
    trusted: true,
    packets: options.packets ?? false,
    deadlineMs: options.deadlineMs ?? 10_000
  })
}

/** The reach of a move whose databases are on this computer. */
export const portReach = (move: Move, ports: Ports): Reach => {
  const kept = new Map<string, Promise<Session>>()
  const known = new Map<string, Promise<Capabilities>>()
  const opened = new Set<Session>()
  const open = async (serverId: string, name: string, options?: OpenSessionOptions): Promise<Session> => {
    const at = ports[serverId]
    if (!at) throw fail('unreachable', `${serverId} cannot be reached.`, { try: ['Start it.'] })
    const session = await portSession(serverId, at, name, options).catch((error) => {
      throw fail('unreachable', `${serverId} cannot be reached.`, { words: String(error), try: ['Start it.'] })
    })
    opened.add(session)
    session.onClose(() => opened.delete(session))
    return session
  }
  const session: Reach['session'] = (serverId, name, options) => {
    const key = `${serverId}/${name}`
    const held = kept.get(key)
    const fresh = async () => {
      const before = await held?.catch(() => null)
      return before?.open ? before : open(serverId, name, options)
    }
    const next = fresh()
    kept.set(key, next)
    return next
  }
  return {
    move,
    entry: (serverId) => {
      const found = serverOf(move, serverId)
      if (!found) throw fail('not-found', 'no such server')
      return found.server
    },
    ssh: () => Promise.reject(fail('unreachable', 'There is no SSH in this test.')),
    session,
    openSession: open,
    sessionThrough: () => Promise.reject(fail('unreachable', 'There is no way through in this test.')),
    capabilities: (serverId) => {
      const held = known.get(serverId)
      if (held) return held
      const probed = session(serverId, 'observe').then(probeCapabilities)
      probed.catch(() => known.delete(serverId))
      known.set(serverId, probed)
      return probed
    },
    secret: () => Promise.reject(fail('secret-missing', 'There are no secrets in this test.')),
    openSessions: () => opened.size,
    pace: () => undefined,
    retry: () => undefined,
    woke: () => undefined,
    close: async () => {
      await Promise.all([...opened].map((one) => one.close()))
    }
  }
}
