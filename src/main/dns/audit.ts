import { failureOf } from '../../shared/failure'
import type { Domain } from '../../shared/move'
import type { DomainState } from '../../shared/topology'
import { type DnsAnswer, type DnsRecord, lookup } from './lookup'

/** What a name looks like before it is changed. */
export interface DomainAudit {
  state: DomainState
  /** The name stands behind these aliases. */
  cnames: string[]
  /** Addresses of the other family, which would stay on the old site. */
  otherFamily: string[]
  /** How long a resolver keeps a "no such name". */
  negativeTtlSeconds: number | null
  /** Largest TTL seen at an authoritative server, or at any when none answered. */
  ttlSeconds: number | null
}

export type Ask = typeof lookup

interface Asked {
  label: string
  authoritative: boolean
  host: string
  port: number
}

const serversAsked = (domain: Domain): Asked[] => [
  ...domain.authoritative.map((server) => ({ label: `${server.host}:${server.port}`, authoritative: true, ...server })),
  ...domain.resolvers.map((server) => ({
    label: server.name,
    authoritative: false,
    host: server.host,
    port: server.port
  }))
]

const ofType = (records: DnsRecord[], type: string): DnsRecord[] => records.filter((record) => record.type === type)

const answerOf = (asked: Asked, domain: Domain, answer: DnsAnswer, at: number): DomainState['answers'][number] => {
  const records = ofType(answer.records, domain.type)
  return {
    resolver: asked.label,
    authoritative: asked.authoritative,
    values: records.map((record) => record.value).sort(),
    ttlSeconds: records.length ? Math.max(...records.map((record) => record.ttlSeconds)) : null,
    at
  }
}

/** Asks every authoritative server and resolver of a domain what it answers now. A server that fails is shown as failed. */
export const lookDomain = async (
  domain: Domain,
  ask: Ask = lookup,
  deadlineMs = 3000,
  now: () => number = Date.now
): Promise<DomainState> => ({
  name: domain.name,
  answers: await Promise.all(
    serversAsked(domain).map(async (asked) => {
      try {
        return answerOf(asked, domain, await ask(asked, domain.name, domain.type, deadlineMs), now())
      } catch (error) {
        return {
          resolver: asked.label,
          authoritative: asked.authoritative,
          values: [],
          ttlSeconds: null,
          at: now(),
          failure: failureOf(error)
        }
      }
    })
  )
})

/** The largest TTL that caches may still hold: authoritative answers first. */
export const ttlOf = (state: DomainState): number | null => {
  const known = (authoritative: boolean) =>
    state.answers
      .filter((answer) => answer.authoritative === authoritative)
      .flatMap((answer) => (answer.ttlSeconds === null ? [] : [answer.ttlSeconds]))
  const from = known(true).length ? known(true) : known(false)
  return from.length ? Math.max(...from) : null
}

/** Days before the change: values, TTL, aliases, the other address family and the negative-cache time. */
export const auditDomain = async (domain: Domain, ask: Ask = lookup, deadlineMs = 3000): Promise<DomainAudit> => {
  const state = await lookDomain(domain, ask, deadlineMs)
  const first = serversAsked(domain)[0]
  const quiet = async (type: 'A' | 'AAAA' | 'CNAME' | 'SOA', name: string): Promise<DnsAnswer | null> =>
    first ? ask(first, name, type, deadlineMs).catch(() => null) : null
  const other = domain.type === 'AAAA' ? 'A' : 'AAAA'
  const [alias, family, soa] = await Promise.all([
    quiet('CNAME', domain.name),
    domain.type === 'CNAME' ? null : quiet(other, domain.name),
    quiet('SOA', domain.update.kind === 'rfc2136' ? domain.update.zone : domain.name)
  ])
  return {
    state,
    cnames: domain.type === 'CNAME' ? [] : ofType(alias?.records ?? [], 'CNAME').map((record) => record.value),
    otherFamily: ofType(family?.records ?? [], other).map((record) => record.value),
    negativeTtlSeconds: soa?.negativeTtlSeconds ?? family?.negativeTtlSeconds ?? null,
    ttlSeconds: ttlOf(state)
  }
}
