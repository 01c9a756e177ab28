import { type Move, type ServerEntry, sshEntryName } from '../../shared/move'
import type { Towards } from './plan-edit'

export interface Address {
  host: string
  port: number
}

const loopback = /^(127\.|localhost$|::1$|0\.0\.0\.0$)/i
const portIn = (text: string): number | null => {
  const found = /(?:port["']?\s*[=:]>?\s*["']?|(?<=[\w.\])]):)(\d{2,5})\b/i.exec(text)
  return found ? Number(found[1]) : null
}
const hostIn = (text: string): string | null => {
  const found =
    /\b(\d{1,3}(?:\.\d{1,3}){3})\b/.exec(text) ??
    /(?:host(?:name)?["']?\s*[=:]>?\s*["']?)([a-z0-9][a-z0-9.-]*)/i.exec(text)
  return found?.[1] ?? null
}

/** The address that stands in the texts of a file redirect, as far as it stands there. */
export const addressInEdits = (texts: readonly string[]): { host: string | null; port: number | null } => {
  const text = texts.join('\n')
  return { host: hostIn(text), port: portIn(text) }
}

const reachable = (entry: ServerEntry): string => {
  const own = entry.database?.host ?? ''
  if (own !== '' && !loopback.test(own)) return own
  const last = entry.ssh.at(-1)
  return entry.addresses[0] ?? (last && sshEntryName(last)) ?? own
}

/** Where the bridge offers the other site's database to the hosts of this side; `loopback`: to the database host itself only. */
export const acrossFrom = (move: Move, side: Towards): (Address & { loopback: boolean }) | null => {
  const end = side === 'old' ? move.bridge?.newAt : move.bridge?.oldAt
  return end ? { ...end, loopback: ['127.0.0.1', 'localhost', '::1'].includes(end.host) } : null
}

/** Where an application host finds the database of one site: from its redirect's texts, else from the move (the other site is reached by the bridge). */
export const databaseAddress = (
  move: Move,
  host: { side: Towards; server: ServerEntry },
  databases: { old: ServerEntry; new: ServerEntry },
  towards: Towards
): Address => {
  const target = databases[towards]
  const { redirect } = host.server
  const told =
    redirect.kind === 'file'
      ? addressInEdits(redirect.edits.map((edit) => (towards === 'new' ? edit.replace : edit.find)))
      : { host: null, port: null }
  const across = towards === host.side ? null : acrossFrom(move, host.side)
  const otherwise: Address = across
    ? { host: loopback.test(across.host) ? reachable(databases[host.side]) : across.host, port: across.port }
    : { host: reachable(target), port: target.database?.port ?? 3306 }
  return { host: told.host ?? otherwise.host, port: told.port ?? otherwise.port }
}
