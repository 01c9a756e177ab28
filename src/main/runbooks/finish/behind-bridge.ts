import { failureOf } from '../../../shared/failure'
import type { Move, SiteSide } from '../../../shared/move'
import type { BridgeUser } from '../../../shared/retired'
import type { Hands } from '../../runbook/step'
import type { LinkFacts } from '../link/link-facts'
import type { PairEnd } from '../link/pair'
import { shellRun } from '../link/shell'
import { bridgeUsersOf, parseSockets, socketsScript } from './bridge-users'
import { type BehindBridge, type FinishFacts, passiveSide } from './finish-facts'

/** Where the bridge listens for the hosts of the site that does not take writes. */
const listenerOf = (move: Move, passive: PairEnd, side: SiteSide): { server: string; port: number } | null => {
  const end = side === 'old' ? move.bridge?.newAt : move.bridge?.oldAt
  return end ? { server: passive.id, port: end.port } : null
}

/** Asks the host where the bridge listens who is connected there. Never rejects: what cannot be told is said. */
export const lookBehindBridge = async (
  look: Hands['look'],
  facts: { move: Move; link: LinkFacts | null; passive: PairEnd; side: SiteSide }
): Promise<BehindBridge> => {
  const listener = facts.link && listenerOf(facts.move, facts.passive, facts.side)
  if (!listener) return { kind: 'seen', users: [] }
  try {
    const answer = await look(
      listener.server,
      shellRun(socketsScript(listener.port, facts.passive.database.port)),
      10_000
    )
    if (answer.code === 127)
      return { kind: 'unknown', why: `${facts.passive.name} has no “ss”: install the package iproute2 there.` }
    if (answer.code !== 0) return { kind: 'unknown', why: `ss on ${facts.passive.name}: ${answer.stderr.trim()}` }
    return {
      kind: 'seen',
      users: bridgeUsersOf(facts.move, facts.side, listener.server, parseSockets(answer.stdout))
    }
  } catch (error) {
    return { kind: 'unknown', why: failureOf(error).what }
  }
}

/** Those of the users that nobody has declared retired. */
export const stillNeeded = (behind: BehindBridge, retired: readonly string[]): BridgeUser[] =>
  behind.kind === 'seen' ? behind.users.filter((user) => !retired.includes(user.id)) : []

/** All who would be cut off or left as they are: hosts behind the bridge, and a database server that does not answer. */
export const bridgeAndGone = (facts: FinishFacts): BridgeUser[] => {
  const { id, name, gone } = facts[passiveSide(facts)]
  const users = facts.behind.kind === 'seen' ? facts.behind.users : []
  return gone ? [{ id, name: `${name}, does not answer`, connections: 0, idleSeconds: null }, ...users] : users
}
