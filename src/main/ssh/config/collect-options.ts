import { matchHostLine } from '../match-pattern'
import { badLine } from './config-failure'
import type { ConfigNode, ConfigOption } from './config-files'
import { expandTokens } from './expand-tokens'
import { judgeMatch, type MatchSubject } from './match-line'

/** What a host is asked for by: as on the command line. */
export interface AskedHost {
  alias: string
  /** `-l` or `user@`; goes before the config. */
  user?: string
  /** `-p`; goes before the config. */
  port?: number
}

/** Options in force for one host: the first line of each keyword, all lines of the few that add up. */
export interface CollectedOptions {
  first: ReadonlyMap<string, ConfigOption>
  identityFiles: readonly ConfigOption[]
  certificateFiles: readonly ConfigOption[]
  /** Match blocks left out for a criterion that is not evaluated, with its name. */
  leftOut: readonly { line: ConfigOption; criterion: string }[]
  /** Patterns of IgnoreUnknown. */
  ignoreUnknown: string
}

const aliases: Record<string, string> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  skeyauthentication: 'kbdinteractiveauthentication',
  tisauthentication: 'kbdinteractiveauthentication',
  dsaauthentication: 'pubkeyauthentication',
  pubkeyacceptedkeytypes: 'pubkeyacceptedalgorithms',
  smartcarddevice: 'pkcs11provider'
}

/** The one argument of a line. */
export const oneArgument = (line: ConfigOption): string => {
  const [first, ...more] = line.args ?? []
  if (line.args === null) throw badLine(line, 'a quote is not closed')
  if (first === undefined || first === '') throw badLine(line, `${line.option} has no value`)
  if (more.length > 0) throw badLine(line, `${line.option} has more than one value`)
  return first
}

/** The jump hosts of a ProxyJump line as written; null: `none`. */
export const jumpText = (line: ConfigOption): string | null => {
  const text = line.rest.replace(/#.*$/s, '').trim()
  return text === '' || text.toLowerCase() === 'none' ? null : text
}

/** A time of `none` sets nothing: a later line may. */
const setsNothing = (line: ConfigOption): boolean =>
  (line.keyword === 'connecttimeout' || line.keyword === 'serveraliveinterval') && line.args?.[0] === 'none'

/** Goes through the files as OpenSSH does: the first value wins, Host and Match blocks switch, Includes stand where they are. */
export const collectOptions = (
  files: readonly (readonly ConfigNode[])[],
  asked: AskedHost,
  localUser: string
): CollectedOptions => {
  const first = new Map<string, ConfigOption>()
  const identityFiles: ConfigOption[] = []
  const certificateFiles: ConfigOption[] = []
  const leftOut = new Map<ConfigOption, string>()
  let wantsFinal = false

  const host = (): string => {
    const line = first.get('hostname')
    return line ? expandTokens(oneArgument(line), { h: asked.alias }, line) : asked.alias
  }
  const subject = (finalPass: boolean): MatchSubject => {
    const user = first.get('user')
    const tag = first.get('tag')
    return {
      host: host(),
      original: asked.alias,
      user: asked.user ?? (user ? oneArgument(user) : localUser),
      localUser,
      tag: tag ? oneArgument(tag) : '',
      finalPass
    }
  }
  const add = (list: ConfigOption[], line: ConfigOption) => {
    const value = oneArgument(line)
    if (!list.some((known) => known.args?.[0] === value && known.own === line.own)) list.push(line)
  }
  const set = (line: ConfigOption, finalPass: boolean) => {
    // By the second pass the host's name is settled.
    if (finalPass && line.keyword === 'hostname') return
    const keyword = aliases[line.keyword] ?? line.keyword
    if (keyword === 'identityfile') add(identityFiles, line)
    else if (keyword === 'certificatefile') add(certificateFiles, line)
    else if (keyword === 'proxyjump' || keyword === 'proxycommand') {
      // Whichever comes first wins over the other; only `ProxyJump none` lets a later ProxyCommand in.
      const jump = first.get('proxyjump')
      const free = !jump || (keyword === 'proxycommand' && jumpText(jump) === null)
      if (free && !first.has('proxycommand')) first.set(keyword, line)
    } else if (!first.has(keyword) && !setsNothing(line)) first.set(keyword, line)
  }

  const walk = (nodes: readonly ConfigNode[], entered: boolean, finalPass: boolean): void => {
    let active = entered
    for (const node of nodes) {
      if (node.kind === 'include') for (const file of node.files) walk(file, active, finalPass)
      else if (node.keyword === 'host') {
        if (!node.args?.length) throw badLine(node, 'Host names no pattern')
        active = entered && matchHostLine(asked.alias, node.args)
      } else if (node.keyword === 'match') {
        if (!entered) continue
        const verdict = judgeMatch(node, subject(finalPass))
        wantsFinal ||= verdict.wantsFinal
        if (verdict.unknown) leftOut.set(node, verdict.unknown)
        active = verdict.matches
      } else if (active) set(node, finalPass)
    }
  }
  const pass = (finalPass: boolean) => {
    for (const file of files) walk(file, true, finalPass)
  }
  pass(false)
  const canonicalize = first.get('canonicalizehostname')?.args?.[0]?.toLowerCase() ?? 'no'
  if (wantsFinal || !['no', 'false', 'none'].includes(canonicalize)) pass(true)
  return {
    first,
    identityFiles,
    certificateFiles,
    leftOut: [...leftOut].map(([line, criterion]) => ({ line, criterion })),
    ignoreUnknown: first.get('ignoreunknown')?.args?.[0] ?? ''
  }
}
