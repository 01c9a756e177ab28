import { type Move, type ServerEntry, type SshEntry, serversOf, sshEntryLabel, sshEntryName } from './move'

/** What a move makes Siteswap do on its own: shown before a move from elsewhere is opened. */
export interface MoveReview {
  /** Addresses that are contacted, with the account: `deploy@bastion.example.com:22`. */
  contacts: string[]
  /** Commands that are run, each with its host: `fra-web1: systemctl reload php-fpm`. */
  commands: string[]
  /** What is used on this computer (keys, agents, certificates) and which files are changed on a server. */
  files: string[]
}

export const emptyReview: MoveReview = { contacts: [], commands: [], files: [] }

const address = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)

/** Keys, agents and files of this computer that a hop signs in with. */
const usedByHop = (hop: SshEntry): string[] => {
  if (hop.from === 'ssh-config') {
    const key = hop.auth?.kind === 'key' ? [hop.auth.path] : []
    return [`~/.ssh/config (Host ${hop.alias}, with the keys and agent it names)`, ...key]
  }
  const { auth, settings = {} } = hop
  const { identityAgent = 'SSH_AUTH_SOCK', identityFiles = [], userKnownHostsFiles = [] } = settings
  const asksAgent = (auth.kind === 'agent' || auth.kind === 'auto') && identityAgent !== 'none'
  const usual = identityAgent === 'SSH_AUTH_SOCK' || identityAgent === '$SSH_AUTH_SOCK'
  return [
    ...(auth.kind === 'key' ? [auth.path] : []),
    ...(asksAgent ? [usual ? 'your SSH agent' : `${identityAgent} (SSH agent)`] : []),
    ...(auth.kind === 'auto' && identityFiles.length === 0 ? ['your usual SSH keys (~/.ssh/id_…)'] : []),
    ...identityFiles,
    ...userKnownHostsFiles
  ]
}

/** What of this computer the way to a server uses: keys, agents, certificates, sockets. */
const usedHere = ({ ssh, database }: ServerEntry): string[] => {
  const { caPath, certPath, keyPath } = database?.tls ?? {}
  const socket = database?.via === 'direct' && database.socketPath ? [`${database.socketPath} (socket)`] : []
  return [...ssh.flatMap(usedByHop), ...socket, caPath, certPath, keyPath].filter((path) => path !== undefined)
}

/** Everything an opened move would contact, run, read and change. Pure: nothing is asked. */
export const reviewOf = (move: Move): MoveReview => {
  const contacts = new Set<string>()
  const commands = new Set<string>()
  const files = new Set<string>()
  for (const { server } of serversOf(move)) {
    for (const hop of server.ssh) contacts.add(sshEntryLabel(hop))
    for (const path of usedHere(server)) files.add(`this computer: ${path}`)
    const last = server.ssh.at(-1)
    // With the system's ssh the person's config decides what is run: a ProxyCommand, for example.
    if (server.transport === 'system' && last)
      commands.add(`this computer: ssh ${sshEntryName(last)} (the system’s own, which follows your ssh config)`)
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
