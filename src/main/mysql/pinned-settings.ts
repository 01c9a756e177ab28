/**
 * One statement that makes every session alike, whatever the server's defaults: a known quoting, one character set, UTC, and
 * lock waits that end. wait_timeout bounds how long a session outlives this program when the line is cut.
 */
export const pinnedSettings = [
  'SET NAMES utf8mb4',
  "SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
  'SESSION autocommit = 1',
  "SESSION time_zone = '+00:00'",
  'SESSION lock_wait_timeout = 10',
  'SESSION innodb_lock_wait_timeout = 10',
  'SESSION wait_timeout = 900'
].join(', ')
