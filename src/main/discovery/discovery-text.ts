import type { Discovery, FoundAddress, FoundRole, FoundServer } from '../../shared/discovery'

const roles: Record<FoundRole, string> = {
  source: 'source',
  replica: 'replica',
  intermediate: 'replica and source',
  'both-ways': 'both ways',
  alone: 'follows nobody',
  'not-asked': 'not asked'
}

/** What was found, for a terminal: servers with their addresses and links, then the addresses that may be asked next. */
export const discoveryText = (discovery: Discovery): string => {
  const nameOf = (id: string) => discovery.servers.find((found) => found.id === id)?.name ?? id
  const lines = discovery.servers.flatMap((found) => [
    headOf(found),
    ...found.addresses.map((address) => `  ${addressText(address, nameOf)}`),
    ...discovery.links
      .filter((link) => link.replica === found.id)
      .map(
        (link) =>
          `  ↳ follows ${nameOf(link.source)}: ${link.state === 'told' ? 'as that one says' : link.state}${link.channel === '' ? '' : `, channel ${link.channel}`}${link.error ? ` — ${link.error.code} ${link.error.text}` : ''}`
      ),
    ...found.notes.map(({ tone, text }) => `  ${tone === 'attention' ? '!' : '·'} ${text}`),
    ...found.fill.map((text) => `  try: ${text}`)
  ])
  const asks = discovery.servers.flatMap((found) => found.addresses.filter(({ state }) => state.kind === 'proposed'))
  const next = asks.map((one) => `  ${placeOf(one)}  like ${one.like}, as ${one.user}`)
  return `${[
    ...lines,
    ...discovery.leftOut,
    '',
    ...(next.length > 0 ? ['Not asked yet; name them with --connect to go on:', ...next] : ['Nobody else is named.'])
  ]
    .map(printable)
    .join('\n')}\n`
}

/** `10.0.0.5:3306`, with brackets around what holds colons. */
export const placeOf = ({ host, port }: Pick<FoundAddress, 'host' | 'port'>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`

const headOf = ({ name, server, identity, role, readOnly }: FoundServer): string => {
  const flavour = identity?.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'
  return [
    name,
    server === null ? (identity ? 'not in the move' : null) : `in the move as ${server}`,
    identity ? `${flavour} ${identity.version}` : 'has not answered',
    identity ? roles[role] : null,
    identity ? (readOnly ? 'read-only' : 'takes writes') : null,
    identity ? `server id ${identity.serverId}` : null,
    identity?.uuid ? `uuid ${identity.uuid}` : null
  ]
    .filter((part) => part !== null)
    .join('  ')
}

const addressText = (address: FoundAddress, nameOf: (id: string) => string): string => {
  const seen = address.seenBy.map(({ by, as }) => `${nameOf(by)} as its ${as}`)
  const { state } = address
  const told = seen.length === 0 ? '' : `, named by ${seen.slice(0, 3).join(', ')}${seen.length > 3 ? ' …' : ''}`
  const place = `${address.host === '' ? 'no address' : `at ${placeOf(address)}`}${told}`
  switch (state.kind) {
    case 'answered':
      return `${place}: answered in ${Math.round(state.tookMs)} ms`
    case 'failed':
      return `${place}: ${state.failure.what}`
    case 'hidden':
      return `${place}: ${state.why}`
    default:
      return `${place}: ${state.kind === 'proposed' ? 'not asked' : 'being asked'}`
  }
}

/** A server's words may hold escape sequences for the terminal, or turn the line around. */
const printable = (line: string): string => line.slice(0, 2000).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·')
