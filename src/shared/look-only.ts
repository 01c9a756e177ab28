import type { Failure } from './failure'
import type { Mark } from './mark'
import { type Move, type ServerEntry, serverOf } from './move'
import type { Action } from './runbook'

/** The mark of a server: its own, else that of its site. */
export const markOf = (move: Move, serverId: string): Mark | undefined => {
  const found = serverOf(move, serverId)
  return found && (found.server.mark ?? move[found.side].mark)
}

/** Why nothing that changes this server is sent. */
export const lookOnlyFailure = ({ id, name }: Pick<ServerEntry, 'id' | 'name'>): Failure => ({
  kind: 'denied',
  what: `${name} is marked “only look”: nothing that changes it is sent.`,
  where: id,
  try: [`Take the mark off in Sites, at ${name}, when it may be changed.`]
})

/** The refusal of a change to this server; null: it may be sent. */
export const changeRefused = (move: Move, serverId: string): Failure | null => {
  const found = serverOf(move, serverId)
  return found?.server.lookOnly ? lookOnlyFailure(found.server) : null
}

/** The refusal of an action; null: it changes nothing, or its server may be changed. */
export const actionRefused = (move: Move, action: Action): Failure | null =>
  (action.kind === 'sql' || action.kind === 'command') && action.changes ? changeRefused(move, action.server) : null
