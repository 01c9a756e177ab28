/** `user@host:port` as ssh reads it for a jump host. */
export interface Destination {
  host: string
  user?: string
  port?: number
}

const portOf = (text: string): number | null => {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port > 0 && port < 65_536 ? port : null
}

/** `[user@]host[:port]`, IPv6 in brackets, or `ssh://[user@]host[:port]`; null when it is neither. */
export const parseDestination = (text: string): Destination | null => {
  const uri = /^ssh:\/\/([^/]*)\/?$/i.exec(text)
  const whole = uri ? (uri[1] ?? '') : text
  const at = whole.lastIndexOf('@')
  const user = at >= 0 ? whole.slice(0, at) : undefined
  const place = whole.slice(at + 1)
  const found = /^\[([^\]]+)\](?::(.*))?$/.exec(place) ?? /^([^:[\]]+)(?::(.*))?$/.exec(place)
  const host = found?.[1]
  if (!host || host.startsWith('-') || user === '' || user?.startsWith('-')) return null
  if (found?.[2] === undefined) return { host, ...(user === undefined ? {} : { user }) }
  const port = portOf(found[2])
  return port === null ? null : { host, port, ...(user === undefined ? {} : { user }) }
}
