import { quoteAccount } from '../../mysql/identifiers'
import { seedStatementsFor } from '../../mysql/statements-seed'
import { shellLine, shellWord } from '../link/shell'
import { optionFileLines } from './option-file'
import { type Account, type SeedFacts, seedFiles } from './seed-facts'

/** `'shop'@'%'`, or `'reader'` for a role, which has no host. */
export const accountName = (account: Account): string =>
  account.role ? quoteAccount(account.user, '').replace(/@''$/, '') : quoteAccount(account.user, account.host)

/**
 * Copies accounts from server to server: what `SHOW CREATE USER` and `SHOW GRANTS` answer on the old one is said to the
 * new one, outside its binary log. Password hashes go through the bridge and nowhere else; they are in no journal and
 * never reach this computer. An account that exists already on the new server is left as it is.
 */
export const accountsScript = (facts: SeedFacts): string => {
  const files = seedFiles(facts.directory)
  const mariadb = facts.newCan.flavour === 'mariadb'
  const present = shellWord(files.present)
  const client = (options: string) =>
    shellLine([facts.tools.client, `--defaults-file=${options}`, '--batch', '--raw', '--skip-column-names'])
  // the hexadecimal form is one word whatever the name holds
  const hex = ({ user, host }: Account) => Buffer.from(`${user}@${host}`, 'utf8').toString('hex').toUpperCase()
  const list = facts.accounts.map(
    (account) => `${account.role ? 'role' : 'user'} ${hex(account)} ${accountName(account)}`
  )
  const hexOfName = "HEX(CONVERT(CONCAT(User, '@', Host) USING utf8mb4))"
  // a default role can be named only when that role is there: it is set after the grants
  const create = mariadb
    ? 's/^CREATE USER /CREATE USER IF NOT EXISTS /'
    : 's/^CREATE USER /CREATE USER IF NOT EXISTS /;s/ DEFAULT ROLE .* REQUIRE / REQUIRE /'
  const { showAccount } = seedStatementsFor(facts.oldCan)
  const createUser =
    showAccount === null
      ? 'create_user() { :; }'
      : `create_user() { old "${showAccount} $1" | sed -e '${create}' -e 's/$/;/'; }`
  const withRoles = !mariadb && facts.oldCan.roles
  return `#!/bin/sh
# Copies the accounts of the Siteswap move ${facts.moveId} to the new database server. Reads two passwords from standard input.
set -eu
${optionFileLines(facts).join('\n')}
trap 'rm -f ${present}; forget' EXIT
trap 'exit 130' INT TERM HUP PIPE
old() { ${client(files.oldOptions)} -e "$1" </dev/null; }
new() { { echo 'SET SESSION sql_log_bin = 0;'; cat; } | ${client(files.newOptions)}; }
accounts() { cat <<'SITESWAP_ACCOUNTS'
${list.join('\n')}
SITESWAP_ACCOUNTS
}
${createUser}
grants() { old "SHOW GRANTS FOR $1" | sed -e 's/$/;/'; }
${
  !withRoles
    ? ''
    : `default_roles() { old "SHOW CREATE USER $1" | sed -n -e 's/^CREATE USER \\(.*\\) IDENTIFIED WITH .* DEFAULT ROLE \\(.*\\) REQUIRE .*$/ALTER USER \\1 DEFAULT ROLE \\2;/p'; }\n`
}echo ${shellWord(`SELECT ${hexOfName} FROM mysql.user;`)} | new >${present}
was_there() { grep -qxF "$1" ${present}; }
accounts | while read -r kind hex name; do
  if was_there "$hex"; then echo "kept as it is: $name"; continue; fi
  if [ "$kind" = role ]; then echo "CREATE ROLE IF NOT EXISTS $name;"; else create_user "$name"; fi | new
done
accounts | while read -r kind hex name; do
  if was_there "$hex"; then continue; fi
  grants "$name" | new
  echo "copied: $name"
done
${
  !withRoles
    ? ''
    : `accounts | while read -r kind hex name; do\n  if was_there "$hex"; then continue; fi\n  default_roles "$name" | new\ndone\n`
}`
}
