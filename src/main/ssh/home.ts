import { homedir } from 'node:os'
import { join } from 'node:path'

/** `~/…` in a path means this account's home. */
export const expandHome = (path: string, home = homedir()): string =>
  path === '~' ? home : path.startsWith('~/') ? join(home, path.slice(2)) : path
