import type { SshAuth } from './move'

/** Which agent is asked: the one of SSH_AUTH_SOCK, none at all, or the one at this socket (path expanded). */
export type SshAgentChoice = { kind: 'environment' } | { kind: 'none' } | { kind: 'socket'; path: string }

/** A way to sign in as the server names it, in the order in which OpenSSH would try them. */
export type SshMethod = 'publickey' | 'keyboard-interactive' | 'password'

/**
 * One hop with every option resolved, as OpenSSH would use it: paths absolute, tokens and variables expanded.
 * It is made anew at each connect and never saved; what the move keeps is `SshEntry`.
 */
export interface ResolvedHop {
  /** Its name in the ssh config; null: typed out in the move. */
  alias: string | null
  host: string
  port: number
  user: string
  /** `auto`: the ways of `methods` in OpenSSH's order, with the agent and the identity files below. */
  auth: SshAuth
  methods: SshMethod[]
  /** Private keys to offer, in order. Files named by the config or the move. */
  identityFiles: string[]
  /** True when `identityFiles` are OpenSSH's default names, of which most do not exist. */
  identityFilesAreDefaults: boolean
  /** Only the keys of `identityFiles` are offered, also when the agent holds more. */
  identitiesOnly: boolean
  identityAgent: SshAgentChoice
  /** Looked up in known_hosts as it is, without the port; null: host and port are. Lower case. */
  hostKeyAlias: string | null
  /** null: not set, the usual files. An empty list: `none`, accepted keys are not written down. */
  userKnownHostsFiles: string[] | null
  /** null: not set, the machine's usual files. */
  globalKnownHostsFiles: string[] | null
  /** `strict`: an unknown key is refused without a question. */
  hostKeyCheck: 'ask' | 'strict'
  /** Accepted keys are written with a hashed name. */
  hashKnownHosts: boolean
  /** The command its config reaches it by; Siteswap never runs it: only the system's ssh gets there. */
  proxyCommand: string | null
  /** For connection, key exchange and host key; null: not set. */
  connectTimeoutS: number | null
  /** null: not set, the app's own. An interval of 0 turns it off. */
  serverAlive: { intervalS: number | null; countMax: number | null }
  /** Names this hop's secrets: `sshPasswordSecret(serverId, secretPlace)`. */
  secretPlace: string
}

/**
 * What an option in the ssh config means for Siteswap. `none`: it makes no difference here. `own`: Siteswap does it its own way, said in `words`.
 * `system-ssh`: without it the host may not be reachable; the system's ssh understands it.
 */
export type SshNoteEffect = 'none' | 'own' | 'system-ssh'

/** An option of the ssh config that Siteswap does not follow, named to the person. */
export interface SshNote {
  /** The alias whose resolution met it. */
  alias: string
  /** As written: `ProxyCommand`. */
  option: string
  value: string
  effect: SshNoteEffect
  /** One plain sentence. */
  words: string
  file: string
  line: number
}

/** A chain as it is connected: the last hop is the host itself. */
export interface ResolvedSsh {
  hops: ResolvedHop[]
  notes: SshNote[]
}

/** A host that the person's ssh config names, for a list to pick from. */
export interface SshConfigHost {
  alias: string
  host: string
  port: number
  user: string
  /** Names of the jump hosts, first one first. */
  through: string[]
  file: string
  line: number
  /** Set when it cannot be resolved: one sentence. */
  problem: string | null
  /** Set when an option asks for the system's ssh: `ProxyCommand`. */
  needsSystemSsh: string | null
}
