import type { Step } from '../../../runbook/step'
import { authorizedEntry } from '../bridge-command'
import { bridgeMark, type LinkFacts } from '../link-facts'
import { scriptAction } from '../script-action'
import { shellRun, shellWord } from '../shell'

const madeBefore = '‹the public key made in the step before›'

const entryOf = (facts: LinkFacts, learned: Readonly<Record<string, string>>) =>
  `${authorizedEntry(facts, learned['bridge.publicKey'] ?? madeBefore)} ${bridgeMark(facts.moveId)}`

/** Lines that name the file, and the copy kept beside it until the entry is taken out again. */
const opening = (facts: LinkFacts) => [
  'umask 077',
  `file=${shellWord(facts.authorizedKeys)}`,
  'if [ -L "$file" ]; then file=$(readlink -f "$file"); fi',
  `kept="$file.before-${bridgeMark(facts.moveId)}"`,
  `others() { grep -v ' ${bridgeMark(facts.moveId)}$' "$1" || [ $? -eq 1 ]; }`
]

/** Takes this move's line out and leaves every other byte as it was, a missing last line end included. */
export const takeEntryOut = (facts: LinkFacts, remove: 'nothing' | 'file' | 'file and folder'): string[] => [
  ...opening(facts),
  'if [ -e "$file" ]; then',
  '  fresh="$file.siteswap-new"',
  '  cp -p "$file" "$fresh"',
  '  others "$file" >"$fresh"',
  '  if [ -e "$kept" ] && [ "$(cat "$kept")" = "$(cat "$fresh")" ]; then cat "$kept" >"$fresh"; fi',
  ...(remove === 'nothing'
    ? ['  mv "$fresh" "$file"']
    : [
        '  if [ -s "$fresh" ]; then mv "$fresh" "$file"; else rm -f "$fresh" "$file"; fi',
        ...(remove === 'file and folder' ? ['  rmdir "$(dirname "$file")" 2>/dev/null || true'] : [])
      ]),
  'fi',
  'rm -f "$kept"'
]

/** One restricted line on the old host: the key may open the database and listen on one port, nothing else. */
export const authorizeKey: Step<LinkFacts> = {
  id: 'authorize-key',
  group: 'Key',
  title: 'Let the key in on the old host, for the bridge only',
  why: 'The key may reach the old database and offer the new one there. It gets no shell, no command and no other port.',
  server: (facts) => facts.old.id,
  deadlineMs: 20_000,
  actions: ({ fixed, learned }) => [
    scriptAction(fixed.old.id, [
      ...opening(fixed),
      `entry=${shellWord(entryOf(fixed, learned))}`,
      'mkdir -p "$(dirname "$file")"',
      `[ -e "$file" ] || { : >"$file"; [ "$(id -u)" != 0 ] || chown ${shellWord(`${fixed.bridge.user}:`)} "$(dirname "$file")" "$file"; }`,
      '[ -e "$kept" ] || cp -p "$file" "$kept"',
      'fresh="$file.siteswap-new"',
      'cp -p "$file" "$fresh"',
      'others "$file" >"$fresh"',
      '[ -z "$(tail -c 1 "$fresh")" ] || echo >>"$fresh"',
      `printf '%s\\n' "$entry" >>"$fresh"`,
      'mv "$fresh" "$file"'
    ])
  ],
  snapshot: async (hands, { fixed }) => {
    const file = shellWord(fixed.authorizedKeys)
    const script = `[ -e ${file} ] && echo file; [ -d "$(dirname ${file})" ] && echo folder; exit 0`
    const found = (await hands.look(fixed.old.id, shellRun(script))).stdout.split('\n')
    return { file: found.includes('file'), folder: found.includes('folder') }
  },
  confirm: async (hands, { fixed, learned }) => {
    const file = shellWord(fixed.authorizedKeys)
    const seen = await hands.look(
      fixed.old.id,
      shellRun(
        `grep -c ' ${bridgeMark(fixed.moveId)}$' ${file}; grep -cxF ${shellWord(entryOf(fixed, learned))} ${file}`
      )
    )
    return seen.stdout.split('\n').slice(0, 2).join(' ') === '1 1'
      ? { done: true, evidence: `${fixed.authorizedKeys} holds the entry once` }
      : { done: false, why: seen.stderr.trim() || `${fixed.authorizedKeys} does not hold the entry exactly once.` }
  },
  undo: ({ fixed }, snapshot) => {
    const before = snapshot as { file: boolean; folder: boolean } | null
    const remove = before && !before.file ? (before.folder ? 'file' : 'file and folder') : 'nothing'
    return { kind: 'actions', actions: [scriptAction(fixed.old.id, takeEntryOut(fixed, remove))] }
  },
  confirmUndone: async (hands, { fixed }) => {
    const script = `! grep -q ' ${bridgeMark(fixed.moveId)}$' ${shellWord(fixed.authorizedKeys)} 2>/dev/null`
    return (await hands.look(fixed.old.id, shellRun(script))).code === 0
      ? { done: true, evidence: `${fixed.authorizedKeys} no longer holds the entry` }
      : { done: false, why: 'The entry is still there.' }
  }
}
