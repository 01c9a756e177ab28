import { failureOf } from '../../shared/failure'
import type { ServerEntry } from '../../shared/move'
import { canarySecret } from '../../shared/secret'
import type { Reach } from '../reach/reach'
import type { Address } from '../redirect/database-address'

export const canaryAccount = 'siteswap_canary'

/** How the databases answer the canary account, asked from an application host with the password known here. */
export type CanarySignIn =
  | { kind: 'accepted'; host: string; at: number }
  /** A new password would mend it. */
  | { kind: 'refused'; host: string; why: string; at: number }
  /** It could not be tried. */
  | { kind: 'unknown'; host: string; why: string; at: number }

const mendedByPassword = new Set(['auth', 'secret-missing'])

/** Signs in as the canary account at each of these addresses, the way canary orders and the armed hosts do; changes nothing, never rejects. */
export const tryCanarySignIn = async (
  reach: Pick<Reach, 'sessionThrough'>,
  host: Pick<ServerEntry, 'id' | 'name'>,
  addresses: readonly Address[],
  now: () => number
): Promise<CanarySignIn> => {
  const answers = await Promise.all(
    addresses.map(async (address): Promise<CanarySignIn> => {
      try {
        const account = { user: canaryAccount, secret: canarySecret }
        const session = await reach.sessionThrough(host.id, address, account, 'canary-sign-in')
        await session.close().catch(() => undefined)
        return { kind: 'accepted', host: host.name, at: now() }
      } catch (error) {
        const { kind, what } = failureOf(error)
        return { kind: mendedByPassword.has(kind) ? 'refused' : 'unknown', host: host.name, why: what, at: now() }
      }
    })
  )
  const worst = answers.find(({ kind }) => kind === 'refused') ?? answers.find(({ kind }) => kind === 'unknown')
  return worst ?? { kind: 'accepted', host: host.name, at: now() }
}
