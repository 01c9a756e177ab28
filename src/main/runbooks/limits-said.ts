import type { Failure } from '../../shared/failure'
import type { ServerLimit } from '../../shared/server'
import { limitsOf } from '../mysql/server-limits'
import { statementsFor } from '../mysql/statements'
import type { Reach } from '../reach/reach'

/** A cluster's partners and Aurora's storage would write on behind any seal; a provider only keeps rights, and may give them. */
const isHopeless = ({ kind }: ServerLimit): boolean =>
  kind === 'galera' || kind === 'group-replication' || kind === 'aurora'

/** What the preview of a run says of a server that others keep: what cannot work at all stops it, the rest is a warning. Pure. */
export const limitsSaid = (
  name: string,
  limits: readonly ServerLimit[]
): { blockers: Failure[]; warnings: string[] } => ({
  blockers: limits.filter(isHopeless).map((limit) => ({
    kind: 'invalid',
    what: `${name} is ${limit.kind === 'aurora' ? 'on ' : ''}${limit.name}: Siteswap can look at it, but not move it.`,
    where: name,
    why: `${limit.seenBy}. It cannot: ${limit.cannot.join(' ')}`,
    try: [limit.instead]
  })),
  warnings: limits
    .filter((limit) => !isHopeless(limit))
    .map(
      (limit) =>
        `${name} is on ${limit.name} (${limit.seenBy}). What it is known to refuse: ${limit.cannot.join(' ')} ${limit.instead}`
    )
})

/** Looks once more at a server before a run: a group can be joined after the first sign-in. */
export const readLimits = async (reach: Reach, server: string): Promise<ServerLimit[]> => {
  const can = await reach.capabilities(server)
  const { groupMembers } = statementsFor(can)
  if (groupMembers === null) return can.limits
  const members = await (await reach.session(server, 'operate')).query(groupMembers)
  return [...can.limits, ...limitsOf({ version: '', comment: '', variables: {}, groupMembers: members.length })]
}
