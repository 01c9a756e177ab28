import type { HopSettings } from '../../../shared/move'
import type { ResolvedHop } from '../../../shared/ssh-settings'
import { emptyHop, type HopDraft } from './server-draft'

const settingsOf = (hop: ResolvedHop): HopSettings => {
  const { identityAgent: agent, serverAlive } = hop
  return {
    ...(hop.identityFilesAreDefaults ? {} : { identityFiles: hop.identityFiles }),
    ...(hop.identitiesOnly ? { identitiesOnly: true } : {}),
    ...(agent.kind === 'environment' ? {} : { identityAgent: agent.kind === 'none' ? 'none' : agent.path }),
    ...(hop.hostKeyAlias === null ? {} : { hostKeyAlias: hop.hostKeyAlias }),
    ...(hop.userKnownHostsFiles === null ? {} : { userKnownHostsFiles: hop.userKnownHostsFiles }),
    ...(hop.connectTimeoutS === null ? {} : { connectTimeoutS: hop.connectTimeoutS }),
    ...(serverAlive.intervalS === null ? {} : { serverAliveIntervalS: serverAlive.intervalS }),
    ...(serverAlive.countMax ? { serverAliveCountMax: serverAlive.countMax } : {})
  }
}

/** A chain of the ssh config typed out: from here on the move says it, and changes of the config no longer count. */
export const copiedHops = (hops: readonly ResolvedHop[]): HopDraft[] =>
  hops.map((hop) => {
    const settings = settingsOf(hop)
    const { auth } = hop
    return emptyHop({
      host: hop.host,
      port: hop.port,
      user: hop.user,
      auth: auth.kind,
      ...(auth.kind === 'key' ? { path: auth.path, passphrase: auth.passphrase } : {}),
      ...(Object.keys(settings).length > 0 ? { settings } : {})
    })
  })

/** A hop that follows the ssh config. */
export const configHop = (alias: string, over: Partial<Omit<HopDraft, 'key' | 'from' | 'host'>> = {}): HopDraft =>
  emptyHop({ port: null, auth: 'auto', ...over, from: 'ssh-config', host: alias })
