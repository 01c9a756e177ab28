import { canarySecret, secretPlaceholder } from '../../../shared/secret'
import type { Address } from '../../redirect/database-address'
import { switchCommand, waitsCommand } from '../../redirect/file-commands'
import { shellRun, shellWord } from '../link/shell'
import { canaryAccount } from '../replicate/replicate-facts'
import { optionValue } from '../seed/option-file'

/** What is left on an application host for as long as the switch may happen. */
export interface ArmedRedirect {
  serverId: string
  tag: string
  path: string
  reload: string
  /** Where this host will find the database it is redirected to. */
  address: Address
  /** Answers 0 when that database takes writes, 1 while it is read-only. */
  question: string
  seconds: number
}

type Place = Pick<ArmedRedirect, 'serverId' | 'tag'>

/** A letter in brackets: as a pattern it does not match the command line it stands in. */
const folder = (id: string, tag: string) => `.siteswap-[r]edirect-${id.replaceAll(/[^A-Za-z0-9._-]/g, '_')}-${tag}`
const home = 'h=$HOME; [ -w "$h" ] || h=/tmp'

const optionLines = ({ address }: ArmedRedirect): string[] => [
  '[client]',
  `host=${optionValue(address.host)}`,
  `port=${address.port}`,
  `user=${optionValue(canaryAccount)}`,
  'protocol=tcp',
  // TLS where the server has it; newer clients of MariaDB would refuse a server without it.
  'loose-disable-ssl-verify-server-cert',
  'loose-get-server-public-key'
]

/** For hosts without a client of their own: what the application's language has. The account stands in `argv[1]/secret`. */
const php = ({ address, question }: ArmedRedirect): string =>
  `$q = ${JSON.stringify(question).replaceAll('$', '\\$')}; $s = rtrim(file_get_contents($argv[1] . "/secret"), "\\n"); if (class_exists("mysqli")) { mysqli_report(MYSQLI_REPORT_OFF); $c = mysqli_init(); $c->options(MYSQLI_OPT_CONNECT_TIMEOUT, 2); if (@$c->real_connect("${address.host}", "${canaryAccount}", $s, "", ${address.port})) echo $c->query($q)->fetch_row()[0]; } else { $c = new PDO("mysql:host=${address.host};port=${address.port}", "${canaryAccount}", $s, [PDO::ATTR_TIMEOUT => 2]); echo $c->query($q)->fetchColumn(); }`

const python = ({ address, question }: ArmedRedirect): string =>
  [
    'import sys',
    's = open(sys.argv[1] + "/secret").read().rstrip("\\n")',
    'c = None',
    'for name in ("pymysql", "MySQLdb", "mysql.connector"):',
    '    try:',
    '        module = __import__(name, fromlist=["connect"])',
    '    except ImportError:',
    '        continue',
    `    c = module.connect(host="${address.host}", port=${address.port}, user="${canaryAccount}", password=s, **({"connection_timeout": 2} if name == "mysql.connector" else {"connect_timeout": 2})).cursor()`,
    '    break',
    `c.execute(${JSON.stringify(question)})`,
    'print(c.fetchone()[0])'
  ].join('\n')

/**
 * The process that is left: asks the database this host is to be redirected to, and switches when that one takes writes.
 * It ends when it has switched, when its time is over, or when its folder is gone; it leaves nothing.
 */
export const watchScript = (armed: ArmedRedirect): string => {
  const { path, tag, reload } = armed
  return `#!/bin/sh
# Made by Siteswap for one switch: redirects this host when, and only when, ${armed.address.host}:${armed.address.port} takes writes.
# Ends by itself after ${armed.seconds} s. To end it now remove this folder.
{
here=\${0%/*}
question=${shellWord(armed.question)}
php=${shellWord(php(armed))}
python=${shellWord(python(armed))}
words=/dev/null limit=
command -v timeout >/dev/null 2>&1 && limit='timeout 5'
trap '' HUP
cd /
seconds() { { read -r up rest </proc/uptime && echo "\${up%%.*}" || date +%s; } 2>/dev/null; }
ask() {
  case $1 in
    mariadb | mysql) MYSQL_TEST_LOGIN_FILE="$here/none" $limit "$1" --defaults-file="$here/options" --batch --skip-column-names --connect-timeout=2 -e "$question" ;;
    php) $limit php -r "$php" "$here" ;;
    python3) $limit python3 -c "$python" "$here" ;;
  esac </dev/null 2>"$words"
}
if [ "$1" = try ]; then
  for client in mariadb mysql php python3; do
    command -v "$client" >/dev/null 2>&1 || continue
    words=$here/words
    answer=$(ask "$client")
    case $answer in
      0 | 1) echo "$client $answer"; exit 0 ;;
    esac
    echo "$client: $(tail -n 1 "$words") $answer" >&2
  done
  exit 0
fi
echo $$ >"$here/pid"
end=$(($(seconds) + ${armed.seconds})) tries=3
while [ -e "$here/options" ] && [ "$(seconds)" -lt "$end" ] && [ "$tries" -gt 0 ]; do
  if [ "$(ask "$1")" = 0 ]; then
    # An app that is alive switches by itself and then removes this folder: only what it left undone is done here.
    (${waitsCommand(path, tag)}) || sleep 2
    [ -e "$here/options" ] || break
    (
${switchCommand(path, tag, reload)}
    ) </dev/null >/dev/null 2>&1 && break
    tries=$((tries - 1))
  fi
  sleep 0.3 2>/dev/null || sleep 1
done
rm -rf -- "$here"
exit 0
}
`
}

/** Ends what an earlier try or run may have left there for this host. */
const clear = (serverId: string, pattern: string): string =>
  `for one in "$h"/${folder(serverId, pattern)}; do rm -rf -- "$one"; done`

/** Arms one host: the password and the script come on standard input. Says with which client, or ends with 73 (the database takes writes already) or 74 (nothing on this host can ask it). */
export const armCommand = (armed: ArmedRedirect): string => {
  const name = folder(armed.serverId, armed.tag).replace('[r]', 'r')
  return shellRun(
    [
      'umask 077',
      home,
      clear(armed.serverId, '?'.repeat(armed.tag.length)),
      `d=$h/${name}`,
      'mkdir -- "$d" || exit 75',
      'IFS= read -r secret',
      `printf '%s\\n' "$secret" >"$d/secret"`,
      `{ printf '%s\\n' ${optionLines(armed).map(shellWord).join(' ')}; printf 'password="%s"\\n' "$(printf %s "$secret" | sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g')"; } >"$d/options"`,
      'secret=',
      'cat >"$d/watch.sh" && [ -s "$d/options" ] || { rm -rf -- "$d"; exit 75; }',
      'set -- $(sh "$d/watch.sh" try)',
      'case $2 in',
      '  1) ;;',
      `  0) rm -rf -- "$d"; echo 'the database it is to be redirected to takes writes already' >&2; exit 73 ;;`,
      `  *) rm -rf -- "$d"; echo 'nothing on this host can ask the database' >&2; exit 74 ;;`,
      'esac',
      'own_session=$(command -v setsid || command -v nohup)',
      '"$own_session" sh "$d/watch.sh" "$1" </dev/null >/dev/null 2>&1 &',
      'n=0',
      'until [ -s "$d/pid" ] || [ "$n" -ge 30 ]; do sleep 0.1; n=$((n + 1)); done',
      '[ -s "$d/pid" ] && echo "$1"'
    ].join('\n')
  )
}

/** What goes to `armCommand`: the password, filled in on the way only, and the script. */
export const armInput = (armed: ArmedRedirect): string => `${secretPlaceholder(canarySecret)}\n${watchScript(armed)}`

/** Takes the folder away, which ends the process; for the end of the command that has switched. */
export const forgetCommand = ({ serverId, tag }: Place): string =>
  shellRun([home, clear(serverId, tag), 'true'].join('\n'))

const processes = ({ serverId, tag }: Place): string =>
  `grep -l -- ${shellWord(folder(serverId, tag).slice(1).replaceAll('.', '\\.'))} /proc/[0-9]*/cmdline 2>/dev/null | sed 's|/proc/||; s|/cmdline||'`

/** Takes everything of it away and waits until its process is gone; ends with 1 when it is still there. */
export const disarmCommand = (place: Place): string =>
  shellRun(
    [
      home,
      clear(place.serverId, place.tag),
      `of_it() { ${processes(place)}; }`,
      'n=0',
      'while [ -n "$(of_it)" ] && [ "$n" -lt 50 ]; do',
      '  [ "$n" -ne 20 ] || kill $(of_it) 2>/dev/null',
      '  sleep 0.1; n=$((n + 1))',
      'done',
      '[ -z "$(of_it)" ]'
    ].join('\n')
  )

/** Looks only: `armed`, or `gone` when neither its folder nor its process is there. */
export const armedStateCommand = (place: Place): string =>
  shellRun(
    [
      home,
      `there=$(${processes(place)})`,
      `for one in "$h"/${folder(place.serverId, place.tag)}; do [ ! -e "$one" ] || there="$there folder"; done`,
      '[ -z "$there" ] && echo gone || echo armed'
    ].join('\n')
  )

/** Looks only: says `yes` when something on the host may be able to ask a database. */
export const clientCommand = shellRun(
  [
    'if command -v mariadb || command -v mysql; then echo yes',
    `elif php -r 'exit(extension_loaded("mysqli") || extension_loaded("pdo_mysql") ? 0 : 1);'; then echo yes`,
    'else for name in pymysql MySQLdb mysql.connector; do python3 -c "import $name" && { echo yes; break; }; done; fi 2>/dev/null </dev/null'
  ].join('\n')
)
