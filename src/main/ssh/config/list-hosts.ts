import { setImmediate } from 'node:timers/promises'
import { failureOf } from '../../../shared/failure'
import { hostName } from '../../../shared/move'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import type { ConfigNode, ConfigOption } from './config-files'
import type { ConfigSurroundings } from './config-surroundings'
import { resolveChain } from './resolve-chain'

const hostLimit = 2000
const atOnce = 10

const hostLines = (nodes: readonly ConfigNode[]): ConfigOption[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'include') return node.files.flatMap(hostLines)
    return node.keyword === 'host' ? [node] : []
  })

const hostOf = (
  files: readonly (readonly ConfigNode[])[],
  alias: string,
  place: ConfigOption,
  around: ConfigSurroundings
) => {
  const { file, line } = place
  try {
    const { hops, notes } = resolveChain(files, [{ from: 'ssh-config', alias }], around)
    const last = hops.at(-1)
    return {
      alias,
      file,
      line,
      host: last?.host ?? alias,
      port: last?.port ?? 22,
      user: last?.user ?? '',
      through: hops.slice(0, -1).map((hop) => hop.alias ?? hop.host),
      problem: null,
      needsSystemSsh: notes.find((note) => note.effect === 'system-ssh')?.option ?? null
    }
  } catch (error) {
    const { what } = failureOf(error)
    return { alias, file, line, host: alias, port: 22, user: '', through: [], problem: what, needsSystemSsh: null }
  }
}

/** Names that stand on Host lines in full; patterns name no host. A long list lets others go on between its lines. */
export const listHosts = async (
  files: readonly (readonly ConfigNode[])[],
  around: ConfigSurroundings
): Promise<SshConfigHost[]> => {
  const places = new Map<string, ConfigOption>()
  for (const line of files.flatMap(hostLines))
    for (const name of line.args ?? [])
      if (!/[*?!]/.test(name) && hostName.safeParse(name).success && !places.has(name)) places.set(name, line)
  const hosts: SshConfigHost[] = []
  for (const [alias, place] of [...places].slice(0, hostLimit)) {
    hosts.push(hostOf(files, alias, place, around))
    if (hosts.length % atOnce === 0) await setImmediate()
  }
  return hosts
}
