interface DomainPosition {
  domain: string
  server: number
  sequence: bigint
}

const parse = (position: string): DomainPosition[] =>
  position
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const match = /^(\d+)-(\d+)-(\d+)$/.exec(part)
      return match ? [{ domain: match[1] ?? '', server: Number(match[2]), sequence: BigInt(match[3] ?? '0') }] : []
    })

/**
 * The part of a MariaDB position that a replica does not hold yet, as a position to wait for; '' when it holds all.
 * MASTER_GTID_WAIT only knows what came through replication, so domains the replica wrote by itself must not be waited for.
 */
export const outstanding = (wanted: string, held: string[], replicaServerId: number): string => {
  const have = new Map<string, bigint>()
  for (const { domain, sequence } of held.flatMap(parse))
    if (sequence > (have.get(domain) ?? -1n)) have.set(domain, sequence)
  return parse(wanted)
    .filter((part) => part.server !== replicaServerId && part.sequence > (have.get(part.domain) ?? -1n))
    .map((part) => `${part.domain}-${part.server}-${part.sequence}`)
    .join(',')
}
