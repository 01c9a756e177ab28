/** One word of a POSIX shell, whatever it holds; NUL cannot stand in a command and is refused. */
export const shellWord = (text: string): string => {
  if (text.includes('\0')) throw new Error('A shell word cannot hold a NUL character.')
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Words of one command line. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(' ')

/** A script as one command line, whatever POSIX shell the account signs in to. */
export const shellRun = (script: string): string => `sh -c ${shellWord(script)}`

/**
 * A script for `sh -s`: it is read to its end before its first command runs, so that no command can swallow the rest
 * of it from standard input.
 */
export const shellScript = (lines: readonly string[]): string => `{\nset -eu\n${lines.join('\n')}\nexit 0\n}\n`

/** Value of one word inside a systemd unit's command line: specifiers and variables are taken as text. */
export const unitWord = (text: string): string =>
  /^[A-Za-z0-9_@+=:,./-]+$/.test(text)
    ? text
    : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`

/** `host:port` as OpenSSH's forwarding options want it: IPv6 addresses in brackets. */
export const hostAndPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
