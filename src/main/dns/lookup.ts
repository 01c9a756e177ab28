import { randomInt } from 'node:crypto'
import * as packet from 'dns-packet'
import { fail } from '../../shared/failure'
import { type NameServer, overTcp, overUdp } from './exchange'

export type AskedType = 'A' | 'AAAA' | 'CNAME' | 'SOA' | 'NS'

export interface DnsRecord {
  name: string
  type: string
  ttlSeconds: number
  value: string
}

export interface DnsAnswer {
  /** NOERROR, NXDOMAIN, SERVFAIL … */
  code: string
  authoritative: boolean
  records: DnsRecord[]
  /** The zone's negative-cache time, when the answer carried its SOA. */
  negativeTtlSeconds: number | null
}

const bare = (name: string): string => name.replace(/\.$/, '').toLowerCase()

const soaOf = (answer: packet.Answer): { minimum: number; ttl: number } | null =>
  answer.type === 'SOA' ? { minimum: answer.data.minimum ?? 0, ttl: answer.ttl ?? 0 } : null

const recordsOf = (answers: packet.Answer[]): DnsRecord[] =>
  answers.flatMap((answer) => {
    if (answer.type !== 'A' && answer.type !== 'AAAA' && answer.type !== 'CNAME' && answer.type !== 'NS') return []
    return [{ name: bare(answer.name), type: answer.type, ttlSeconds: answer.ttl ?? 0, value: bare(answer.data) }]
  })

const read = (message: Buffer, server: NameServer): DnsAnswer & { truncated: boolean } => {
  try {
    const decoded = packet.decode(message)
    // dns-packet's types leave out the rcode that its decoder sets.
    const code = (decoded as packet.DecodedPacket & { rcode?: string }).rcode ?? 'NOERROR'
    const soa = [...(decoded.authorities ?? []), ...(decoded.answers ?? [])].map(soaOf).find((found) => found !== null)
    return {
      code,
      authoritative: decoded.flag_aa,
      truncated: decoded.flag_tc,
      records: recordsOf(decoded.answers ?? []),
      negativeTtlSeconds: soa ? Math.min(soa.minimum, soa.ttl) : null
    }
  } catch (error) {
    throw fail('invalid', 'The name server answered with something that is not a DNS message.', {
      where: `${server.host}:${server.port}`,
      words: error instanceof Error ? error.message : String(error),
      try: ['Check that this address is a name server.']
    })
  }
}

/** Asks one name server one question: UDP, then TCP when the answer was cut short. */
export const lookup = async (
  server: NameServer,
  name: string,
  type: AskedType,
  deadlineMs = 3000
): Promise<DnsAnswer> => {
  const query = packet.encode({
    type: 'query',
    id: randomInt(1, 65535),
    flags: packet.RECURSION_DESIRED,
    questions: [{ type, name: bare(name) }]
  })
  const { truncated, ...answer } = read(await overUdp(server, query, deadlineMs), server)
  if (!truncated) return answer
  const { truncated: _, ...whole } = read(await overTcp(server, query, deadlineMs), server)
  return whole
}
