import type { SqlAction } from '../../../shared/runbook'
import { unlogged } from './seed-facts'

/** Statements one after the other in the ordinary session of a server. */
export const sqlAction = (server: string, statements: string[], session = 'operate'): SqlAction => ({
  kind: 'sql',
  server,
  session,
  statements,
  onePacket: false,
  changes: true
})

/** Statements that do not enter the server's binary log: they would travel back over the reverse link. */
export const unloggedAction = (server: string, statements: string[]): SqlAction =>
  sqlAction(server, ['SET SESSION sql_log_bin = 0', ...statements], unlogged)
