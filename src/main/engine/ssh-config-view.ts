import type { SshEntry } from '../../shared/move'
import type { ResolvedSsh, SshConfigHost } from '../../shared/ssh-settings'
import { resolveSsh, sshConfigHosts } from '../ssh/config/ssh-config'

/** The hosts a person can pick from. */
export const pickableHosts = (): Promise<{ file: string; hosts: SshConfigHost[] }> => sshConfigHosts()

/** What a chain means now, for the form. The text of a ProxyCommand may hold anything and stays here. */
export const previewSsh = async (ssh: readonly SshEntry[]): Promise<ResolvedSsh> => {
  const { hops, notes } = await resolveSsh(ssh)
  return {
    hops: hops.map((hop) => ({ ...hop, proxyCommand: hop.proxyCommand === null ? null : '' })),
    notes: notes.map((note) => (/command$/i.test(note.option) ? { ...note, value: '…' } : note))
  }
}
