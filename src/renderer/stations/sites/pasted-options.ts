import type { HopSettings } from '../../../shared/move'

/** What options of ssh say of one hop, however they were written: `-o Name=value`, or lines of a Host block. */
export interface PastedOptions {
  host?: string
  user?: string
  port?: string
  jump?: string
  keys: string[]
  settings: HopSettings
  /** Named ones that are not taken over. */
  leftOut: string[]
}

const seconds = (text: string): number | null => {
  const match = /^(\d+)([smh]?)$/i.exec(text)
  return match ? Number(match[1]) * ({ m: 60, h: 3600 }[match[2]?.toLowerCase() ?? ''] ?? 1) : null
}

/** They shape a terminal or a forwarding, of which there is none here. */
const harmless =
  /^(requesttty|loglevel|compression|controlmaster|controlpath|controlpersist|exitonforwardfailure|sendenv|setenv|tcpkeepalive|addkeystoagent|usekeychain|visualhostkey|batchmode|permitlocalcommand)$/

/** Takes one option in; the first of a name wins, keys add up. */
export const takeOption = (taken: PastedOptions, name: string, value: string): void => {
  const { settings } = taken
  switch (name.toLowerCase()) {
    case 'hostname':
      taken.host ??= value
      return
    case 'user':
      taken.user ??= value
      return
    case 'port':
      taken.port ??= value
      return
    case 'proxyjump':
      taken.jump ??= value
      return
    case 'identityfile':
      if (value.toLowerCase() !== 'none' && !taken.keys.includes(value)) taken.keys.push(value)
      return
    case 'identitiesonly':
      if (/^(yes|true)$/i.test(value)) settings.identitiesOnly = true
      return
    case 'identityagent':
      settings.identityAgent ??= value
      return
    case 'hostkeyalias':
      settings.hostKeyAlias ??= value
      return
    case 'userknownhostsfile':
      settings.userKnownHostsFiles ??= value.split(/\s+/).filter((file) => file !== '/dev/null' && file !== 'none')
      return
    case 'connecttimeout':
      settings.connectTimeoutS ??= seconds(value) || undefined
      return
    case 'serveraliveinterval':
      settings.serverAliveIntervalS ??= seconds(value) ?? undefined
      return
    case 'serveralivecountmax':
      settings.serverAliveCountMax ??= Number(value) || undefined
      return
    default:
      if (!harmless.test(name.toLowerCase())) taken.leftOut.push(name)
  }
}

export const noOptions = (): PastedOptions => ({ keys: [], settings: {}, leftOut: [] })

interface SignIn {
  auth?: 'key' | 'auto'
  path?: string
  settings?: HopSettings
}

/** How a hop signs in by these options: one key stands for itself, several are tried in turn, none leaves it to the agent. */
export const signInOf = ({ keys, settings }: PastedOptions): SignIn => {
  const [key, ...more] = keys
  const set = Object.entries({ ...settings, ...(more.length > 0 ? { identityFiles: keys } : {}) })
  const kept = Object.fromEntries(set.filter(([, value]) => value !== undefined)) as HopSettings
  return {
    ...(more.length > 0 ? { auth: 'auto' } : key === undefined ? {} : { auth: 'key', path: key }),
    ...(Object.keys(kept).length > 0 ? { settings: kept } : {})
  }
}
