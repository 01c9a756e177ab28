import type { Move } from '../../shared/move'
import type { DomainState } from '../../shared/topology'
import { auditDomain } from '../dns/audit'

/** What every name server and resolver of the move answers now; one that is silent says so in its own answer. */
export const readDomains = async (move: Move): Promise<DomainState[]> =>
  Promise.all(move.domains.map(async (domain) => (await auditDomain(domain)).state))
