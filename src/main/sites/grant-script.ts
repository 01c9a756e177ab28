import { quoteAccount } from '../mysql/identifiers'
import type { GrantVerdict } from '../mysql/needed-grants'
import { splitAccount } from '../mysql/words'

/** The exact statements that give an account what it lacks, one for each purpose, so that an account can be made for looking alone; null: it lacks nothing. */
export const grantScript = (account: string, verdict: GrantVerdict): string | null => {
  const { user, host } = splitAccount(account)
  const toRun = verdict.missingToRun.filter((name) => name !== 'GRANT OPTION')
  const withOption = toRun.length < verdict.missingToRun.length
  const grant = (names: readonly string[], option = false) =>
    `GRANT ${names.length > 0 ? names.join(', ') : 'USAGE'} ON *.* TO ${quoteAccount(user, host)}${option ? ' WITH GRANT OPTION' : ''};`
  const parts: string[] = []
  if (verdict.missingToObserve.length > 0)
    parts.push('-- to look: topology, checks, drift', grant(verdict.missingToObserve))
  if (toRun.length > 0 || withOption) parts.push('-- to run: bridge, replication, cutover', grant(toRun, withOption))
  if (verdict.missingToCopy.length > 0) parts.push('-- to copy the data to a new server', grant(verdict.missingToCopy))
  return parts.length === 0 ? null : parts.join('\n')
}
