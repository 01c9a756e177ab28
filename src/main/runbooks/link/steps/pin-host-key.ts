import type { Step } from '../../../runbook/step'
import { bridgeFiles, type LinkFacts } from '../link-facts'
import { scriptAction } from '../script-action'
import { hostAndPort, shellRun, shellWord } from '../shell'

/**
 * What answers at the bridge's address is asked for its keys from the new host, and only a key with the fingerprint that
 * this app verified on its own connection to the old host is written down. Whoever stands in between would need that key.
 */
export const pinHostKey: Step<LinkFacts> = {
  id: 'pin-host-key',
  group: 'Key',
  title: 'Pin the old host’s key',
  why: 'The bridge must lead to the old database host and to nobody else. Only the key you already verified is accepted.',
  server: (facts) => facts.new.id,
  deadlineMs: 30_000,
  actions: ({ fixed }) => {
    const { bridge, directory, oldHostKey } = fixed
    const file = shellWord(bridgeFiles(directory).knownHosts)
    const fresh = shellWord(`${bridgeFiles(directory).knownHosts}.new`)
    return [
      scriptAction(fixed.new.id, [
        'umask 077',
        `ssh-keyscan -T 8 -p ${bridge.sshPort} -t ed25519,ecdsa,rsa ${shellWord(bridge.sshHost)} </dev/null 2>/dev/null |`,
        '  while IFS= read -r line; do',
        `    if printf '%s\\n' "$line" | ssh-keygen -l -f - 2>/dev/null | grep -qF ' ${oldHostKey} '; then printf '%s\\n' "$line"; fi`,
        `  done >${fresh}`,
        `if [ ! -s ${fresh} ]; then`,
        `  rm -f ${fresh}`,
        `  echo ${shellWord(`${hostAndPort(bridge.sshHost, bridge.sshPort)} does not show the key ${oldHostKey} to the new host.`)} >&2`,
        '  exit 1',
        'fi',
        `mv ${fresh} ${file}`
      ])
    ]
  },
  snapshot: async (hands, { fixed }) => {
    const file = shellWord(bridgeFiles(fixed.directory).knownHosts)
    return (await hands.look(fixed.new.id, shellRun(`[ -e ${file} ]`))).code === 0
  },
  confirm: async (hands, { fixed }) => {
    const file = shellWord(bridgeFiles(fixed.directory).knownHosts)
    const seen = await hands.look(fixed.new.id, shellRun(`ssh-keygen -l -f ${file}`))
    const prints = seen.stdout.trim().split('\n').filter(Boolean)
    const all = prints.length > 0 && prints.every((line) => line.split(' ')[1] === fixed.oldHostKey)
    return seen.code === 0 && all
      ? { done: true, evidence: `known_hosts holds ${fixed.oldHostKey} and no other key` }
      : { done: false, why: seen.stderr.trim() || `known_hosts holds ${prints.join('; ') || 'nothing'}` }
  },
  undo: ({ fixed }, snapshot) =>
    snapshot === true
      ? { kind: 'nothing' }
      : {
          kind: 'actions',
          actions: [scriptAction(fixed.new.id, [`rm -f ${shellWord(bridgeFiles(fixed.directory).knownHosts)}`])]
        }
}
