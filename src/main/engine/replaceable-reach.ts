import { fail } from '../../shared/failure'
import { type Move, serverOf } from '../../shared/move'
import type { Reach } from '../reach/reach'

/** What a connection depends on: everything else may be edited under open sessions. */
const waysOf = (move: Move): string =>
  JSON.stringify(
    [...move.old.servers, ...move.new.servers].map(({ id, ssh, transport, database }) => [id, ssh, transport, database])
  )

/** Whether the same sessions still lead to the same servers after an edit. */
export const sameWays = (a: Move, b: Move): boolean => waysOf(a) === waysOf(b)

/** A Reach whose move may be edited: `replace` closes what was open and the next use goes by the new ways. */
export const replaceableReach = (
  first: Reach,
  move: () => Move
): { reach: Reach; replace(next: Reach): Promise<void> } => {
  let current = first
  let pace: Parameters<Reach['pace']>[0] = 'calm'
  const reach: Reach = {
    get move() {
      return move()
    },
    entry: (serverId) => {
      const found = serverOf(move(), serverId)
      if (found) return found.server
      throw fail('not-found', `The move has no server ${serverId}.`, { where: serverId, try: ['Open the move again.'] })
    },
    ssh: (serverId) => current.ssh(serverId),
    session: (serverId, name, options) => current.session(serverId, name, options),
    openSession: (serverId, name, options) => current.openSession(serverId, name, options),
    sessionThrough: (host, address, account, name) => current.sessionThrough(host, address, account, name),
    capabilities: (serverId) => current.capabilities(serverId),
    secret: (ref) => current.secret(ref),
    openSessions: () => current.openSessions(),
    pace: (name) => {
      pace = name
      current.pace(name)
    },
    retry: (serverId) => current.retry(serverId),
    woke: () => current.woke(),
    close: () => current.close()
  }
  const replace = async (next: Reach): Promise<void> => {
    const before = current
    current = next
    next.pace(pace)
    await before.close()
  }
  return { reach, replace }
}
