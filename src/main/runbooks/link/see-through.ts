import { fail } from '../../../shared/failure'
import { databaseSecret } from '../../../shared/secret'
import type { Reach } from '../../reach/reach'
import { type LinkFacts, reachableAt } from './link-facts'
import type { PairEnd } from './pair'

/** Who answers at one end of the bridge, asked through it with the application's own account. */
export interface SeenThrough {
  ok: boolean
  /** For people: what answered, or why nothing did. */
  text: string
  /** Milliseconds of a statement through the bridge less the same statement beside it. */
  roundTripMs: number | null
}

/** The two ends: the old database as the new host reaches it, the new database as the old host reaches it. */
export interface BridgeEyes {
  oldFromNewHost(samples?: number): Promise<SeenThrough>
  newFromOldHost(samples?: number): Promise<SeenThrough>
}

type EyeFacts = Pick<LinkFacts, 'old' | 'new' | 'bridge'>

/** Looks through both ends of the bridge; never rejects. */
export const bridgeEyes = (reach: Reach, facts: EyeFacts): BridgeEyes => ({
  oldFromNewHost: (samples = 1) => seeThrough(reach, facts.new, facts.old, reachableAt(facts.bridge.oldAt), samples),
  newFromOldHost: (samples = 1) => seeThrough(reach, facts.old, facts.new, reachableAt(facts.bridge.newAt), samples)
})

const seeThrough = async (
  reach: Reach,
  from: PairEnd,
  to: PairEnd,
  at: { host: string; port: number },
  samples: number
): Promise<SeenThrough> => {
  try {
    const { identity } = await reach.capabilities(to.id)
    const account = { user: to.database.user, secret: databaseSecret(to.id) }
    const session = await reach.sessionThrough(from.id, at, account, 'bridge')
    try {
      // server_id and datadir exist everywhere; the uuid where the flavour has one
      const uuid = identity.uuid === null ? 'NULL' : '@@server_uuid'
      const [row] = await session.query(
        `SELECT ${uuid} AS uuid, @@server_id AS server_id, @@hostname AS hostname, @@port AS port, @@datadir AS datadir`
      )
      const same =
        row !== undefined &&
        row.uuid === identity.uuid &&
        Number(row.server_id) === identity.serverId &&
        row.hostname === identity.hostname &&
        Number(row.port) === identity.port &&
        row.datadir === identity.datadir
      if (!same)
        throw fail('identity', `Another server than ${to.name} answers there.`, {
          why: `It calls itself ${row?.hostname}:${row?.port} with server_id ${row?.server_id}.`
        })
      const beside = samples > 0 ? await reach.session(from.id, 'operate').catch(() => null) : null
      const [through, base] = beside
        ? await fastest([() => session.query('SELECT 1'), () => beside.query('SELECT 1')], samples)
        : [null, null]
      return {
        ok: true,
        text: `${to.name} answers at ${at.host}:${at.port}`,
        roundTripMs: through == null || base == null ? null : Math.max(0, Math.round((through - base) * 10) / 10)
      }
    } finally {
      await session.close()
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      text: `${to.name} does not answer at ${at.host}:${at.port} of ${from.name}: ${why}`,
      roundTripMs: null
    }
  }
}

/** Shortest of some tries of each, asked in turns so that a busy moment hits them alike: what the line needs alone. */
const fastest = async (asks: (() => Promise<unknown>)[], samples: number): Promise<number[]> => {
  const best = asks.map(() => Number.POSITIVE_INFINITY)
  for (let n = 0; n < samples; n++) {
    for (const [index, ask] of asks.entries()) {
      const from = performance.now()
      await ask()
      best[index] = Math.min(best[index] ?? Number.POSITIVE_INFINITY, performance.now() - from)
    }
  }
  return best
}
