import type { Row } from './session'

/** The collations a server works with: those its sessions and its tables have, and all it knows, in full names. */
export interface Collations {
  /** Of a session that has only said SET NAMES utf8mb4. */
  session: string
  /** collation_server: statements carry it into the binary log as well. */
  server: string
  used: string[]
  known: ReadonlySet<string>
}

/**
 * MariaDB 10.10 names its newer collations without their character set (uca1400_ai_ci): both forms are told. Whoever
 * follows stops with error 22, “Character set '#2304' is not a compiled character set”, at the first statement whose session
 * had a collation it does not know; changed rows carry none (seen with 11.8 → 10.5).
 */
export const collationsStatement =
  "SELECT 'session' AS kind, @@session.collation_connection AS name UNION ALL SELECT 'server', @@global.collation_server UNION ALL SELECT 'known', COLLATION_NAME FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY UNION ALL SELECT 'known', CONCAT(CHARACTER_SET_NAME, '_', COLLATION_NAME) FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY WHERE COLLATION_NAME LIKE 'uca%' UNION ALL SELECT DISTINCT 'used', TABLE_COLLATION FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema', 'siteswap')"

/** Reads the rows of `collationsStatement`. */
export const collationsOf = (rows: readonly Row[]): Collations => {
  const named = (kind: string) => rows.filter((row) => row.kind === kind).flatMap((row) => row.name || [])
  return {
    session: named('session')[0] ?? '',
    server: named('server')[0] ?? '',
    used: [...new Set(named('used'))].sort(),
    known: new Set(named('known'))
  }
}

/** utf8 is utf8mb3 by its old name, which old servers have and new ones do not. */
const spellings = (name: string): string[] => [
  name,
  name.replace(/^utf8mb3_/, 'utf8_'),
  name.replace(/^utf8_/, 'utf8mb3_')
]

/** Those of these collations that the other server does not know. */
export const unknownTo = (other: Collations, names: readonly string[]): string[] => [
  ...new Set(names.filter((name) => name !== '' && !spellings(name).some((one) => other.known.has(one))))
]
