import type { ServerEntry } from '../../shared/move'
import { thisComputer } from '../ssh/config/config-surroundings'
import { nameNotes } from '../ssh/config/name-notes'
import { refuseCommands } from '../ssh/config/refuse-commands'
import { resolveSsh } from '../ssh/config/ssh-config'
import { openSsh, type SshDeps } from '../ssh/open-ssh'
import { openSystemSsh } from '../ssh/open-system-ssh'
import type { SshHost } from '../ssh/ssh-host'

/** The one ssh config file that stands for the person's and the machine's in the lab and in tests; undefined: theirs. */
const onlyConfigFile = (): string | undefined => {
  const sources = thisComputer().sources
  if (sources.length === 0) return 'none'
  const [only] = sources
  return sources.length === 1 && only && !only.checkOwner ? only.file : undefined
}

/** Name, connection, key exchange and sign-in have a deadline each, on every hop; the system's ssh has one for all of it. */
const deadlinesOfHop = 4

/** Signs in to a server's host by Siteswap's own SSH or by the system's, as its entry says. */
export const openHost = async (entry: ServerEntry, deps: SshDeps): Promise<SshHost> => {
  if (entry.transport === 'system') {
    const configFile = onlyConfigFile()
    // Only a file that stands for the usual ones is handed on: ssh knows its own.
    const knownHostsFile = deps.knownHosts.machine === undefined ? deps.knownHosts.write : undefined
    return openSystemSsh(entry.ssh, {
      agentSocket: deps.agentSocket,
      ...(deps.watch ? { watch: deps.watch } : {}),
      ...(deps.signal ? { signal: deps.signal } : {}),
      ...(deps.paces ? { paces: deps.paces } : {}),
      ...(deps.deadlineMs === undefined ? {} : { deadlineMs: deps.deadlineMs * deadlinesOfHop * entry.ssh.length }),
      ...(configFile === undefined ? {} : { configFile }),
      ...(knownHostsFile === undefined ? {} : { knownHostsFile })
    })
  }
  const { hops, notes } = await resolveSsh(entry.ssh)
  refuseCommands(hops)
  return openSsh(entry.id, hops, deps).catch((error) => {
    throw nameNotes(error, notes)
  })
}
