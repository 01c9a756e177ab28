import type { ServerIdentity } from '../../../shared/server'

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** Statements about one link in the words of its replica, for a person to copy. */
export interface LinkWords {
  status: string
  start: string
  stop: string
}

/** MariaDB names connections, MySQL channels; MySQL says REPLICA since 8.0.22. */
export const linkWords = (
  identity: Pick<ServerIdentity, 'flavour' | 'versionNumbers'> | null,
  channel: string
): LinkWords => {
  const [major, minor, patch] = identity?.versionNumbers ?? [0, 0, 0]
  if (identity?.flavour === 'mysql') {
    const replica = major > 8 || (major === 8 && (minor > 0 || patch >= 22)) ? 'REPLICA' : 'SLAVE'
    const at = channel === '' ? '' : ` FOR CHANNEL ${quoted(channel)}`
    return { status: `SHOW ${replica} STATUS${at}`, start: `START ${replica}${at}`, stop: `STOP ${replica}${at}` }
  }
  const name = channel === '' ? '' : ` ${quoted(channel)}`
  return { status: `SHOW SLAVE${name} STATUS`, start: `START SLAVE${name}`, stop: `STOP SLAVE${name}` }
}
