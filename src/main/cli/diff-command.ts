import { fail } from '../../shared/failure'
import type { SnapshotHead } from '../../shared/topology'
import { type DiffLens, openDifferences, type TopologyDiff } from '../../shared/topology-diff'
import { diffText } from '../engine/topology-texts'
import { differencesText } from './diff-text'
import { exitCodes } from './exit-codes'
import { type CliOptions, withLiveMove } from './open'
import { say } from './print'

const silent = () => {}
const usage = 'One of: old-new, plan, since NAME.'

/** `old-new`, `plan` or `since NAME`, the words of an option; the newest snapshot of a name counts. Pure. */
export const lensOf = (words: readonly string[], heads: readonly SnapshotHead[]): DiffLens => {
  const [kind = 'old-new', ...rest] = words
  const name = rest.join(' ')
  if (kind === 'since') {
    const found = heads.findLast((head) => head.name === name || head.id === name)
    if (found) return { kind: 'since', snapshot: found.id }
    const names = [...new Set(heads.map((head) => `“${head.name}”`))].slice(-20)
    throw fail('invalid', name === '' ? 'Since which snapshot?' : `There is no snapshot “${name}”.`, {
      try: [
        names.length > 0 ? `There are: ${names.join(', ')}` : 'Take one first: in the app, or with --snapshot NAME.'
      ]
    })
  }
  if ((kind === 'old-new' || kind === 'plan') && rest.length === 0) return { kind }
  throw fail('invalid', `“${words.join(' ')}” is no comparison.`, { try: [usage] })
}

/** 0: nothing but what is expected or accepted; 1: something differs; 3: part of it could not be asked. */
export const diffExitCode = (diff: TopologyDiff): number => {
  if (openDifferences(diff).length > 0) return exitCodes.findings
  return diff.untold.length > 0 ? exitCodes.unverified : exitCodes.ok
}

/** Compares and prints; as text, Markdown or JSON. */
export const showDiff = (
  path: string,
  options: CliOptions,
  words: readonly string[],
  markdown: boolean
): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const diff = await live.diff.compare(lensOf(words, live.diff.heads()))
    const text = options.json
      ? diffText(live.move(), diff, 'json')
      : markdown
        ? diffText(live.move(), diff, 'markdown')
        : differencesText(diff)
    say(text.trimEnd())
    return diffExitCode(diff)
  })

/** Keeps a snapshot under a name. */
export const keepSnapshot = (path: string, options: CliOptions, name: string): Promise<number> =>
  withLiveMove(path, options, silent, async ({ live }) => {
    const head = await live.diff.take(name.trim().slice(0, 120) || 'snapshot', 'hand')
    say(options.json ? JSON.stringify(head, null, 2) : `Kept as “${head.name}”.`)
    return exitCodes.ok
  })
