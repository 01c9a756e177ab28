import { type Domain, domainSchema } from '../../../shared/move'
import { type Problems, problemsOf } from './plain-problems'
import { splitList } from './server-draft'

/** A domain as it is typed; lists are text. */
export interface DomainDraft {
  name: string
  type: Domain['type']
  oldValues: string
  newValues: string
  ttlSeconds: number | null
  authoritative: string
  resolvers: string
  update: {
    kind: 'manual' | 'rfc2136'
    server: string
    port: number | null
    zone: string
    keyName: string
    algorithm: 'hmac-sha256' | 'hmac-sha512'
  }
}

export const emptyDomainDraft: DomainDraft = {
  name: '',
  type: 'A',
  oldValues: '',
  newValues: '',
  ttlSeconds: 60,
  authoritative: '',
  resolvers: 'Cloudflare 1.1.1.1\nGoogle 8.8.8.8\nQuad9 9.9.9.9',
  update: { kind: 'manual', server: '', port: 53, zone: '', keyName: '', algorithm: 'hmac-sha256' }
}

const endpointText = ({ host, port }: { host: string; port: number }): string => {
  if (port === 53) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

export const draftOfDomain = (domain: Domain): DomainDraft => ({
  name: domain.name,
  type: domain.type,
  oldValues: domain.oldValues.join(', '),
  newValues: domain.newValues.join(', '),
  ttlSeconds: domain.ttlSeconds,
  authoritative: domain.authoritative.map(endpointText).join(', '),
  resolvers: domain.resolvers.map((resolver) => `${resolver.name} ${endpointText(resolver)}`).join('\n'),
  update:
    domain.update.kind === 'manual'
      ? emptyDomainDraft.update
      : { ...domain.update, keyName: domain.update.keyName ?? '' }
})

/** `host`, `host:port`, `[v6]:port`; a bare IPv6 address has no port. */
const endpoint = (text: string): { host: string; port?: number } => {
  const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(text)
  return match?.[1] ? { host: match[1].replace(/^\[|\]$/g, ''), port: Number(match[2]) } : { host: text }
}

/** One resolver a line, `name address`; without a name the address is its name. */
const resolverOf = (line: string) => {
  const words = line.trim().split(/\s+/)
  const address = words.pop() ?? ''
  return { name: words.join(' ') || address, ...endpoint(address) }
}

/** Problems of list items belong to the field the list is typed in. */
const gathered = (problems: Problems): Problems =>
  Object.fromEntries(
    Object.entries(problems).map(([path, words]) => {
      const list = /^(oldValues|newValues|authoritative|resolvers)\.(\d+)/.exec(path)
      return list ? [list[1], `Entry ${Number(list[2]) + 1}: ${words}`] : [path, words]
    })
  )

export const domainOfDraft = (draft: DomainDraft): { ok: true; domain: Domain } | { ok: false; problems: Problems } => {
  const { update } = draft
  const parsed = domainSchema.safeParse({
    name: draft.name.trim(),
    type: draft.type,
    oldValues: splitList(draft.oldValues),
    newValues: splitList(draft.newValues),
    ttlSeconds: draft.ttlSeconds,
    authoritative: splitList(draft.authoritative).map(endpoint),
    resolvers: draft.resolvers
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(resolverOf),
    update:
      update.kind === 'manual'
        ? { kind: 'manual' }
        : {
            kind: 'rfc2136',
            server: update.server.trim(),
            port: update.port,
            zone: update.zone.trim(),
            algorithm: update.algorithm,
            ...(update.keyName.trim() ? { keyName: update.keyName.trim() } : {})
          }
  })
  const problems = gathered(problemsOf(parsed.error))
  if (splitList(draft.oldValues).length === 0) problems.oldValues ??= 'Fill in what the name answers today.'
  if (splitList(draft.newValues).length === 0) problems.newValues ??= 'Fill in what it shall answer.'
  return parsed.success && Object.keys(problems).length === 0
    ? { ok: true, domain: parsed.data }
    : { ok: false, problems }
}
