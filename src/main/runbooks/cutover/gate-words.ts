import type { Gate } from '../../../shared/runbook'
import { canaryAccount } from '../../canary/sign-in'
import type { GateFacts } from './gates'

const list = (names: readonly string[]): string => names.join(', ')

/** Where web servers of the site that is left find the other database: through the bridge. */
const bridgeWords = ({ unredirected, names, across }: GateFacts): string => {
  const many = unredirected.length > 1
  const text = across
    ? ` The text that leads to ${names.to} names ${across.host}:${across.port}, the bridge’s end there${across.loopback ? '; now it listens for that host alone: on Sites give the bridge an address the web servers reach, and build it again' : ''}.`
    : ''
  return `On Sites give ${list(unredirected)} a redirect: until DNS has moved ${many ? 'their' : 'its'} visitors, orders there fail after the switch.${text}`
}

const redirectWords = (facts: GateFacts): string => {
  const wrong = facts.redirects.filter((host) => host.problem !== null || host.points === null)
  if (wrong.length)
    return `On Sites correct the redirect of ${list(wrong.map((host) => host.name))}: every text must stand exactly once in its file.`
  if (facts.unredirected.length) return bridgeWords(facts)
  return 'On Sites say how each application host is told its new database: by a file, or by hand.'
}

const dnsWords = ({ domains }: GateFacts): string => {
  if (domains.length === 0)
    return 'If visitors find the site by a name, add it on Sites: then it is changed and watched here.'
  const silent = domains.flatMap(({ state }) =>
    (state?.answers ?? []).filter((answer) => answer.failure).map((answer) => answer.resolver)
  )
  return silent.length
    ? `${list(silent)} did not answer: correct the address on Sites, or go on without it.`
    : `Lower the TTL of ${list(domains.map(({ domain }) => domain.name))} at its zone now, and go when the old TTL has passed: visitors move that much faster.`
}

const preflightWords = ({ preflight }: GateFacts): string =>
  preflight.kind === 'running'
    ? 'Wait for Preflight to end.'
    : preflight.kind === 'done'
      ? 'On Preflight apply the remedy of each stop, or waive it with a reason, and check again.'
      : 'Run Preflight.'

const driftWords = ({ drift, thresholds, now }: GateFacts, { seen, state }: Pick<Gate, 'seen' | 'state'>): string => {
  if (drift.kind === 'running') return 'Wait for the comparison on Drift to end.'
  if (seen === 'tables differ') return 'On Drift repair the rows that differ, and compare again.'
  if (seen === 'inconclusive') return 'On Drift see which tables could not be judged and why, and compare them again.'
  if (state === 'warn')
    return 'On Drift certify the comparison: both sides are then read at one position, and equal is a fact, not the sum of many looks.'
  const limitMs = thresholds.driftMaxAgeMinutes * 60_000
  if (drift.kind === 'done' && now - drift.at <= limitMs)
    return `The comparison took longer than the ${thresholds.driftMaxAgeMinutes} minutes its oldest verdict counts for: raise the limit on Sites, Limits, and compare again.`
  return `Compare the data on Drift: the verdict counts for ${thresholds.driftMaxAgeMinutes} minutes.`
}

const linkWords = ({ links }: GateFacts): string => {
  const broken = links.filter(({ status }) => status?.receiver !== 'running' || status.applier !== 'running')
  const missing = broken.filter(({ status }) => !status)
  if (missing.length) return `On Replicate make ${list(missing.map(({ name }) => name))} follow the other server.`
  return `On Replicate read what the link of ${list(broken.map(({ name }) => name)) || 'either server'} says, mend it and start it again; after an applier error compare the data too.`
}

const unlessArmed = 'If this computer dies right after the throw, orders'

const armedWords = ({ canary, unarmed, kind }: GateFacts): string => {
  if (canary?.kind === 'refused')
    return `The servers refuse the password of ${canaryAccount} that is known here; without a keychain it is forgotten when the app is closed. With it every host redirects itself and canary orders are sent: step “Canary account” of this ${kind === 'rehearsal' ? 'rehearsal' : 'switch'} gives the account a new one.`
  if (unarmed.length)
    return `${unlessArmed} from ${list(unarmed)} fail until Siteswap is opened again. A client of the database there (mariadb or mysql) prevents it.`
  return `See why ${canary?.host ?? 'the host'} could not ask as ${canaryAccount}: ${canary?.kind === 'unknown' ? canary.why : ''} ${unlessArmed} fail until Siteswap is opened again, unless the hosts can ask by then.`
}

/** What to do about a gate that is not open, in one sentence; null: nothing. Pure. */
export const gateTodo = (gate: Pick<Gate, 'id' | 'state' | 'seen'>, facts: GateFacts): string | null => {
  if (gate.state === 'ok') return null
  const { from, to } = facts.names
  switch (gate.id) {
    case 'preflight':
      return preflightWords(facts)
    case 'drift':
      return driftWords(facts, gate)
    case 'roles':
      return facts.roles.from
        ? `Make ${to} read-only first: Preflight has the statement under “The passive server is read-only”.`
        : `${from} should take writes and does not: see on Topology which server does, and whether an earlier run is still open.`
    case 'lag':
      return gate.state === 'unknown'
        ? 'Wait for the first heartbeat to arrive; if none does, look at the links on Replicate.'
        : `Wait until ${to} has caught up; if the lag stays, see on Replicate what its applier does.`
    case 'links':
      return linkWords(facts)
    case 'statement':
      return `Wait for the statement to end, or end it on ${from}: SHOW FULL PROCESSLIST names it. Writes would wait behind it.`
    case 'transaction':
      return `Wait for the transaction to end, or end its session on ${from}: it would be cut off in the switch.`
    case 'xa':
      return `Commit or roll back what XA RECOVER lists on ${from}: it would pass through the seal.`
    case 'bypass':
      return `Take SUPER and READ ONLY ADMIN from these accounts, or make sure that they write nothing on ${from} during the switch.`
    case 'redirect':
      return redirectWords(facts)
    case 'armed':
      return armedWords(facts)
    case 'dns':
      return dnsWords(facts)
    case 'rehearsal':
      return gate.state === 'stop'
        ? 'Rehearse again at a quieter time, or raise the pause budget on Sites, Limits.'
        : 'Rehearse: the pause to expect is then measured, not guessed.'
    default:
      return null
  }
}
