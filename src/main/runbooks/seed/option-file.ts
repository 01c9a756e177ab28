import { seedStatementsFor } from '../../mysql/statements-seed'
import { shellWord } from '../link/shell'
import { type SeedFacts, seedFiles } from './seed-facts'

/** A value in an option file (MySQL manual, “Using Option Files”): quoted, with the escapes that it knows. */
export const optionValue = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const group = (address: { host: string; port: number }, user: string, mariadb: boolean): string[] => [
  // Early 8.0 tools ask a 5.7 for column statistics, which it does not keep (error 1109).
  ...(mariadb ? [] : ['[mysqldump]', 'loose-column-statistics=0']),
  // the password is written behind the last line
  '[client]',
  `host=${optionValue(address.host)}`,
  `port=${address.port}`,
  `user=${optionValue(user)}`,
  'protocol=tcp',
  'default-character-set=utf8mb4',
  // MariaDB's newer clients insist on verified TLS, which a server without it cannot give; the way is the bridge or the
  // host itself. MySQL's clients ask for the server's key instead, which caching_sha2_password needs without TLS.
  mariadb ? 'loose-skip-ssl' : 'loose-get-server-public-key'
]

/**
 * Lines of a script that read two passwords from standard input, line by line, and write the option files of both
 * servers for the owner only. A trap removes them however the script ends. Passwords never stand in an argument.
 */
export const optionFileLines = (facts: SeedFacts): string[] => {
  const files = seedFiles(facts.directory)
  const mariadb = facts.newCan.flavour === 'mariadb'
  const [from, to] = [shellWord(files.oldOptions), shellWord(files.newOptions)]
  const write = (file: string, lines: string[]) => [
    `{ printf '%s\\n' ${lines.map(shellWord).join(' ')}; printf 'password="%s"\\n' "$(printf %s "$secret" | sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g')"; } >${file}`
  ]
  return [
    'umask 077',
    `forget() { rm -f ${from} ${to}; }`,
    'IFS= read -r secret || [ -n "$secret" ]',
    ...write(from, group(facts.oldAt, facts.old.database.user, mariadb)),
    'IFS= read -r secret || [ -n "$secret" ]',
    ...write(to, group(facts.new.database, facts.new.database.user, mariadb)),
    'secret='
  ]
}

/** The dump of some schemas as one consistent picture with its position in the binary log. */
export const dumpCommand = (facts: SeedFacts): string[] => [
  facts.tools.dump,
  `--defaults-file=${seedFiles(facts.directory).oldOptions}`,
  '--single-transaction',
  '--quick',
  '--routines',
  '--events',
  '--triggers',
  '--hex-blob',
  '--no-tablespaces',
  '--default-character-set=utf8mb4',
  '--max-allowed-packet=1G',
  '--verbose',
  ...seedStatementsFor(facts.oldCan).dumpPosition(),
  ...waitOptions(facts.oldCan.flavour === 'mysql' && facts.tools.initCommand),
  '--databases',
  ...facts.schemas.map(({ name }) => name)
]

const waitOptions = (initCommand: boolean): string[] =>
  initCommand ? ['--init-command=SET SESSION lock_wait_timeout = 10'] : []

export const loadCommand = (facts: SeedFacts): string[] => [
  facts.tools.client,
  `--defaults-file=${seedFiles(facts.directory).newOptions}`,
  '--max-allowed-packet=1G',
  '--init-command=SET SESSION sql_log_bin = 0'
]
