import { bridgeCommand } from './bridge-command'
import { bridgeFiles, bridgeMark, type LinkFacts } from './link-facts'
import { shellLine, shellWord, unitWord } from './shell'

type TextFacts = Pick<LinkFacts, 'moveId' | 'bridge' | 'directory' | 'sshProgram' | 'old' | 'new'>

/** The systemd unit: starts again whatever ended it, without systemd's usual limit of five starts in ten seconds. */
export const unitText = (facts: TextFacts, scope: 'system' | 'user'): string =>
  [
    '[Unit]',
    `Description=Siteswap bridge of the move ${facts.moveId}`,
    ...(scope === 'system' ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=${bridgeCommand(facts).map(unitWord).join(' ')}`,
    'Restart=always',
    'RestartSec=2',
    '',
    '[Install]',
    `WantedBy=${scope === 'system' ? 'multi-user.target' : 'default.target'}`,
    ''
  ].join('\n')

/**
 * A supervisor in POSIX sh for hosts without systemd: one instance, starts ssh again after 1 to 5 s, keeps its log short,
 * ends ssh when it is ended itself.
 */
export const supervisorScript = (facts: TextFacts): string => {
  const files = bridgeFiles(facts.directory)
  return `#!/bin/sh
# ${bridgeMark(facts.moveId)}: keeps the bridge between the two database hosts up. Made by Siteswap.
umask 077
pid=${shellWord(files.pid)} ssh_pid=${shellWord(files.sshPid)} log=${shellWord(files.log)}
mine() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null && { [ ! -r "/proc/$1/cmdline" ] || grep -q bridge.sh "/proc/$1/cmdline"; }; }
until (set -C; echo $$ >"$pid") 2>/dev/null; do
  other=$(cat "$pid" 2>/dev/null)
  if mine "$other"; then exit 0; fi
  rm -f "$pid"
done
child=
stop() { trap - TERM INT HUP EXIT; [ -n "$child" ] && kill "$child" 2>/dev/null; rm -f "$pid" "$ssh_pid"; exit 0; }
trap stop TERM INT EXIT
trap '' HUP
say() { printf '%s %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1"; }
rest=1
while :; do
  if [ "$(wc -c <"$log" 2>/dev/null || echo 0)" -gt 262144 ]; then
    tail -c 65536 "$log" >"$log.short" && cat "$log.short" >"$log"; rm -f "$log.short"
  fi
  began=$(date +%s)
  ${shellLine(bridgeCommand(facts))} </dev/null >>"$log" 2>&1 &
  child=$!
  echo "$child" >"$ssh_pid"
  say "ssh started as process $child" >>"$log"
  wait "$child"
  code=$?
  child=
  rm -f "$ssh_pid"
  if [ $(($(date +%s) - began)) -ge 30 ]; then rest=1; fi
  say "ssh ended with code $code, starting again in $rest s" >>"$log"
  sleep "$rest" & child=$!; wait "$child"; child=
  if [ "$rest" -lt 5 ]; then rest=$((rest + 1)); fi
done
`
}
