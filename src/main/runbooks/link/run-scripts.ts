import { bridgeFiles, bridgeMark, type LinkFacts } from './link-facts'
import { shellWord } from './shell'

type ScriptFacts = Pick<LinkFacts, 'moveId' | 'directory' | 'supervisor'>

const systemctl = (facts: ScriptFacts) =>
  facts.supervisor.kind === 'systemd' && facts.supervisor.scope === 'user' ? 'systemctl --user' : 'systemctl'

/** Starts the bridge, once however often it is asked. */
export const startLines = (facts: ScriptFacts): string[] => {
  if (facts.supervisor.kind === 'systemd')
    return [
      `${systemctl(facts)} daemon-reload`,
      `${systemctl(facts)} enable --quiet ${bridgeMark(facts.moveId)}.service`,
      `${systemctl(facts)} restart ${bridgeMark(facts.moveId)}.service`
    ]
  const files = bridgeFiles(facts.directory)
  return [
    // a session of its own, so that the end of our SSH connection does not reach it
    'own_session=$(command -v setsid || command -v nohup)',
    `"$own_session" sh ${shellWord(files.script)} </dev/null >/dev/null 2>&1 &`
  ]
}

/** Ends the bridge and waits until its processes are gone; nothing when it does not run. */
export const stopLines = (facts: ScriptFacts): string[] => {
  if (facts.supervisor.kind === 'systemd')
    return [`${systemctl(facts)} disable --quiet --now ${bridgeMark(facts.moveId)}.service 2>/dev/null || true`]
  const files = bridgeFiles(facts.directory)
  return [
    `pid=$(cat ${shellWord(files.pid)} 2>/dev/null || true)`,
    'if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && { [ ! -r "/proc/$pid/cmdline" ] || grep -q bridge.sh "/proc/$pid/cmdline"; }; then',
    '  kill "$pid"',
    '  n=0',
    '  while kill -0 "$pid" 2>/dev/null && [ "$n" -lt 50 ]; do sleep 0.1; n=$((n + 1)); done',
    '  if kill -0 "$pid" 2>/dev/null; then',
    `    kill -9 $(cat ${shellWord(files.sshPid)} 2>/dev/null) "$pid" 2>/dev/null || true`,
    '  fi',
    'fi',
    `rm -f ${shellWord(files.pid)} ${shellWord(files.sshPid)} ${shellWord(files.log)} ${shellWord(`${files.log}.short`)}`
  ]
}

/** Read-only: `supervisor systemd|process|none`, `ssh PID AGE_SECONDS` and the last lines of the log. */
export const statusScript = (facts: ScriptFacts): string => {
  const unit = `${bridgeMark(facts.moveId)}.service`
  const files = bridgeFiles(facts.directory)
  const age = (pid: string) =>
    `[ -n "${pid}" ] && [ "${pid}" != 0 ] && kill -0 "${pid}" 2>/dev/null && echo "ssh ${pid} $({ ps -o etimes= -p "${pid}" || echo $(($(date +%s) - $(stat -c %Y "/proc/${pid}"))); } 2>/dev/null | tr -d ' ')"`
  if (facts.supervisor.kind === 'systemd')
    return `${systemctl(facts)} cat ${unit} >/dev/null 2>&1 && echo "supervisor systemd" || echo "supervisor none"
main=$(${systemctl(facts)} show -p MainPID --value ${unit} 2>/dev/null)
${age('$main')}
${facts.supervisor.scope === 'user' ? 'journalctl --user' : 'journalctl'} -u ${unit} -n 6 -o cat 2>/dev/null | sed 's/^/log /'
exit 0`
  return `pid=$(cat ${shellWord(files.pid)} 2>/dev/null)
if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then echo "supervisor process"
elif [ -e ${shellWord(files.script)} ]; then echo "supervisor stopped"
else echo "supervisor none"; fi
main=$(cat ${shellWord(files.sshPid)} 2>/dev/null)
${age('$main')}
tail -n 6 ${shellWord(files.log)} 2>/dev/null | sed 's/^/log /'
exit 0`
}
