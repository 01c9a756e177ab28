import { quoteAccount } from './identifiers'
import { splitAccount } from './words'

/** `look`: the stations that only ask; `run`: bridge, links, cutover and their undo; `copy`: the seeding alone. */
type Purpose = 'look' | 'run' | 'copy'

/** One need; the first name that the server knows is the one to hold. A wider old one does not count: MariaDB 10.11 took the small ones out of SUPER. */
type Need = readonly string[]

const each = (...names: string[]): Need[] => names.map((name) => [name])

/**
 * All rights that the account needs, for the doctor and for the preflight. No version is compared: a name that the server
 * does not list in SHOW PRIVILEGES is not asked for. That is how one list serves MySQL 5.6, where SUPER does it all, as
 * well as MySQL 9 and MariaDB 11 with their many small privileges.
 */
const needs: Readonly<Record<Purpose, readonly Need[]>> = {
  look: [
    ...each('SELECT', 'PROCESS', 'SHOW VIEW', 'EVENT', 'TRIGGER', 'SHOW_ROUTINE'),
    ['SLAVE MONITOR', 'REPLICATION CLIENT', 'SUPER'],
    ['BINLOG MONITOR', 'REPLICATION CLIENT'],
    ['REPLICATION MASTER ADMIN', 'REPLICATION SLAVE']
  ],
  run: [
    // The app's own schema, which an undo drops again; the row of the token is replaced.
    ...each('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'RELOAD'),
    // The accounts of links and canaries: what is granted to them must be held.
    ...each('CREATE USER', 'REPLICATION SLAVE'),
    ['REPLICATION_SLAVE_ADMIN', 'REPLICATION SLAVE ADMIN', 'SUPER'],
    ['SYSTEM_VARIABLES_ADMIN', 'READ_ONLY ADMIN', 'READ ONLY ADMIN', 'SUPER'],
    // On MariaDB auto_increment_increment and event_scheduler.
    ['SYSTEM_VARIABLES_ADMIN', 'SUPER'],
    ['CONNECTION_ADMIN', 'CONNECTION ADMIN', 'SUPER'],
    ['BINLOG_ADMIN', 'BINLOG ADMIN', 'SUPER'],
    ['XA_RECOVER_ADMIN'],
    // Events keep their definer when they are disabled.
    ['SET_ANY_DEFINER', 'SET_USER_ID', 'SET USER', 'SUPER'],
    // Events, views and routines whose definer is root (MySQL 8).
    ['SYSTEM_USER']
  ],
  copy: [
    ...each('ALTER', 'INDEX', 'REFERENCES'),
    ...each('CREATE VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EXECUTE', 'LOCK TABLES'),
    // An account can grant on a schema only what it holds itself, and the shop's accounts are copied with their grants.
    ...each('CREATE TEMPORARY TABLES', 'SHOW DATABASES', 'DELETE HISTORY', 'SHOW CREATE ROUTINE'),
    // Triggers while the binary log is on (1419).
    ['SUPER'],
    ['BACKUP_ADMIN'],
    ['ROLE_ADMIN']
  ]
}

const plain = (name: string) => name.trim().toUpperCase().replace('REPLICA MONITOR', 'SLAVE MONITOR')

export interface GrantFacts {
  /** Names from SHOW PRIVILEGES. */
  known: readonly string[]
  /** Lines of SHOW GRANTS; they may hold a password hash and are never shown. */
  lines: readonly string[]
  /** `user@host` as CURRENT_USER() answers. */
  account: string
}

export interface GrantVerdict {
  missingToObserve: string[]
  /** For bridge, links and cutover. */
  missingToRun: string[]
  /** For the seeding alone. */
  missingToCopy: string[]
  /** Privileges may come from a role, which SHOW GRANTS does not unfold. */
  throughRoles: boolean
  /** The exact statements that are missing, or null. */
  script: string | null
}

interface Held {
  all: boolean
  names: Set<string>
  grantOption: boolean
  roles: boolean
}

const heldBy = (lines: readonly string[]): Held => {
  const held: Held = { all: false, names: new Set(), grantOption: false, roles: false }
  for (const line of lines) {
    const global = /^GRANT (.+?) ON \*\.\* TO /i.exec(line)
    if (!global) {
      if (!/ ON /i.test(line)) held.roles = true
      continue
    }
    if (/ WITH .*GRANT OPTION/i.test(line)) held.grantOption = true
    for (const name of (global[1] ?? '').split(',').map(plain)) {
      if (name === 'ALL PRIVILEGES' || name === 'ALL') held.all = true
      held.names.add(name)
    }
  }
  return held
}

/** MySQL made its small privileges, whose names have no blank, out of SUPER, and lets SUPER do what they allow (seen up to 9.7). */
const within = (name: string, need: Need, held: Held): boolean =>
  held.names.has(name) || (/^[A-Z]+(_[A-Z]+)+$/.test(name) && need.includes('SUPER') && held.names.has('SUPER'))

const missing = (wanted: readonly Need[], known: ReadonlySet<string>, held: Held): string[] => {
  if (held.all) return []
  const lacking = wanted.flatMap((need) => {
    const name = need.find((candidate) => known.has(candidate))
    return name === undefined || within(name, need, held) ? [] : [name]
  })
  return [...new Set(lacking)]
}

/** What an account lacks to look and to move, with the statements that give it. */
export const judgeGrants = (facts: GrantFacts): GrantVerdict => {
  const known = new Set(facts.known.map(plain))
  const held = heldBy(facts.lines)
  const missingToObserve = missing(needs.look, known, held)
  const missingToRun = missing(needs.run, known, held).filter((name) => !missingToObserve.includes(name))
  const sooner = new Set([...missingToObserve, ...missingToRun])
  const missingToCopy = missing(needs.copy, known, held).filter((name) => !sooner.has(name))
  const named = [...missingToObserve, ...missingToRun, ...missingToCopy]
  if (!held.grantOption) missingToRun.push('GRANT OPTION')
  const list = named.length > 0 ? named.join(', ') : 'USAGE'
  const option = held.grantOption ? '' : ' WITH GRANT OPTION'
  const { user, host } = splitAccount(facts.account)
  const script =
    named.length === 0 && held.grantOption ? null : `GRANT ${list} ON *.* TO ${quoteAccount(user, host)}${option};`
  return { missingToObserve, missingToRun, missingToCopy, throughRoles: held.roles, script }
}
