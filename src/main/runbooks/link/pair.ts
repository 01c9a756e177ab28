import { fail } from '../../../shared/failure'
import { type Bridge, type DatabaseEndpoint, databasePair, type Move, type ServerEntry } from '../../../shared/move'
import type { Reach } from '../../reach/reach'

/** What a runbook is prepared from: the document, and the way to its servers. */
export interface Prepare {
  reach: Reach
  move: Move
}

/** One database server of the pair, with the parts of its entry that a step needs. */
export interface PairEnd {
  id: string
  name: string
  database: DatabaseEndpoint
}

export interface Pair {
  old: PairEnd
  new: PairEnd
}

/** The database pair of a move; rejects in words when there is none or it is not reachable by SSH. */
export const pairOf = (move: Move): Pair => {
  const pair = databasePair(move)
  if (!pair)
    throw fail('invalid', 'This move has no pair of database servers yet.', {
      try: ['On Topology, drag from the old database server to its new counterpart.']
    })
  return { old: endOf(pair.old), new: endOf(pair.new) }
}

const endOf = (entry: ServerEntry): PairEnd => {
  if (!entry.database)
    throw fail('invalid', `${entry.name} has no database address.`, {
      where: entry.name,
      try: ['On Sites, fill in the database address of this server.']
    })
  return { id: entry.id, name: entry.name, database: entry.database }
}

/** The bridge of a move; both database hosts must be reached by SSH, because it runs from one to the other. */
export const bridgeOf = (move: Move): Bridge => {
  if (!move.bridge)
    throw fail('invalid', 'This move does not say yet where the bridge goes.', {
      try: ['On Sites, fill in the bridge: user and address of the old database host as the new one reaches it.']
    })
  const pair = databasePair(move)
  for (const entry of pair ? [pair.old, pair.new] : [])
    if (entry.ssh.length === 0)
      throw fail('invalid', `${entry.name} is not reached by SSH, so no bridge can be built from or to it.`, {
        where: entry.name,
        try: ['On Sites, give this server an SSH address.']
      })
  return move.bridge
}
