import type { Failure } from '../../../shared/failure'
import type { Capabilities } from '../../mysql/capabilities'
import type { Session } from '../../mysql/session'
import { seedStatementsFor } from '../../mysql/statements-seed'
import { isOn, numberOf } from '../../mysql/words'
import type { SshHost } from '../../ssh/ssh-host'
import { limitsSaid, readLimits } from '../limits-said'
import { absolutePath, lookAt } from '../link/gather-link-facts'
import { reachableAt } from '../link/link-facts'
import { bridgeOf, type PairEnd, type Prepare, pairOf } from '../link/pair'
import { bridgeEyes } from '../link/see-through'
import { shellRun } from '../link/shell'
import type { Account, DumpTools, SchemaSize, SeedFacts } from './seed-facts'

const ownSchemas = ['information_schema', 'performance_schema', 'mysql', 'sys', 'ndbinfo', 'siteswap', 'lost+found']

/** Reads what the seed is made from, on both servers and on the new host. */
export const gatherSeedFacts = async ({ reach, move }: Prepare): Promise<SeedFacts> => {
  const pair = pairOf(move)
  const bridge = bridgeOf(move)
  const [oldCan, newCan, oldSession, newHost] = await Promise.all([
    reach.capabilities(pair.old.id),
    reach.capabilities(pair.new.id),
    reach.session(pair.old.id, 'operate'),
    reach.ssh(pair.new.id)
  ])
  const home = await lookAt(newHost, 'printf %s "$HOME"', 'The home folder of the account could not be read.')
  const found = await findTools(newHost, newCan)
  const schemas = await schemasOf(oldSession, move.schemas)
  const blockers: Failure[] = []
  if (oldCan.flavour !== newCan.flavour)
    blockers.push({
      kind: 'invalid',
      what: `${pair.old.name} and ${pair.new.name} are not of the same flavour.`,
      why: `One is ${oldCan.identity.version}, the other ${newCan.identity.version}.`,
      try: ['Install the old server’s flavour on the new host.']
    })
  if (oldCan.identity.key === newCan.identity.key)
    blockers.push({
      kind: 'identity',
      what: 'Both ends of the pair are the same server.',
      try: ['On Sites, check the addresses of both database servers.']
    })
  if (oldCan.gtid === 'off' || (oldCan.flavour === 'mysql' && newCan.gtid === 'off'))
    blockers.push({
      kind: 'invalid',
      what: 'GTIDs are off, so the position of the copy cannot be kept safely.',
      where: oldCan.gtid === 'off' ? pair.old.name : pair.new.name,
      try: ['Turn gtid_mode and enforce_gtid_consistency on, on both servers.']
    })
  if (!found.tools) blockers.push(toolsMissing(pair.new, newCan))
  if (schemas.length === 0)
    blockers.push({
      kind: 'not-found',
      what: `${pair.old.name} has no schema to copy.`,
      try: ['On Sites, check the list of schemas of this move and the rights of the account.']
    })
  const limits = [
    limitsSaid(pair.old.name, await readLimits(reach, pair.old.id)),
    limitsSaid(pair.new.name, await readLimits(reach, pair.new.id))
  ]
  blockers.push(...limits.flatMap((said) => said.blockers))
  const through = await bridgeEyes(reach, { ...pair, bridge }).oldFromNewHost(0)
  if (!through.ok)
    blockers.push({
      kind: 'unreachable',
      what: 'The bridge does not carry yet.',
      why: through.text,
      try: ['Build the bridge first, or restart it.']
    })
  return {
    moveId: move.id,
    ...pair,
    oldAt: reachableAt(bridge.oldAt),
    directory: absolutePath(bridge.directory, home),
    oldCan,
    newCan,
    tools: found.tools ?? { dump: 'mysqldump', client: 'mysql', initCommand: false, countBytes: false, setsid: null },
    schemas,
    accounts: await accountsOf(oldSession, oldCan, [pair.old.database.user, pair.new.database.user]),
    events: await enabledEvents(oldSession, schemas),
    scheduler: {
      oldOn: isOn(await schedulerOf(oldSession)),
      newSwitches: (await schedulerOf(await reach.session(pair.new.id, 'operate'))) !== 'DISABLED'
    },
    blockers,
    warnings: [
      ...limits.flatMap((said) => said.warnings),
      // MariaDB's dump takes no global lock: one transaction sees all tables and their position.
      ...(oldCan.flavour === 'mysql'
        ? [
            'At its start the dump takes a short global read lock on the old server, to read one position for all tables. It waits 10 s at most.'
          ]
        : [])
    ]
  }
}

const toolsMissing = (end: PairEnd, can: Capabilities): Failure => {
  const names = can.flavour === 'mariadb' ? 'mariadb-dump and mariadb' : 'mysqldump and mysql'
  return {
    kind: 'not-found',
    what: `${end.name} has no ${names} of its own flavour.`,
    where: end.name,
    try: [`Install the ${can.flavour === 'mariadb' ? 'mariadb-client' : 'mysql-client'} package on the new host.`]
  }
}

/** The server's own programs: on the PATH or beside the server; MySQL's and MariaDB's dumps are not exchanged. */
const findTools = async (host: SshHost, can: Capabilities): Promise<{ tools: DumpTools | null }> => {
  const mariadb = can.flavour === 'mariadb'
  const names = (kinds: string) => `for p in ${kinds}; do q=$(command -v "$p" 2>/dev/null) || continue;`
  const wanted = mariadb ? 'grep -qi mariadb' : '{ ! grep -qi mariadb; }'
  const script = `PATH=$PATH:/usr/local/bin:/usr/local/mysql/bin:/opt/mysql/bin:/opt/mariadb/bin
${names(mariadb ? 'mariadb-dump mysqldump' : 'mysqldump')} "$q" --version 2>/dev/null | ${wanted} && "$q" --version >/dev/null 2>&1 && { echo "dump $q"; "$q" --help 2>/dev/null | grep -q -- --init-command= && echo init; break; }; done
${names(mariadb ? 'mariadb mysql' : 'mysql')} "$q" --version 2>/dev/null | ${wanted} && "$q" --version >/dev/null 2>&1 && { echo "client $q"; break; }; done
dd if=/dev/null of=/dev/null status=progress 2>/dev/null && echo bytes
q=$(command -v setsid) && echo "setsid $q"
exit 0`
  const lines = (await host.exec(shellRun(script), { deadlineMs: 15_000 })).stdout.split('\n')
  const path = (kind: string) => lines.find((line) => line.startsWith(`${kind} /`))?.slice(kind.length + 1) ?? null
  const [dump, client] = [path('dump'), path('client')]
  if (!dump || !client) return { tools: null }
  return {
    tools: {
      dump,
      client,
      initCommand: lines.includes('init'),
      countBytes: lines.includes('bytes'),
      setsid: path('setsid')
    }
  }
}

const schemasOf = async (session: Session, wanted: readonly string[]): Promise<SchemaSize[]> => {
  const rows = await session.query(
    `SELECT s.SCHEMA_NAME AS name, COUNT(t.TABLE_NAME) AS tables, COALESCE(SUM(t.DATA_LENGTH), 0) AS bytes
     FROM information_schema.SCHEMATA s LEFT JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = s.SCHEMA_NAME
     GROUP BY s.SCHEMA_NAME ORDER BY s.SCHEMA_NAME`
  )
  return rows
    .map((row) => ({ name: row.name ?? '', tables: numberOf(row.tables), bytes: numberOf(row.bytes) }))
    .filter(({ name }) => {
      // Siteswap's own schema goes along when it is there: its rows are in the binary log after the copy
      if (name === 'siteswap') return true
      return wanted.length ? wanted.includes(name) : !ownSchemas.includes(name.toLowerCase())
    })
}

/** All accounts but the server's own, root, Siteswap's and those that this move signs in with. */
const accountsOf = async (session: Session, can: Capabilities, operators: string[]): Promise<Account[]> => {
  const rows = await session.query(seedStatementsFor(can).listAccounts())
  return rows
    .map((row) => ({ user: row.user ?? '', host: row.host ?? '', role: row.is_role === 'Y' }))
    .filter(({ user }) => user !== '' && !isSystemAccount(user) && !operators.includes(user))
}

export const isSystemAccount = (user: string): boolean =>
  /^(root|mysql|mariadb\.sys|mysql\.(sys|session|infoschema)|debian-sys-maint|rdsadmin|siteswap_(repl|canary))$/.test(
    user
  )

const enabledEvents = async (session: Session, schemas: SchemaSize[]) => {
  const rows = await session.query(
    "SELECT EVENT_SCHEMA AS event_schema, EVENT_NAME AS name, DEFINER AS definer FROM information_schema.EVENTS WHERE STATUS = 'ENABLED' ORDER BY 1, 2"
  )
  return rows
    .map((row) => ({ schema: row.event_schema ?? '', name: row.name ?? '', definer: row.definer ?? '' }))
    .filter((event) => schemas.some(({ name }) => name === event.schema))
}

const schedulerOf = async (session: Session): Promise<string> =>
  (await session.query('SELECT @@global.event_scheduler AS scheduler'))[0]?.scheduler ?? 'OFF'
