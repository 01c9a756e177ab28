import { setTimeout as sleep } from 'node:timers/promises'
import { fail, failureOf } from '../../shared/failure'
import type { Evidence } from '../../shared/finding'
import { type Domain, databasePair, type Move, type ServerEntry, type SiteSide } from '../../shared/move'
import type { DomainState } from '../../shared/topology'
import { lookDomain } from '../dns/audit'
import type { Capabilities } from '../mysql/capabilities'
import { collationsOf, collationsStatement } from '../mysql/collations'
import { linkStatusOf } from '../mysql/replica-status'
import type { Row, Session } from '../mysql/session'
import { statementsFor } from '../mysql/statements'
import { valuesOf } from '../mysql/survey'
import { numberOf } from '../mysql/words'
import type { Reach } from '../reach/reach'
import type { Fact, PreflightFacts, ServerFacts } from './facts'
import { questionsFor } from './questions'
import { withoutParts } from './seen-in-part'

export interface GatherOptions {
  reach: Reach
  move: Move
  signal: AbortSignal
}

const deadlineMs = 30_000

/** Asks both servers everything the checks need, once, side by side, on sessions of its own. Reads only. */
export const gatherFacts = async ({ reach, move, signal }: GatherOptions): Promise<PreflightFacts> => {
  const pair = databasePair(move)
  if (!pair)
    throw fail('invalid', 'No pair of databases is chosen yet.', {
      try: ['Draw a pair from the old database server to the new one (station Topology).']
    })
  const [old, fresh, domains] = await Promise.all([
    serverFacts(reach, pair.old, 'old', signal),
    serverFacts(reach, pair.new, 'new', signal),
    domainFacts(move.domains)
  ])
  // A transaction on its way must not look like one that nobody sent: the server that follows is read first.
  await readPosition(fresh)
  await readPosition(old)
  await readHeartbeat(fresh, old)
  await readHeartbeat(old, fresh)
  await Promise.all([old.session?.close(), fresh.session?.close()])
  return { at: Date.now(), move, old: old.facts, new: fresh.facts, domains }
}

interface Asked {
  facts: ServerFacts
  session: Session | null
  capabilities: Capabilities | null
  ask: Ask
}

type Ask = <T>(statement: string, read: (rows: Row[]) => T) => Promise<Fact<T>>

const serverFacts = async (reach: Reach, entry: ServerEntry, side: SiteSide, signal: AbortSignal): Promise<Asked> => {
  const none = (statement: string): Evidence => ({
    server: entry.id,
    statement,
    answer: [],
    columns: [],
    at: Date.now()
  })
  let session: Session | null = null
  let capabilities: Capabilities | null = null
  let down: Fact<never> | null = null
  try {
    capabilities = await reach.capabilities(entry.id)
    session = await reach.openSession(entry.id, 'preflight', { signal })
    // Some tables tell times in the session's zone, others in the system's: one zone for both.
    await session.query("SET SESSION time_zone = 'SYSTEM'", [], { deadlineMs, signal })
  } catch (error) {
    down = { known: false, failure: failureOf(error), evidence: none('sign in') }
  }
  const ask: Ask = async (statement, read) => {
    if (down) return down
    const evidence = none(statement)
    try {
      if (!session) throw fail('internal', 'There is no session.')
      const { columns, rows } = await unlessEmoji(() => session.table(statement, { deadlineMs, signal }))
      evidence.columns = columns
      evidence.answer = rows.slice(0, 100).map((row) => row.map((cell) => cell ?? 'NULL'))
      evidence.at = Date.now()
      const records = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])))
      return { known: true, value: read(records), evidence }
    } catch (error) {
      return { known: false, failure: failureOf(error), evidence }
    }
  }
  const facts = await askAll(ask, entry, side, capabilities, down, none)
  return { facts, session, capabilities, ask }
}

/**
 * INNODB_TRX shows running statements and fails with error 3854 while one of them holds a four-byte character (seen on
 * MySQL 9.7). Such a statement is soon over: it is asked again.
 */
const unlessEmoji = async <T>(ask: () => Promise<T>, tries = 8): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (failureOf(error).code !== 3854 || tries <= 1) throw error
    await sleep(40)
    return unlessEmoji(ask, tries - 1)
  }
}

const askAll = async (
  ask: Ask,
  entry: ServerEntry,
  side: SiteSide,
  capabilities: Capabilities | null,
  down: Fact<never> | null,
  none: (statement: string) => Evidence
): Promise<ServerFacts> => {
  const words = capabilities ? statementsFor(capabilities) : null
  const q = questionsFor(capabilities)
  const notAsked: Fact<never> = down ?? {
    known: false,
    failure: { kind: 'internal', what: 'This was not asked.', try: [] },
    evidence: none('')
  }
  const known = <T>(value: T, statement: string): Fact<T> => ({ known: true, value, evidence: none(statement) })
  const roles = await ask(q.roles.statement, q.roles.read)
  const ownSession = await ask(q.ownSession.statement, q.ownSession.read)
  const active = ownSession.known ? ownSession.value.activeRoles : null
  // MariaDB shows the grants of an active role by itself, MySQL when it is named.
  const showGrants =
    active && capabilities?.flavour === 'mysql' ? `SHOW GRANTS FOR CURRENT_USER() USING ${active}` : 'SHOW GRANTS'
  return withoutParts({
    server: entry.id,
    name: entry.name,
    side,
    ownUser: entry.database?.user ?? '',
    capabilities: capabilities ? known(capabilities, 'sign in') : notAsked,
    variables: await ask('SHOW GLOBAL VARIABLES', valuesOf),
    status: await ask('SHOW GLOBAL STATUS', valuesOf),
    links: words ? await ask(words.showLinks(), (rows) => rows.map(linkStatusOf)) : notAsked,
    binlogFilters: words
      ? await ask(words.binlogStatus(), ([row]) => ({
          doDb: row?.Binlog_Do_DB ?? '',
          ignoreDb: row?.Binlog_Ignore_DB ?? ''
        }))
      : notAsked,
    ownSession,
    processes: await ask(q.processes.statement, q.processes.read),
    transactions: await ask(q.transactions.statement, q.transactions.read),
    preparedXa: await ask('XA RECOVER', (rows) => rows.length),
    ownGrants: await ask(showGrants, (rows) => rows.map((row) => Object.values(row)[0] ?? '')),
    rightsKnown: await ask('SHOW PRIVILEGES', (rows) => rows.map((row) => row.Privilege ?? '')),
    privileges: await ask(q.privileges.statement, q.privileges.read),
    // MySQL before 8.0 has no roles.
    roles: capabilities && !capabilities.roles ? known([], 'this server has no roles') : roles,
    accounts: await ask(q.accounts.statement, q.accounts.read),
    events: await ask(q.events.statement, q.events.read),
    tables: await ask(q.tables.statement, q.tables.read),
    keyed: await ask(q.keyed.statement, q.keyed.read),
    definers: await ask(q.definers.statement, q.definers.read),
    heldLocks: q.heldLocks
      ? await ask(q.heldLocks.statement, q.heldLocks.read)
      : known([], 'locks are seen in the process list'),
    claimHolder: words
      ? await ask(words.claimHolder(), ([row]) => (row?.holder == null ? null : numberOf(row.holder)))
      : notAsked,
    groupMembers: q.groupMembers
      ? await ask(q.groupMembers.statement, q.groupMembers.read)
      : known(0, 'this server has no group replication'),
    timeZoneTables: await ask(q.timeZoneTables.statement, q.timeZoneTables.read),
    collations: await ask(collationsStatement, collationsOf),
    clock: words ? await readClock(ask, words.clock()) : notAsked,
    position: notAsked,
    heartbeatAgeSeconds: notAsked
  })
}

/** Three readings; the quickest one counts. The wall clock: a monotonic one stands still while a laptop sleeps. */
const readClock = async (ask: Ask, statement: string): Promise<ServerFacts['clock']> => {
  let best: ServerFacts['clock'] | null = null
  for (let turn = 0; turn < 3; turn++) {
    const sent = Date.now()
    const fact = await ask(statement, ([row]) => {
      const received = Date.now()
      const nowMs = Number(BigInt(row?.now_us ?? '0')) / 1000
      return { offsetMs: nowMs - (sent + received) / 2, roundTripMs: received - sent }
    })
    if (!fact.known) return fact
    if (!best?.known || fact.value.roundTripMs < best.value.roundTripMs) best = fact
  }
  return best as ServerFacts['clock']
}

const readPosition = async ({ facts, capabilities, ask }: Asked): Promise<void> => {
  if (!capabilities) return
  facts.position = await ask(statementsFor(capabilities).position(), ([row]) => ({
    executed: (row?.executed ?? '').replace(/\s+/g, ''),
    purged: (row?.purged ?? '').replace(/\s+/g, ''),
    binlogState: (row?.binlog_state ?? '').replace(/\s+/g, ''),
    replicaPos: (row?.replica_pos ?? '').replace(/\s+/g, '')
  }))
}

/** How old the partner's heartbeat row is here, by both servers' clocks. */
const readHeartbeat = async (here: Asked, partner: Asked): Promise<void> => {
  const { capabilities } = here
  const source = partner.capabilities
  if (!capabilities || !source) return
  const clocks = [here.facts.clock, partner.facts.clock].map((clock) => (clock.known ? clock.value.offsetMs : 0))
  const [own = 0, theirs = 0] = clocks
  let ownAgeSeconds: number | null = null
  const fact = await here.ask(statementsFor(capabilities).readHeartbeat(), (rows) => {
    const ageOf = (serverId: number, clocksApartMs: number): number | null => {
      const row = rows.find((candidate) => numberOf(candidate.server_id) === serverId)
      if (!row) return null
      const ageMs = Number(BigInt(row.now_us ?? '0') - BigInt(row.at_us ?? '0')) / 1000 - clocksApartMs
      return Math.max(0, ageMs / 1000)
    }
    ownAgeSeconds = ageOf(capabilities.identity.serverId, 0)
    return ageOf(source.identity.serverId, own - theirs)
  })
  if (fact.known) here.facts.ownBeatAgeSeconds = { known: true, value: ownAgeSeconds, evidence: fact.evidence }
  // No table: the replicate runbook has not been there.
  const absent = !fact.known && (fact.failure.code === 1146 || fact.failure.code === 1049 || fact.failure.code === 1142)
  here.facts.heartbeatAgeSeconds = absent ? { known: true, value: null, evidence: fact.evidence } : fact
}

const domainFacts = async (domains: readonly Domain[]): Promise<Fact<DomainState[]>> => {
  const evidence: Evidence = { server: '', statement: 'look up the domains', answer: [], columns: [], at: Date.now() }
  try {
    const states = await Promise.all(domains.map((domain) => lookDomain(domain)))
    evidence.columns = ['name', 'asked', 'values', 'ttl']
    evidence.answer = states.flatMap(({ name, answers }) =>
      answers.map((answer) => [name, answer.resolver, answer.values.join(' '), String(answer.ttlSeconds ?? '')])
    )
    return { known: true, value: states, evidence }
  } catch (error) {
    return { known: false, failure: failureOf(error), evidence }
  }
}
