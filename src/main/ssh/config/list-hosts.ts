import { failureOf } from '../../../shared/failure'
import { hostName } from '../../../shared/move'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import type { ConfigNode, ConfigOption } from './config-files'
import type { ConfigSurroundings } from './config-surroundings'
import { resolveChain } from './resolve-chain'

const hostLimit = 2000

const hostLines = (nodes: readonly ConfigNode[]): ConfigOption[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'include') return node.files.flatMap(hostLines)
    return node.keyword === 'host' ? [node] : []
  })

/** Names that stand on Host lines in full; patterns name no host. */
export const listHosts = (files: readonly (readonly ConfigNode[])[], around: ConfigSurroundings): SshConfigHost[] => {
  const places = new Map<string, ConfigOption>()
  for (const line of files.flatMap(hostLines))
    for (const name of line.args ?? [])
      if (!/[*?!]/.test(name) && hostName.safeParse(name).success && !places.has(name)) places.set(name, line)
  return [...places].slice(0, hostLimit).map(([alias, { file, line }]) => {
    const place = { alias, file, line }
    try {
      const { hops, notes } = resolveChain(files, [{ from: 'ssh-config', alias }], around)
      const last = hops.at(-1)
      const needed = notes.find((note) => note.effect === 'system-ssh')
      return {
        ...place,
        host: last?.host ?? alias,
        port: last?.port ?? 22,
        user: last?.user ?? '',
        through: hops.slice(0, -1).map((hop) => hop.alias ?? hop.host),
        problem: null,
        needsSystemSsh: needed?.option ?? null
      }
    } catch (error) {
      const { what } = failureOf(error)
      return { ...place, host: alias, port: 22, user: '', through: [], problem: what, needsSystemSsh: null }
    }
  })
}
