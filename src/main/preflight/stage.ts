import type { LinkStatus } from '../../shared/server'
import { isOn } from '../mysql/words'
import { variable } from './evidence'
import { FactUnknown, type PreflightFacts, type ServerFacts, value } from './facts'

/** Which server follows which: the active one takes the shop's writes, the passive one will. */
export interface Roles {
  active: ServerFacts
  passive: ServerFacts
}

/** Old is active until the roles are seen to be exchanged. */
export const rolesOf = (facts: PreflightFacts): Roles => {
  const closed = (server: ServerFacts) => server.variables.known && isReadOnly(server)
  const exchanged = closed(facts.old) && facts.new.variables.known && !isReadOnly(facts.new)
  return exchanged ? { active: facts.new, passive: facts.old } : { active: facts.old, passive: facts.new }
}

export const isReadOnly = (server: ServerFacts): boolean =>
  (variable(server, 'read_only') ?? 'OFF').toUpperCase() !== 'OFF' || isOn(variable(server, 'super_read_only'))

/** The links of `replica` that read from `source`: by identity, never by address. */
export const linksFrom = (replica: ServerFacts, source: ServerFacts): LinkStatus[] => {
  const { identity } = value(source.capabilities)
  return value(replica.links).filter((link) =>
    link.sourceUuid ? link.sourceUuid.toLowerCase() === identity.uuid : link.sourceServerId === identity.serverId
  )
}

/** True when the passive server follows the active one, or tries to: the station Replicate has been there. */
export const isLinked = ({ active, passive }: Roles): boolean =>
  linksFrom(passive, active).length > 0 || value(passive.links).some((link) => link.sourceServerId === 0)

/** Positions of MySQL and MariaDB say nothing of each other: a rule that compares them ends as unknown. */
export const comparable = ({ active, passive }: Roles): void => {
  if (value(active.capabilities).flavour === value(passive.capabilities).flavour) return
  const what = 'MySQL and MariaDB number their transactions in different ways: they cannot be compared.'
  throw new FactUnknown({ kind: 'invalid', what, try: ['See check A05.'] }, passive.position.evidence)
}

export const notYet = 'Not set up yet: the station Replicate does it.'
