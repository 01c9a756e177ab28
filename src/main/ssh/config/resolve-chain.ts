import { fail } from '../../../shared/failure'
import { type ConfigHop, hostName, type SshEntry } from '../../../shared/move'
import type { ResolvedHop, ResolvedSsh, SshNote } from '../../../shared/ssh-settings'
import { resolveTyped } from '../resolve-typed'
import type { AskedHost } from './collect-options'
import { badLine } from './config-failure'
import type { ConfigNode, ConfigOption } from './config-files'
import type { ConfigSurroundings } from './config-surroundings'
import { parseDestination } from './parse-destination'
import { resolveHost } from './resolve-host'

/** As many hosts as one way may lead over. */
const hopLimit = 16

type Files = readonly (readonly ConfigNode[])[]
type Way = Pick<ResolvedSsh, 'notes'> & { hops: Omit<ResolvedHop, 'secretPlace'>[] }

const dialable = (host: string, line: ConfigOption | null, alias: string): void => {
  if (hostName.safeParse(host).success) return
  if (line) throw badLine(line, `“${host}” is not a host name`)
  throw fail('invalid', `“${host}” is not a host name.`, {
    where: alias,
    try: ['Correct HostName in your ssh config.']
  })
}

const jumpsOf = (text: string, line: ConfigOption): AskedHost[] =>
  text.split(',').map((entry) => {
    const found = parseDestination(entry.trim())
    if (!found) throw badLine(line, `ProxyJump “${entry.trim()}” is not user@host:port`)
    const { host, ...rest } = found
    return { alias: host, ...rest }
  })

const nameOf = ({ alias, user, port }: AskedHost) => `${user ?? ''}@${alias}:${port ?? ''}`

/** A host with the jumps that lead to it. As with `ssh -J a,b`: the first jump is reached as its own config says, the others over the one before. */
const follow = (
  files: Files,
  asked: AskedHost,
  around: ConfigSurroundings,
  options: { ownJumps: boolean; coming: readonly string[] }
): Way => {
  const { hop, jump, notes } = resolveHost(files, asked, around)
  dialable(hop.host, null, asked.alias)
  // What leads to the host is the hop before, not what its config says.
  const mine: Way = options.ownJumps
    ? { hops: [hop], notes }
    : {
        hops: [{ ...hop, proxyCommand: null }],
        notes: notes.filter((note) => note.option.toLowerCase() !== 'proxycommand')
      }
  if (!jump || !options.ownJumps) return mine
  const coming = [...options.coming, nameOf(asked)]
  const jumps = jumpsOf(jump.text, jump.line)
  const ways = jumps.map((next, index) => {
    if (coming.includes(nameOf(next)) || coming.length > hopLimit)
      throw badLine(
        jump.line,
        `ProxyJump leads in a circle: ${[...coming, nameOf(next)].join(' → ').replace(/@|:(?= |$)/g, '')}`
      )
    const way = follow(files, next, around, { ownJumps: index === 0, coming })
    const last = way.hops.at(-1)
    // ssh stops here as well: a jump host that is the host itself.
    if (last && last.host === hop.host && last.port === hop.port && last.user === hop.user && last.alias === hop.alias)
      throw badLine(jump.line, `the jump host ${next.alias} is the host itself`)
    return way
  })
  return {
    hops: [...ways.flatMap((way) => way.hops), hop],
    notes: [...ways.flatMap((way) => way.notes), ...mine.notes]
  }
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9.]+/g, '-')

const fromConfig = (
  files: Files,
  entry: ConfigHop,
  index: number,
  around: ConfigSurroundings
): { hops: ResolvedHop[]; notes: SshNote[] } => {
  const asked: AskedHost = {
    alias: entry.alias,
    ...(entry.user === undefined ? {} : { user: entry.user }),
    ...(entry.port === undefined ? {} : { port: entry.port })
  }
  const { hops, notes } = follow(files, asked, around, { ownJumps: index === 0, coming: [] })
  return {
    notes,
    hops: hops.map((hop, at) => {
      // Secrets of a jump stay with its name: the config may put another one before it.
      if (at < hops.length - 1) return { ...hop, secretPlace: `${index}-${slug(hop.alias ?? hop.host)}` }
      return { ...hop, ...(entry.auth ? { auth: entry.auth } : {}), secretPlace: String(index) }
    })
  }
}

/** The whole chain of a server, each of its entries resolved. */
export const resolveChain = (files: Files, entries: readonly SshEntry[], around: ConfigSurroundings): ResolvedSsh => {
  const hops: ResolvedHop[] = []
  const notes: SshNote[] = []
  for (const [index, entry] of entries.entries()) {
    if (entry.from === undefined) {
      hops.push(resolveTyped(entry, index))
      continue
    }
    const way = fromConfig(files, entry, index, around)
    hops.push(...way.hops)
    notes.push(...way.notes)
  }
  if (hops.length > hopLimit)
    throw fail('invalid', `This way leads over ${hops.length} hosts; ${hopLimit} are possible.`, {
      try: ['Shorten the ProxyJump lines of your ssh config.']
    })
  return { hops, notes }
}
