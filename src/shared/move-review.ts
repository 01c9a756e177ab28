import { type Move, type ServerEntry, serversOf, sshEntryLabel } from './move'

/** What a move makes Siteswap do on its own: shown before a move from elsewhere is opened. */
export interface MoveReview {
  /** Addresses that are contacted, with the account: `deploy@bastion.example.com:22`. */
  contacts: string[]
  /** Commands that are run on servers, each with its host: `fra-web1: systemctl reload php-fpm`. */
  commands: string[]
  /** Files that are read on this computer (keys, certificates) or changed on a server. */
  files: string[]
}

export const emptyReview: MoveReview = { contacts: [], commands: [], files: [] }

const address = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)

/** Files of this computer that the way to a server reads. */
const localFiles = ({ ssh, database }: ServerEntry): string[] => {
  const hops = ssh.flatMap((hop) => [
    ...(hop.auth?.kind === 'key' ? [hop.auth.path] : []),
    ...(hop.from === undefined
      ? [...(hop.settings?.identityFiles ?? []), ...(hop.settings?.userKnownHostsFiles ?? [])]
      : [])
  ])
  const { caPath, certPath, keyPath } = database?.tls ?? {}
  return [...hops, caPath, certPath, keyPath].filter((path) => path !== undefined)
}

/** Everything an opened move would contact, run, read and change. Pure: nothing is asked. */
export const reviewOf = (move: Move): MoveReview => {
  const contacts = new Set<string>()
  const commands = new Set<string>()
  const files = new Set<string>()
  for (const { server } of serversOf(move)) {
    for (const hop of server.ssh) contacts.add(sshEntryLabel(hop))
    for (const path of localFiles(server)) files.add(`this computer: ${path}`)
    const { database, redirect } = server
    if (database) {
      const way = database.via === 'ssh' ? `through ${server.name}` : 'directly'
      const at = database.socketPath ?? address(database.host, database.port)
      contacts.add(`${at} (database, as ${database.user}, ${way})`)
    }
    if (redirect.kind === 'file') {
      files.add(`${server.name}: ${redirect.path}`)
      commands.add(`${server.name}: ${redirect.reload}`)
    }
  }
  const { bridge } = move
  if (bridge) {
    contacts.add(`${bridge.user}@${address(bridge.sshHost, bridge.sshPort)} (bridge, from the new database host)`)
    files.add(`old database host: ${bridge.authorizedKeysPath}`)
    files.add(`new database host: ${bridge.directory}`)
  }
  for (const domain of move.domains) {
    for (const name of domain.authoritative) contacts.add(`${address(name.host, name.port)} (DNS)`)
    for (const name of domain.resolvers) contacts.add(`${address(name.host, name.port)} (DNS, ${name.name})`)
    if (domain.update.kind === 'rfc2136')
      contacts.add(`${address(domain.update.server, domain.update.port)} (DNS update of ${domain.update.zone})`)
  }
  return { contacts: [...contacts], commands: [...commands], files: [...files] }
}

/** What of a review has not been allowed yet. */
export const notIn = (review: MoveReview, allowed: MoveReview): MoveReview => ({
  contacts: review.contacts.filter((one) => !allowed.contacts.includes(one)),
  commands: review.commands.filter((one) => !allowed.commands.includes(one)),
  files: review.files.filter((one) => !allowed.files.includes(one))
})

export const isEmptyReview = (review: MoveReview): boolean =>
  review.contacts.length + review.commands.length + review.files.length === 0
