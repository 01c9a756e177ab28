import type { CommandAction } from '../../../shared/runbook'
import { shellScript } from './shell'

/** A script that a host's `sh` reads from standard input, shown and sent as it is. */
export const scriptAction = (server: string, lines: readonly string[], changes = true): CommandAction => ({
  kind: 'command',
  server,
  command: 'sh -s',
  input: shellScript(lines),
  changes
})
