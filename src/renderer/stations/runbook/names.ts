import { type Move, type SiteSide, serverOf } from '../../../shared/move'

/** The name of what a step or action speaks of: a server's name, or the words as they are. */
export const serverName = (move: Move, server: string): string => serverOf(move, server)?.server.name ?? server

/** The side a server stands on; null for words such as `both`. */
export const sideOf = (move: Move, server: string): SiteSide | null => serverOf(move, server)?.side ?? null
