import type { ServerIdentity } from '../../shared/server'
import { compareVersions } from './judge-version'

/** What a newer new server means for the way back, and what is left when it fails. */
export const wayBackWords = (old: string): string =>
  `The way back makes the older server follow the newer one, which its makers do not promise to work. Should that link stop, what is left is to go forward: the shop stays on the new site, and ${old} keeps what it had when the link stopped.`

/** What is said before two servers are made to follow each other, of the link from the new one back to the old one. Pure. */
export const wayBackWarnings = (
  names: { old: string; new: string },
  old: ServerIdentity,
  fresh: ServerIdentity,
  /** Collations of the new server's sessions that the old one does not know. */
  unknown: readonly string[]
): string[] => [
  ...(old.flavour === fresh.flavour && compareVersions(old, fresh) === 'newer'
    ? [
        `${names.new} (${fresh.versionNumbers.join('.')}) is of a newer series than ${names.old} (${old.versionNumbers.join('.')}). ${wayBackWords(names.old)}`
      ]
    : []),
  ...(unknown.length
    ? [
        `${names.old} does not know ${unknown.join(', ')}, with which ${names.new} works: changed rows flow back, but the link back stops with error 22 at the first CREATE or ALTER. Check G12 of the preflight has the setting that avoids it.`
      ]
    : [])
]
