import { comparedAt, type DriftState, driftVerdict, tablesAmong } from '../../../shared/drift'
import { openStops, type PreflightState } from '../../../shared/finding'
import type { Domain, Thresholds } from '../../../shared/move'
import type { Gate } from '../../../shared/runbook'
import type { LinkStatus } from '../../../shared/server'
import type { DomainState } from '../../../shared/topology'
import { type CanarySignIn, canaryAccount } from '../../canary/sign-in'
import { gateTodo } from './gate-words'

/** What the gates are judged from; times are epoch ms, `null` = not known. */
export interface GateFacts {
  kind: 'cutover' | 'reverse' | 'rehearsal'
  /** The server that is left, and the one that takes over. */
  names: { from: string; to: string }
  /** Where hosts of the site that is left find the other database through the bridge; null: there is no bridge. */
  across: { host: string; port: number; loopback: boolean } | null
  now: number
  thresholds: Thresholds
  preflight: PreflightState
  drift: DriftState
  lagSeconds: { value: number | null; at: number } | null
  links: { name: string; status: LinkStatus | null; at: number }[]
  longestStatementSeconds: { value: number; at: number }
  longestTransactionSeconds: { value: number; at: number }
  preparedXa: { value: number; at: number }
  /** Accounts of applications that may write past the seal. */
  bypassing: { accounts: string[]; at: number }
  redirects: { name: string; points: 'old' | 'new' | null; problem: string | null }[]
  /** Web servers of the site that is left which nobody redirects: their orders fail until DNS has moved their visitors. */
  unredirected: string[]
  redirectsAt: number
  /** Application hosts on which nothing can ask a database: they cannot redirect themselves. */
  unarmed: string[]
  /** How the databases answer the canary account, with which hosts redirect themselves; null: no host could ask. */
  canary: CanarySignIn | null
  domains: { domain: Domain; state: DomainState | null }[]
  rehearsal: { pauseMs: number | null; at: number } | null
  /** The server that is to be sealed takes writes, the other one is read-only. */
  roles: { from: boolean; to: boolean; at: number }
}

type Judged = Pick<Gate, 'state' | 'seen' | 'at'>

const seconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`

const preflightGate = ({ preflight }: GateFacts): Judged => {
  if (preflight.kind !== 'done')
    return {
      state: preflight.kind === 'running' ? 'unknown' : 'stop',
      seen: preflight.kind === 'running' ? 'running' : 'never run',
      at: null
    }
  const stops = openStops(preflight.result.findings)
  const waived = preflight.result.findings.filter((finding) => finding.waiver).length
  return {
    state: stops.length ? 'stop' : 'ok',
    seen: `${stops.length} stops${waived ? `, ${waived} waived` : ''}`,
    at: preflight.result.at
  }
}

const driftGate = ({ drift, thresholds, now }: GateFacts): Judged => {
  if (drift.kind !== 'done')
    return {
      state: drift.kind === 'running' ? 'unknown' : 'stop',
      seen: drift.kind === 'running' ? 'running' : drift.kind === 'failed' ? 'failed' : 'never compared',
      at: null
    }
  const verdict = driftVerdict(drift)
  if (verdict !== 'equal')
    return { state: 'stop', seen: verdict === 'differs' ? 'tables differ' : 'inconclusive', at: drift.at }
  const at = comparedAt(drift)
  const minutes = Math.max(0, Math.floor((now - at) / 60_000))
  const tables = tablesAmong(drift.tables)
  const same = tables.filter(({ verdict }) => verdict.kind === 'same').length
  const left = same < tables.length ? `, ${tables.length - same} left out,` : ''
  const equal = `${same} ${same === 1 ? 'table' : 'tables'} equal${left} ${minutes} min ago`
  if (now - at > thresholds.driftMaxAgeMinutes * 60_000)
    return { state: 'stop', seen: `${equal}, older than ${thresholds.driftMaxAgeMinutes} min`, at }
  return drift.certificate
    ? { state: 'ok', seen: `${equal}, certified`, at }
    : { state: 'warn', seen: `${equal}, not certified`, at }
}

const lagGate = ({ lagSeconds, thresholds }: GateFacts): Judged => {
  if (!lagSeconds || lagSeconds.value === null)
    return { state: 'unknown', seen: 'not known', at: lagSeconds?.at ?? null }
  return {
    state: lagSeconds.value <= thresholds.lagLimitSeconds ? 'ok' : 'stop',
    seen: `${lagSeconds.value.toFixed(2)} s`,
    at: lagSeconds.at
  }
}

const linksGate = ({ links }: GateFacts): Judged => {
  const broken = links.flatMap(({ name, status }) => {
    if (!status) return [`${name}: no link`]
    const error = status.applierError ?? status.receiverError
    if (error) return [`${name}: ${error.code}`]
    return status.receiver === 'running' && status.applier === 'running'
      ? []
      : [`${name}: ${status.receiver}, ${status.applier}`]
  })
  const at = links[0]?.at ?? null
  return broken.length ? { state: 'stop', seen: broken.join('; '), at } : { state: 'ok', seen: 'no error', at }
}

const below = (longest: { value: number; at: number }, limit: number): Judged => ({
  state: longest.value < limit ? 'ok' : 'stop',
  seen: longest.value === 0 ? 'none' : `longest ${seconds(longest.value)}`,
  at: longest.at
})

const redirectGate = ({ redirects, redirectsAt, unredirected }: GateFacts): Judged => {
  if (redirects.length === 0) return { state: 'warn', seen: 'no host is redirected', at: redirectsAt }
  const wrong = redirects.filter((host) => host.problem !== null || host.points === null)
  const first = wrong[0]
  if (!first && unredirected.length)
    return { state: 'warn', seen: `${unredirected.join(', ')}: nobody redirects them`, at: redirectsAt }
  return first
    ? { state: 'stop', seen: `${first.name}: ${first.problem ?? 'text not found'}`, at: redirectsAt }
    : { state: 'ok', seen: `${redirects.length} of ${redirects.length} hosts`, at: redirectsAt }
}

const armedGate = ({ redirects, redirectsAt, unarmed, canary }: GateFacts): Judged => {
  if (canary?.kind === 'refused') return { state: 'warn', seen: `${canaryAccount} is refused`, at: canary.at }
  if (unarmed.length) return { state: 'warn', seen: `not ${unarmed.join(', ')}`, at: redirectsAt }
  if (canary?.kind === 'unknown')
    return { state: 'unknown', seen: `${canaryAccount} could not be tried`, at: canary.at }
  return { state: 'ok', seen: redirects.length ? 'every host can' : 'no host is redirected', at: redirectsAt }
}

const dnsGate = ({ domains }: GateFacts): Judged => {
  if (domains.length === 0) return { state: 'warn', seen: 'no domain in the move', at: null }
  const answers = domains.flatMap(({ domain, state }) => (state?.answers ?? []).map((answer) => ({ domain, answer })))
  const at = answers.length ? Math.min(...answers.map(({ answer }) => answer.at)) : null
  if (answers.length === 0) return { state: 'unknown', seen: 'not asked', at }
  const failed = answers.filter(({ answer }) => answer.failure)
  const long = answers.filter(
    ({ domain, answer }) => answer.authoritative && (answer.ttlSeconds ?? 0) > Math.max(300, domain.ttlSeconds * 2)
  )
  const ttl = Math.max(0, ...answers.map(({ answer }) => answer.ttlSeconds ?? 0))
  if (long.length) return { state: 'warn', seen: `TTL ${ttl} s`, at }
  return {
    state: failed.length ? 'warn' : 'ok',
    seen: `${ttl} s, ${answers.length - failed.length} of ${answers.length} answer`,
    at
  }
}

const rehearsalGate = ({ rehearsal, thresholds }: GateFacts): Judged => {
  if (!rehearsal) return { state: 'warn', seen: 'not yet', at: null }
  if (rehearsal.pauseMs === null) return { state: 'warn', seen: 'did not complete', at: rehearsal.at }
  return {
    state: rehearsal.pauseMs <= thresholds.pauseBudgetMs ? 'ok' : 'stop',
    seen: `${Math.round(rehearsal.pauseMs)} ms of ${thresholds.pauseBudgetMs / 1000} s`,
    at: rehearsal.at
  }
}

const bypassGate = ({ bypassing }: GateFacts): Judged => ({
  state: bypassing.accounts.length ? 'warn' : 'ok',
  seen: bypassing.accounts.length ? bypassing.accounts.slice(0, 3).join(', ') : '0 accounts',
  at: bypassing.at
})

const rolesGate = ({ roles }: GateFacts): Judged => ({
  state: roles.from && roles.to ? 'ok' : 'stop',
  seen: roles.from
    ? roles.to
      ? 'one takes writes, one is read-only'
      : 'both take writes'
    : 'the active server is read-only',
  at: roles.at
})

/** Every gate of the switch, in the order they are shown, each with what to do about it. Pure: facts in, gates out. */
export const gatesOf = (facts: GateFacts): Gate[] =>
  judgedGates(facts).map((gate) => {
    const todo = gateTodo(gate, facts)
    return todo === null ? gate : { ...gate, todo }
  })

const judgedGates = (facts: GateFacts): Gate[] => [
  { id: 'preflight', title: 'Preflight', ...preflightGate(facts) },
  { id: 'drift', title: 'Drift', ...driftGate(facts) },
  { id: 'roles', title: 'Roles', ...rolesGate(facts) },
  { id: 'lag', title: `Lag below ${facts.thresholds.lagLimitSeconds} s`, ...lagGate(facts) },
  { id: 'links', title: 'Both links running', ...linksGate(facts) },
  {
    id: 'statement',
    title: 'No long statement',
    ...below(facts.longestStatementSeconds, facts.thresholds.leaseSeconds)
  },
  {
    id: 'transaction',
    title: 'No long transaction',
    ...below(facts.longestTransactionSeconds, facts.thresholds.longTransactionSeconds)
  },
  {
    id: 'xa',
    title: 'No prepared XA',
    state: facts.preparedXa.value ? 'stop' : 'ok',
    seen: facts.preparedXa.value ? `${facts.preparedXa.value} prepared` : 'none',
    at: facts.preparedXa.at
  },
  { id: 'bypass', title: 'Nobody writes past the seal', ...bypassGate(facts) },
  { id: 'redirect', title: 'Redirect found', ...redirectGate(facts) },
  { id: 'armed', title: 'Hosts can redirect themselves', ...armedGate(facts) },
  { id: 'dns', title: 'DNS TTL', ...dnsGate(facts) },
  // A rehearsal is what this gate asks for.
  ...(facts.kind === 'rehearsal'
    ? []
    : [{ id: 'rehearsal', title: 'Rehearsed within the budget', ...rehearsalGate(facts) }])
]
