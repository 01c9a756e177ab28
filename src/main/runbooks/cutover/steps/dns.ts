import { fail } from '../../../../shared/failure'
import type { Domain } from '../../../../shared/move'
import { dnsSecret } from '../../../../shared/secret'
import { lookDomain, ttlOf } from '../../../dns/audit'
import { sendUpdate } from '../../../dns/rfc2136'
import { changeOf, updateText } from '../../../dns/update-message'
import { propagationOf, watchDomain } from '../../../dns/watch'
import type { Step } from '../../../runbook/step'
import type { CutoverFacts, CutoverTools } from '../facts'

const wantOf = (facts: CutoverFacts, domain: Domain): string[] =>
  facts.to.site === 'new' ? domain.newValues : domain.oldValues
const idOf = (what: string, index: number) => (index === 0 ? what : `${what}-${index + 1}`)

const changeText = (facts: CutoverFacts, domain: Domain): string => {
  const change = changeOf(domain, facts.to.site)
  if (!change) return `${domain.name}: nothing to change`
  if (domain.update.kind === 'rfc2136') return updateText(domain.update.server, domain.update.port, change)
  return `Change ${domain.name} ${domain.type} from ${change.from.join(', ')} to ${change.to.join(', ')}, TTL ${domain.ttlSeconds} s.`
}

/** The record is changed: by a signed dynamic update, or by a person with the record to type shown. */
export const changeDns = (domain: Domain, index: number, tools: CutoverTools): Step<CutoverFacts> => ({
  id: idOf('dns', index),
  group: 'After, at leisure',
  title: 'Change DNS',
  why: 'New visitors reach the new web servers. Those who still come to the old ones are served too: these use the new database already.',
  server: () => (domain.update.kind === 'rfc2136' ? domain.update.server : 'by hand'),
  deadlineMs: 30_000,
  actions: ({ fixed }) => {
    const text = changeText(fixed, domain)
    return [
      domain.update.kind === 'rfc2136'
        ? { kind: 'dns', domain: domain.name, text, changes: true }
        : { kind: 'person', text }
    ]
  },
  snapshot: async () => {
    const state = await lookDomain(domain)
    return {
      ttlSeconds: ttlOf(state),
      answers: state.answers.map((answer) => ({ resolver: answer.resolver, values: answer.values }))
    }
  },
  perform: async (hands, { fixed }, actions) => {
    const change = changeOf(domain, fixed.to.site)
    const [action] = actions
    if (action?.kind === 'person') return hands.person(action.text)
    if (domain.update.kind !== 'rfc2136' || !change) return
    const { server, port, keyName, algorithm } = domain.update
    const key = keyName ? { name: keyName, algorithm, secret: await tools.reach.secret(dnsSecret(domain.name)) } : null
    await sendUpdate({ host: server, port }, change, key)
  },
  confirm: async (_hands, { fixed }) => {
    const want = wantOf(fixed, domain)
    const authoritative = domain.authoritative.length ? { ...domain, resolvers: [] } : domain
    const state = await lookDomain(authoritative)
    const { behind, agreed, total } = propagationOf(state, want, 0, 0, tools.wall())
    if (behind.length > 0) return { done: false, why: `${behind.join(', ')} still answers something else.` }
    return {
      done: true,
      evidence: `${agreed} of ${total} name servers of the zone answer ${want.join(', ')}`,
      learned: { [`dnsChangedAt${index}`]: String(tools.wall()) }
    }
  },
  undo: ({ fixed }) => {
    const change = changeOf(domain, fixed.from.site)
    if (!change) return { kind: 'nothing' }
    return {
      kind: 'actions',
      actions: [
        domain.update.kind === 'rfc2136'
          ? {
              kind: 'dns',
              domain: domain.name,
              text: updateText(domain.update.server, domain.update.port, change),
              changes: true
            }
          : { kind: 'person', text: `Change ${domain.name} back to ${change.to.join(', ')}.` }
      ]
    }
  }
})

/** Watched until every resolver agrees and the old TTL has passed. */
export const watchDns = (domain: Domain, index: number, tools: CutoverTools): Step<CutoverFacts> => ({
  id: idOf('dns-watch', index),
  group: 'After, at leisure',
  title: 'Watch DNS',
  why: 'Resolvers keep the old answer for as long as its TTL says, some for longer.',
  server: () => domain.name,
  deadlineMs: 3000,
  actions: () => [
    {
      kind: 'app',
      text: `Ask ${[...domain.authoritative.map((server) => server.host), ...domain.resolvers.map((server) => server.name)].join(', ') || 'nobody'} for ${domain.name} ${domain.type} until all agree and ${domain.ttlSeconds} s have passed.`
    }
  ],
  perform: async (hands, { fixed, learned }) => {
    const changedAt = Number(learned[`dnsChangedAt${index}`] ?? tools.wall())
    await watchDomain(domain, {
      want: wantOf(fixed, domain),
      changedAt,
      oldTtlSeconds: domain.ttlSeconds,
      deadlineMs: domain.ttlSeconds * 3000 + 60_000,
      signal: hands.signal,
      pause: hands.pause,
      onLook: (state, seen) => {
        tools.domainSeen?.(state)
        hands.progress({
          text: seen.behind.length ? `behind: ${seen.behind.join(', ')}` : `old TTL: ${seen.ttlLeftSeconds} s left`,
          done: seen.agreed,
          total: seen.total,
          unit: 'name servers',
          perSecond: null,
          etaSeconds: seen.ttlLeftSeconds
        })
      }
    })
  },
  confirm: async (_hands, { fixed, learned }) => {
    const state = await lookDomain(domain)
    tools.domainSeen?.(state)
    const seen = propagationOf(
      state,
      wantOf(fixed, domain),
      Number(learned[`dnsChangedAt${index}`] ?? 0),
      domain.ttlSeconds,
      tools.wall()
    )
    if (state.answers.length === 0)
      throw fail('not-found', `No name server is known to ask for ${domain.name}.`, {
        try: ['Add its authoritative servers or resolvers to the move.']
      })
    return seen.done
      ? { done: true, evidence: `${seen.agreed} of ${seen.total} agree, the old TTL has passed` }
      : { done: false, why: `${seen.agreed} of ${seen.total} agree, ${seen.ttlLeftSeconds} s of the old TTL are left.` }
  },
  undo: () => ({ kind: 'nothing' })
})
