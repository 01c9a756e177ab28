import { join } from 'node:path'
import type { Hop } from '../../shared/move'
import type { ResolvedHop, SshAgentChoice } from '../../shared/ssh-settings'
import { expandHome } from './home'

/** The names ssh tries when no IdentityFile is set. */
export const defaultIdentityFiles = (home = expandHome('~')): string[] =>
  ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => join(home, '.ssh', name))

const agentChoice = (set: string | undefined): SshAgentChoice => {
  if (set === undefined || set === 'SSH_AUTH_SOCK') return { kind: 'environment' }
  return set === 'none' ? { kind: 'none' } : { kind: 'socket', path: expandHome(set) }
}

/** A hop that is typed out in the move, without the person's ssh config. `place`: where it stands in the chain. */
export const resolveTyped = (hop: Hop, place: number): ResolvedHop => {
  const { settings = {} } = hop
  return {
    alias: null,
    host: hop.host,
    port: hop.port,
    user: hop.user,
    auth: hop.auth,
    methods: ['publickey', 'keyboard-interactive', 'password'],
    identityFiles: settings.identityFiles?.map((file) => expandHome(file)) ?? defaultIdentityFiles(),
    identityFilesAreDefaults: settings.identityFiles === undefined,
    identitiesOnly: settings.identitiesOnly ?? false,
    identityAgent: agentChoice(settings.identityAgent),
    hostKeyAlias: settings.hostKeyAlias?.toLowerCase() ?? null,
    userKnownHostsFiles: settings.userKnownHostsFiles?.map((file) => expandHome(file)) ?? null,
    globalKnownHostsFiles: null,
    hostKeyCheck: 'ask',
    hashKnownHosts: false,
    proxyCommand: null,
    connectTimeoutS: settings.connectTimeoutS ?? null,
    serverAlive: {
      intervalS: settings.serverAliveIntervalS ?? null,
      countMax: settings.serverAliveCountMax ?? null
    },
    secretPlace: String(place)
  }
}
