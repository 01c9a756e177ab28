import { randomUUID } from 'node:crypto'
import type { DriftState } from '../../../shared/drift'
import { type Failure, fail } from '../../../shared/failure'
import type { PreflightState } from '../../../shared/finding'
import type { Gate, Run } from '../../../shared/runbook'
import type { Topology } from '../../../shared/topology'
import type { CanarySignIn } from '../../canary/sign-in'
import { lookDomain } from '../../dns/audit'
import { linkStatusOf } from '../../mysql/replica-status'
import type { Row } from '../../mysql/session'
import type { Statements } from '../../mysql/statements'
import { acrossFrom } from '../../redirect/database-address'
import type { Reaching } from '../../runbook/run'
import type { Runbook } from '../../runbook/step'
import { type CutoverFacts, type CutoverSide, type CutoverTools, sessionNames } from './facts'
import { gatesOf } from './gates'
import { gatherCutoverFacts } from './gather-cutover-facts'
import { makeCutoverRunbook, makeRehearsalRunbook } from './make-cutover-runbook'
import { canaryAccountStepId, canarySignInFrom } from './steps/canary-account'
import { preparedXa } from './words'

export interface PrepareCutover extends CutoverTools {
  kind: CutoverFacts['kind']
  operator: string
  reaching: Reaching
  /** The interrupted run it is made for: it goes on as it was begun, and no gate is asked. */
  resumed?: Run | null
  preflight(): PreflightState
  drift(): DriftState
  topology(): Topology | null
  runs(): Run[]
}

export interface PreparedCutover {
  runbook: Runbook<CutoverFacts>
  gates: Gate[]
  blockers: Failure[]
  warnings: string[]
}

const longestStatement = (say: Statements): string =>
  `SELECT COALESCE(MAX(TIME), 0) AS longest FROM ${say.processTable} WHERE COMMAND IN ('Query', 'Execute') AND USER NOT IN ('system user', 'event_scheduler') AND USER NOT LIKE 'siteswap%' AND ID <> CONNECTION_ID()`
const strongAccounts =
  "SELECT DISTINCT REPLACE(GRANTEE, '''', '') AS account FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE IN ('READ_ONLY ADMIN', 'READ ONLY ADMIN', 'SUPER', 'CONNECTION_ADMIN') AND GRANTEE NOT LIKE '''root''@%' AND GRANTEE NOT LIKE '''mysql.%' AND GRANTEE NOT LIKE '''mariadb.sys''%' AND GRANTEE NOT LIKE '''siteswap%'"

const readGates = async (
  options: PrepareCutover,
  facts: CutoverFacts,
  canary: CanarySignIn | null
): Promise<Gate[]> => {
  const { reach, wall } = options
  const { from, to, move } = facts
  const read = async (side: CutoverSide, statement: string): Promise<Row[]> =>
    (await reach.session(side.id, sessionNames.watch)).query(statement, [], { deadlineMs: 10_000 })
  const own = move[from.site].servers.find((server) => server.id === from.id)?.database?.user
  const link = async (side: CutoverSide) =>
    (await read(side, side.say.showLinks()))
      .map(linkStatusOf)
      .find((status) => status.channel === side.link?.channel) ?? null
  const [statement, transaction, xa, strong, toFrom, fromTo, fromState, toState, domains] = await Promise.all([
    read(from, longestStatement(from.say)),
    read(from, from.say.openTransactions()),
    read(from, preparedXa).catch(() => []),
    read(from, strongAccounts),
    link(to),
    link(from),
    read(from, from.say.showReadOnly()),
    read(to, to.say.showReadOnly()),
    Promise.all(move.domains.map(async (domain) => ({ domain, state: await lookDomain(domain, undefined, 2000) })))
  ])
  const at = wall()
  const topology = options.topology()
  const known = topology?.links.find((one) => one.source === from.id && one.replica === to.id)
  const rehearsals = options.runs().filter((run) => run.kind === 'rehearsal' && run.endedAt !== null)
  const last = rehearsals.at(-1)
  const superReadOnly = from.capabilities.superReadOnly
  return gatesOf({
    kind: options.kind,
    names: { from: from.name, to: to.name },
    across: acrossFrom(move, from.site),
    now: at,
    thresholds: move.thresholds,
    preflight: options.preflight(),
    drift: options.drift(),
    lagSeconds: known ? { value: known.lagSeconds, at: known.at } : null,
    links: [
      { name: to.name, status: toFrom, at },
      { name: from.name, status: fromTo, at }
    ],
    longestStatementSeconds: { value: Number(statement[0]?.longest ?? 0), at },
    longestTransactionSeconds: { value: Math.max(0, ...transaction.map((row) => Number(row.seconds))), at },
    preparedXa: { value: xa.length, at },
    bypassing: {
      accounts: superReadOnly
        ? []
        : strong.map((row) => row.account ?? '').filter((account) => !own || !account.startsWith(`${own}@`)),
      at
    },
    redirects: facts.files.map((host) => ({
      name: host.server.name,
      points: host.points,
      problem: host.failure?.what ?? null
    })),
    unarmed: facts.files.filter((host) => host.points === from.site && !host.canAsk).map((host) => host.server.name),
    canary,
    unredirected: move[from.site].servers
      .filter((server) => server.kind === 'web' && server.redirect.kind === 'none')
      .map((server) => server.name),
    redirectsAt: at,
    domains,
    rehearsal: last ? { pauseMs: last.state.kind === 'done' ? last.pause.holdMs : null, at: last.endedAt ?? at } : null,
    roles: { from: fromState[0]?.read_only === '0', to: toState[0]?.read_only === '1', at }
  })
}

/** Gathers the facts now and makes the runbook with its gates; for a rehearsal only the gates that protect the living site stop it. */
export const prepareCutover = async (options: PrepareCutover): Promise<PreparedCutover> => {
  const facts = await gatherCutoverFacts({
    reach: options.reach,
    kind: options.kind,
    operator: options.operator,
    epoch: options.runs().length + 1,
    tag: randomUUID().replaceAll('-', '').slice(0, 12),
    from: null
  })
  const { resumed } = options
  const canary = resumed ? null : await canarySignInFrom(options, facts)
  const gates = resumed ? [] : await readGates(options, facts, canary)
  const guarding =
    options.kind === 'rehearsal'
      ? new Set(['roles', 'links', 'statement'])
      : options.kind === 'reverse'
        ? new Set(['roles', 'lag', 'links', 'statement', 'transaction', 'xa', 'redirect'])
        : null
  const blockers = gates
    .filter((gate) => gate.state === 'stop' && (guarding === null || guarding.has(gate.id)))
    .map(
      (gate) =>
        fail('conflict', `${gate.title}: ${gate.seen}.`, {
          where: gate.id,
          try: [gate.todo ?? 'Look at the gates again.']
        }).failure
    )
  // A rehearsal lets go again: only what could lengthen its pause is worth a word.
  const concerned = options.kind === 'rehearsal' ? new Set(['roles', 'lag', 'links', 'statement', 'transaction']) : null
  const warnings = gates
    .filter((gate) => gate.state === 'warn' || gate.state === 'unknown')
    .filter((gate) => concerned === null || concerned.has(gate.id))
    .map((gate) => [`${gate.title}: ${gate.seen}.`, gate.todo].filter(Boolean).join(' '))
  const make = options.kind === 'rehearsal' ? makeRehearsalRunbook : makeCutoverRunbook
  const renewCanary = resumed ? resumed.steps.some(({ id }) => id === canaryAccountStepId) : canary?.kind === 'refused'
  return { runbook: make(facts, { ...options, renewCanary }), gates, blockers, warnings }
}
