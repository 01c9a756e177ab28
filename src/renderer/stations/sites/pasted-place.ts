/** `user@host:port` with user and port left out where they may be. */
export interface Place {
  user: string
  host: string
  port: number | null
}

/** A port in a text, or `fallback` when it is none. */
export const portOf = <F extends number | null>(text: string | undefined, fallback: F): number | F => {
  const port = Number(text)
  return text !== undefined && Number.isInteger(port) && port > 0 && port < 65_536 ? port : fallback
}

/** Reads `user@host:port`, `[::1]:22` and `ssh://user@host:port/`. */
export const readPlace = (text: string): Place | null => {
  const bare = text.replace(/^(?:ssh|sftp):\/\//i, '')
  const whole = bare === text ? bare : bare.replace(/\/.*$/, '')
  const match = /^(?:([^@\s:/]+)(?::[^@]*)?@)?(\[[0-9a-f:.]+(?:%\w+)?\]|[^@\s:/[\]]+)(?::(\d{1,5}))?$/i.exec(whole)
  if (!match?.[2] || match[2].startsWith('-') || match[1]?.startsWith('-')) return null
  return { user: match[1] ?? '', host: match[2].replace(/^\[|\]$/g, ''), port: portOf(match[3], null) }
}

/** Words of a command line, quotes taken off. */
export const wordsOf = (line: string): string[] => {
  const words: string[] = []
  for (const match of line.replace(/\\\n/g, ' ').matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g))
    words.push(
      match[0].replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
        double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1')
      )
    )
  return words
}

/** A short name of a host; none of an address. */
export const firstLabel = (host: string): string | undefined =>
  /^[\d.:]+$/.test(host) ? undefined : (host.split('.')[0] ?? host)
