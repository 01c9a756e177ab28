import { shellLine, shellWord } from '../link/shell'
import { dumpCommand, loadCommand, optionFileLines } from './option-file'
import { type SeedFacts, seedFiles } from './seed-facts'

/**
 * The copy, on the new host: dump from the bridge | count | load. It runs as one process group, which is ended as a whole
 * when the script is told to stop or when nobody listens to it any more (the SSH connection of the app is gone): a copy
 * that nobody watches does not go on. The dump's own exit code decides, not the loader's alone.
 */
export const seedScript = (facts: SeedFacts): string => {
  const files = seedFiles(facts.directory)
  const path = (name: keyof typeof files) => shellWord(files[name])
  const position =
    facts.oldCan.flavour === 'mariadb' ? ` | LC_ALL=C sed '/^-- SET GLOBAL gtid_slave_pos=/w '${path('position')}` : ''
  const count = facts.tools.countBytes ? ' | LC_ALL=C dd bs=64k status=progress' : ''
  const pipeline = `{ code=0; ${shellLine(dumpCommand(facts))} || code=$?; echo "$code" >${path('code')}; }${position}${count} | ${shellLine(loadCommand(facts))}`
  return `#!/bin/sh
# Seeds the new database server of the Siteswap move ${facts.moveId} from the old one. Reads two passwords from standard input.
set -eu
${optionFileLines(facts).join('\n')}
rm -f ${path('done')} ${path('code')} ${path('position')}
group=
finish() { trap - EXIT INT TERM HUP PIPE; [ -z "$group" ] || kill -TERM -- "-$group" 2>/dev/null || true; rm -f ${path('group')}; forget; }
trap finish EXIT
trap 'exit 130' INT TERM HUP PIPE
${facts.tools.setsid ?? ''} sh -c ${shellWord(pipeline)} </dev/null &
${facts.tools.setsid ? `group=$!\necho "$group" >${path('group')}\npipeline=$group` : 'pipeline=$!'}
while kill -0 "$pipeline" 2>/dev/null; do echo .; sleep 1; done
code=0
wait "$pipeline" || code=$?
group=
[ "$code" = 0 ] || { echo "The load on the new server ended with code $code." >&2; exit 1; }
[ "$(cat ${path('code')})" = 0 ] || { echo "The dump from the old server ended with code $(cat ${path('code')})." >&2; exit 1; }
: >${path('done')}
`
}

/** Ends a running copy from a second connection. */
export const stopSeedLines = (facts: SeedFacts): string[] => {
  const group = shellWord(seedFiles(facts.directory).group)
  return [`if [ -s ${group} ]; then kill -TERM -- "-$(cat ${group})" 2>/dev/null || true; fi`]
}
