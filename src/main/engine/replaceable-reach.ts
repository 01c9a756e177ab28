import type { Reach } from '../reach/reach'

/** A Reach whose servers may be edited: `replace` closes what was open and the next use goes by the new move. */
export const replaceableReach = (first: Reach): { reach: Reach; replace(next: Reach): Promise<void> } => {
  let current = first
  const reach: Reach = {
    get move() {
      return current.move
    },
    entry: (serverId) => current.entry(serverId),
    ssh: (serverId) => current.ssh(serverId),
    session: (serverId, name, options) => current.session(serverId, name, options),
    openSession: (serverId, name, options) => current.openSession(serverId, name, options),
    sessionThrough: (host, address, account, name) => current.sessionThrough(host, address, account, name),
    capabilities: (serverId) => current.capabilities(serverId),
    secret: (ref) => current.secret(ref),
    openSessions: () => current.openSessions(),
    close: () => current.close()
  }
  const replace = async (next: Reach): Promise<void> => {
    const before = current
    current = next
    await before.close()
  }
  return { reach, replace }
}
