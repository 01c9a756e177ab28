import type { SshEntry } from '../../../shared/move'
import type { ResolvedSsh, SshConfigHost } from '../../../shared/ssh-settings'
import { readConfigFiles } from './config-files'
import { type ConfigSurroundings, thisComputer } from './config-surroundings'
import { listHosts } from './list-hosts'
import { resolveChain } from './resolve-chain'

/** The chain as it is connected now; the config is read anew each time, and not at all when nothing in the chain comes from it. */
export const resolveSsh = async (
  entries: readonly SshEntry[],
  around: ConfigSurroundings = thisComputer()
): Promise<ResolvedSsh> => {
  const typed = entries.every((entry) => entry.from === undefined)
  return resolveChain(typed ? [] : await readConfigFiles(around.sources, around), entries, around)
}

/** The hosts the config names, for a list to pick from, and the files that were looked for. */
export const sshConfigHosts = async (
  around: ConfigSurroundings = thisComputer()
): Promise<{ file: string; hosts: SshConfigHost[] }> => ({
  file: around.sources[0]?.file ?? '',
  hosts: await listHosts(await readConfigFiles(around.sources, around), around)
})
