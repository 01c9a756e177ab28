import type { Step } from '../../../runbook/step'
import { bridgeFiles, bridgeMark, type LinkFacts } from '../link-facts'
import { scriptAction } from '../script-action'
import { shellRun, shellWord } from '../shell'

const publicKeyPattern = /^ssh-ed25519 [A-Za-z0-9+/=]+$/

/** The bridge's own key pair; the private half never leaves the new host. */
export const makeKey: Step<LinkFacts> = {
  id: 'make-key',
  group: 'Key',
  title: 'Make the bridge’s key on the new host',
  why: 'The new host signs in to the old one by itself. Its key is made there and never leaves it.',
  server: (facts) => facts.new.id,
  deadlineMs: 20_000,
  actions: ({ fixed }) => {
    const dir = shellWord(fixed.directory)
    const key = shellWord(bridgeFiles(fixed.directory).key)
    return [
      scriptAction(fixed.new.id, [
        'umask 077',
        `mkdir -p ${dir}`,
        `chmod 700 ${dir}`,
        `[ -s ${key} ] || ssh-keygen -q -t ed25519 -N '' -C ${bridgeMark(fixed.moveId)} -f ${key} </dev/null`
      ])
    ]
  },
  snapshot: async (hands, { fixed }) => {
    const key = shellWord(bridgeFiles(fixed.directory).key)
    const script = `[ -d ${shellWord(fixed.directory)} ] && echo dir; [ -s ${key} ] && echo key; exit 0`
    const found = (await hands.look(fixed.new.id, shellRun(script))).stdout.split('\n')
    return { directory: found.includes('dir'), key: found.includes('key') }
  },
  confirm: async (hands, { fixed }) => {
    const { key } = bridgeFiles(fixed.directory)
    const script = `ssh-keygen -y -P '' -f ${shellWord(key)} </dev/null && ls -ld ${shellWord(fixed.directory)} ${shellWord(key)}`
    const seen = await hands.look(fixed.new.id, shellRun(script))
    const [line = '', ...modes] = seen.stdout.trim().split('\n')
    // newer versions of ssh-keygen add the comment; the kind and the key are what counts
    const publicKey = line.split(' ').slice(0, 2).join(' ')
    if (seen.code !== 0 || !publicKeyPattern.test(publicKey))
      return { done: false, why: seen.stderr.trim() || 'ssh-keygen does not read the key.' }
    if (modes.some((mode) => !/^[d-]r[w-][x-]------/.test(mode)))
      return { done: false, why: `The key or its folder can be read by others: ${modes.join('; ')}` }
    return {
      done: true,
      evidence: `${key} holds an ed25519 key that only its owner reads`,
      learned: { 'bridge.publicKey': publicKey }
    }
  },
  undo: ({ fixed }, snapshot) => {
    const before = snapshot as { directory: boolean; key: boolean } | null
    const files = bridgeFiles(fixed.directory)
    const lines = [
      ...(before?.key ? [] : [`rm -f ${shellWord(files.key)} ${shellWord(files.publicKey)}`]),
      ...(before?.directory ? [] : [`rmdir ${shellWord(fixed.directory)} 2>/dev/null || true`])
    ]
    return lines.length ? { kind: 'actions', actions: [scriptAction(fixed.new.id, lines)] } : { kind: 'nothing' }
  }
}
