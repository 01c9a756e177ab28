import type { ResolvedHop, SshAgentChoice, SshMethod, SshNote } from '../../../shared/ssh-settings'
import { defaultIdentityFiles } from '../resolve-typed'
import { type AskedHost, type CollectedOptions, collectOptions, jumpText, oneArgument } from './collect-options'
import { badLine } from './config-failure'
import type { ConfigNode, ConfigOption } from './config-files'
import type { ConfigSurroundings } from './config-surroundings'
import { expandPath, expandTokens, pathTokens, type Tokens } from './expand-tokens'
import { optionNotes } from './option-notes'
import { parseDuration } from './parse-duration'

/** One host as the config has it, its way there not yet followed. */
export interface ResolvedHost {
  hop: Omit<ResolvedHop, 'secretPlace'>
  /** The ProxyJump that leads there, tokens expanded; null: none. */
  jump: { text: string; line: ConfigOption } | null
  notes: SshNote[]
}

const yes = new Set(['yes', 'true'])
const no = new Set(['no', 'false'])

const flag = (line: ConfigOption | undefined, otherwise: boolean, more: readonly string[] = []): boolean => {
  if (!line) return otherwise
  const value = oneArgument(line).toLowerCase()
  if (yes.has(value) || more.includes(value)) return true
  if (no.has(value)) return false
  throw badLine(line, `${line.option} is yes or no`)
}

const number = (line: ConfigOption | undefined, least: number, most: number): number | null => {
  if (!line) return null
  const text = oneArgument(line)
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw badLine(line, `${line.option} is a number from ${least} to ${most}`)
  return value
}

const duration = (line: ConfigOption | undefined): number | null => {
  if (!line) return null
  const value = parseDuration(oneArgument(line))
  if (value === null) throw badLine(line, `${line.option} is a time such as 30 or 1m30s`)
  return value
}

const methodNames: readonly SshMethod[] = ['publickey', 'keyboard-interactive', 'password']

const methodsOf = ({ first }: CollectedOptions): SshMethod[] => {
  const allowed: Record<SshMethod, boolean> = {
    publickey: flag(first.get('pubkeyauthentication'), true, ['unbound', 'host-bound']),
    'keyboard-interactive': flag(first.get('kbdinteractiveauthentication'), true),
    password: flag(first.get('passwordauthentication'), true)
  }
  const preferred = first.get('preferredauthentications')
  const order = preferred ? oneArgument(preferred).split(',') : methodNames
  return order.flatMap((name) => methodNames.filter((method) => method === name && allowed[method]))
}

const agentOf = (line: ConfigOption | undefined, tokens: Tokens, around: ConfigSurroundings): SshAgentChoice => {
  if (!line) return { kind: 'environment' }
  const value = oneArgument(line)
  if (value === 'SSH_AUTH_SOCK') return { kind: 'environment' }
  if (value === 'none') return { kind: 'none' }
  const named = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)
  if (!named?.[1]) return { kind: 'socket', path: expandPath(value, tokens, around, line) }
  const path = around.env[named[1]]
  return path ? { kind: 'socket', path } : { kind: 'none' }
}

const filesOf = (
  line: ConfigOption | undefined,
  expand: (path: string, line: ConfigOption) => string
): string[] | null => {
  if (!line) return null
  if (!line.args?.length || line.args.includes('')) throw badLine(line, `${line.option} names no file`)
  if (line.args.some((file) => file.toLowerCase() === 'none')) {
    if (line.args.length > 1) throw badLine(line, `${line.option} none stands alone`)
    return []
  }
  // Nothing can be kept there, and a file must never be put in its place.
  return line.args.map((file) => expand(file, line)).filter((file) => file !== '/dev/null' && file !== 'NUL')
}

const strictness = (line: ConfigOption | undefined): ResolvedHop['hostKeyCheck'] => {
  const value = line ? oneArgument(line).toLowerCase() : 'ask'
  if (yes.has(value)) return 'strict'
  if (no.has(value) || ['ask', 'off', 'accept-new'].includes(value)) return 'ask'
  throw badLine(line as ConfigOption, 'StrictHostKeyChecking is yes, no, ask or accept-new')
}

const commandOf = (line: ConfigOption | undefined): string | null => {
  const command = line?.rest.trim() ?? ''
  return command === '' || command.toLowerCase() === 'none' ? null : command
}

const countMax = (line: ConfigOption | undefined): number | null => number(line, 0, 2_147_483_647)

/** What the config makes of one name. Rejects with the place of a line that cannot be used. */
export const resolveHost = (
  files: readonly (readonly ConfigNode[])[],
  asked: AskedHost,
  around: ConfigSurroundings
): ResolvedHost => {
  const options = collectOptions(files, asked, around.localUser)
  const { first, identityFiles } = options
  const of = (keyword: string) => first.get(keyword)
  const hostName = of('hostname')
  const userName = of('user')
  const alias = of('hostkeyalias')
  const host = (
    hostName ? expandTokens(oneArgument(hostName), { h: asked.alias }, hostName) : asked.alias
  ).toLowerCase()
  const port = asked.port ?? number(of('port'), 1, 65_535) ?? 22
  const user = asked.user ?? (userName ? oneArgument(userName) : around.localUser)
  const hostKeyAlias = alias ? oneArgument(alias).toLowerCase() : null
  const way = of('proxyjump')
  const wayText = way ? jumpText(way) : null
  const target = { original: asked.alias, host, port, user, hostKeyAlias }
  const jump =
    way && wayText !== null
      ? { text: expandTokens(wayText, { h: host, n: asked.alias, p: String(port), r: user }, way), line: way }
      : null
  const tokens = pathTokens({ ...target, jump: jump?.text ?? '' }, around)
  const expand = (path: string, line: ConfigOption) => expandPath(path, tokens, around, line)
  const keys = identityFiles.filter((line) => oneArgument(line).toLowerCase() !== 'none')
  const useDefaults = identityFiles.length === 0
  return {
    hop: {
      alias: asked.alias,
      host,
      port,
      user,
      auth: { kind: 'auto' },
      methods: methodsOf(options),
      identityFiles: useDefaults
        ? defaultIdentityFiles(around.home)
        : keys.map((line) => expand(oneArgument(line), line)),
      identityFilesAreDefaults: useDefaults,
      identitiesOnly: flag(of('identitiesonly'), false),
      identityAgent: agentOf(of('identityagent'), tokens, around),
      hostKeyAlias,
      userKnownHostsFiles: filesOf(of('userknownhostsfile'), expand),
      globalKnownHostsFiles: filesOf(of('globalknownhostsfile'), (path) => path),
      hostKeyCheck: strictness(of('stricthostkeychecking')),
      hashKnownHosts: flag(of('hashknownhosts'), false),
      proxyCommand: commandOf(of('proxycommand')),
      connectTimeoutS: duration(of('connecttimeout')) || null,
      serverAlive: { intervalS: duration(of('serveraliveinterval')), countMax: countMax(of('serveralivecountmax')) }
    },
    jump,
    notes: optionNotes(asked.alias, options)
  }
}
