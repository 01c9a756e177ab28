import { type Move, type SiteSide, serversOf } from '../../../shared/move'
import type { BridgeUser } from '../../../shared/retired'
import { addressesOf } from '../../redirect/connections'

/** Asks a database host who is connected to the bridge's port on it, which of its own programs are, and who its database is (ss(8)). */
export const socketsScript = (port: number, databasePort: number): string =>
  [
    'command -v ss >/dev/null || exit 127',
    `ss -Htni state established "( sport = :${Math.trunc(port)} )" || exit 1`,
    `echo --clients; ss -Htnp state established "( dport = :${Math.trunc(port)} )"`,
    `echo --database; ss -Hltnp "( sport = :${Math.trunc(databasePort)} )"`
  ].join('\n')

interface Socket {
  local: string
  peer: string
  idleMs: number | null
}

/** What a database host says about its end of the bridge. */
export interface BridgeSockets {
  /** At the bridge's port, each with its far address. */
  accepted: Socket[]
  /** Opened to that port by programs of the host itself, as far as it shows whose they are. */
  own: { local: string; program: string; pid: string }[]
  databasePids: string[]
}

/** `[::ffff:10.0.0.1]:5` and `10.0.0.1:5` are the same host. */
const hostOf = (word: string): string =>
  word
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:/i, '')
    .replace(/%.*$/, '')
    .toLowerCase()

const programs = (line: string) =>
  [...line.matchAll(/\("([^"]+)",pid=(\d+)/g)].map(([, program = '', pid = '']) => ({ program, pid }))

/** Reads what the script prints; details of a socket stand on the indented line after it. Pure. */
export const parseSockets = (text: string): BridgeSockets => {
  const found: BridgeSockets = { accepted: [], own: [], databasePids: [] }
  let part: 'accepted' | 'own' | 'database' = 'accepted'
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/)
    const [local, peer] = [hostOf(words[2] ?? ''), hostOf(words[3] ?? '')]
    const isSocket = /^\S/.test(line) && words.length >= 4
    if (line === '--clients') part = 'own'
    else if (line === '--database') part = 'database'
    else if (part === 'database') found.databasePids.push(...programs(line).map(({ pid }) => pid))
    else if (part === 'own') found.own.push(...programs(line).map((one) => ({ local, ...one })))
    else {
      if (isSocket) found.accepted.push({ local, peer, idleMs: null })
      const socket = found.accepted.at(-1)
      const silences = [...line.matchAll(/\blast(?:snd|rcv):(\d+)/g)].map((match) => Number(match[1]))
      if (socket && silences.length) socket.idleMs = Math.min(socket.idleMs ?? Number.POSITIVE_INFINITY, ...silences)
    }
  }
  return found
}

/**
 * Hosts behind the bridge, by the sockets where it listens: there each host comes from its own address. Of the listening
 * database host itself the database's own link and SSH sessions do not count. Pure.
 */
export const bridgeUsersOf = (move: Move, side: SiteSide, listener: string, sockets: BridgeSockets): BridgeUser[] => {
  const at = side === 'old' ? move.bridge?.newAt.host : move.bridge?.oldAt.host
  const exact = at !== undefined && /^[\d.]+$|:.*:/.test(at) && at !== '0.0.0.0' && at !== '::'
  const servers = serversOf(move).map(({ server }) => server)
  const home = servers.find((server) => server.id === listener)
  const own = new Set(['127.0.0.1', '::1', ...(home ? addressesOf(home) : []), home?.database?.host ?? ''])
  const users = new Map<string, BridgeUser>()
  const add = (id: string, name: string, idle: number | null) => {
    const known = users.get(id)
    const least = [known?.idleSeconds ?? null, idle].filter((value) => value !== null)
    users.set(id, {
      id,
      name,
      connections: (known?.connections ?? 0) + 1,
      idleSeconds: least.length ? Math.min(...least) : null
    })
  }
  for (const { local, peer, idleMs } of sockets.accepted) {
    if ((exact && local !== at) || own.has(peer)) continue
    const host = servers.find((server) => server.kind !== 'database' && addressesOf(server).includes(peer))
    add(host?.id ?? peer, host?.name ?? peer, idleMs === null ? null : idleMs / 1000)
  }
  for (const { local, program, pid } of sockets.own)
    if (own.has(local) && !sockets.databasePids.includes(pid) && !/^sshd?(-|$)/.test(program))
      add(listener, `${program} on ${home?.name ?? listener}`, null)
  return [...users.values()].sort((a, b) => a.name.localeCompare(b.name))
}

const since = (seconds: number): string =>
  seconds < 1
    ? 'in use now'
    : seconds < 90
      ? `silent for ${Math.round(seconds)} s`
      : `silent for ${Math.round(seconds / 60)} min`

/** `old-web1 (12 connections, silent for 4 min)` */
export const userWords = ({ name, connections, idleSeconds }: BridgeUser): string =>
  `${name} (${connections} connection${connections === 1 ? '' : 's'}${idleSeconds === null ? '' : `, ${since(idleSeconds)}`})`
