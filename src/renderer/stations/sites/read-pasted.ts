import { emptyHop, type HopDraft } from './server-draft'

/** What was recognised in a pasted text; a password is handed over apart, it never goes into the move. */
export interface Pasted {
  words: string
  name?: string
  hops?: HopDraft[]
  database?: { host: string; port: number; user?: string; via: 'ssh' | 'direct' }
  password?: string
}

const portOf = (text: string | undefined, fallback: number): number => {
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : fallback
}

/** `user@host:port`, with user and port left out where they may be. */
const place = (text: string): { user: string; host: string; port: number } | null => {
  const match = /^(?:([^@\s:/]+)@)?(\[[0-9a-f:]+\]|[^@\s:/[\]]+)(?::(\d{1,5}))?$/i.exec(text)
  if (!match?.[2] || match[2].startsWith('-')) return null
  return { user: match[1] ?? '', host: match[2].replace(/^\[|\]$/g, ''), port: portOf(match[3], 22) }
}

const firstLabel = (host: string): string | undefined =>
  /^[\d.:]+$/.test(host) ? undefined : (host.split('.')[0] ?? host)

/** Words of a command line, quotes taken off. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')

const jumpsOf = (text: string | undefined): HopDraft[] =>
  (text ?? '')
    .split(',')
    .filter(Boolean)
    .flatMap((jump) => {
      const at = place(jump)
      return at ? [emptyHop(at)] : []
    })

const sshWithValue = new Set('BbcDEeFIiJLlmOopQRSWw'.split(''))

/** `ssh -J jump -p 2222 -i key user@host`. */
const readSsh = (words: string[]): Pasted | null => {
  const options: Record<string, string> = {}
  let target: string | undefined
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('-')) {
      target ??= word
      continue
    }
    const flag = word[1] ?? ''
    if (!sshWithValue.has(flag)) continue
    const value = word.length > 2 ? word.slice(2) : words[++index]
    if (value === undefined) continue
    const jump = /^ProxyJump[= ](.+)$/i.exec(value)
    if (flag === 'o' && jump?.[1]) options.J = jump[1]
    else options[flag] = value
  }
  const at = target ? place(target) : null
  if (!at) return null
  const last = emptyHop({
    host: at.host,
    user: options.l ?? at.user,
    port: portOf(options.p, at.port),
    ...(options.i ? { auth: 'key' as const, path: options.i } : {})
  })
  const jumps = jumpsOf(options.J)
  return {
    words: `ssh to ${at.host}${jumps.length ? ` through ${jumps.length} jump${jumps.length > 1 ? 's' : ''}` : ''}`,
    name: firstLabel(at.host),
    hops: [...jumps, last]
  }
}

const decode = (text: string | undefined): string | undefined => {
  if (!text) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `mysql://user:password@host:3306/shop` and `mariadb://…`. */
const readUri = (text: string): Pasted | null => {
  const match =
    /^(?:mysqlx?|mariadb|jdbc:mysql|jdbc:mariadb):\/\/(?:([^:@/]*)(?::([^@]*))?@)?([^:/?#\s]+)(?::(\d+))?/i.exec(text)
  if (!match?.[3]) return null
  const user = decode(match[1])
  const password = decode(match[2])
  return {
    words: `database at ${match[3]}:${portOf(match[4], 3306)}${user ? ` as ${user}` : ''}${password ? '; its password is not shown' : ''}`,
    name: match[3] === 'localhost' ? undefined : firstLabel(match[3]),
    database: { host: match[3], port: portOf(match[4], 3306), via: 'ssh', ...(user ? { user } : {}) },
    ...(password ? { password } : {})
  }
}

/** `mysql -h host -P 3307 -u root`. */
const readMysql = (words: string[]): Pasted | null => {
  const optionOf = (short: string, long: string): string | undefined => {
    for (const [index, word] of words.entries()) {
      if (word === `-${short}` || word === `--${long}`) return words[index + 1]
      if (word.startsWith(`--${long}=`)) return word.slice(long.length + 3)
      if (word.startsWith(`-${short}`) && word.length > 2 && !word.startsWith('--')) return word.slice(2)
    }
    return undefined
  }
  const host = optionOf('h', 'host') ?? '127.0.0.1'
  const user = optionOf('u', 'user')
  const port = portOf(optionOf('P', 'port'), 3306)
  return {
    words: `database at ${host}:${port}${user ? ` as ${user}` : ''}`,
    name: firstLabel(host),
    database: { host, port, via: 'ssh', ...(user ? { user } : {}) }
  }
}

/** A `Host` block of an ssh config. */
const readConfig = (text: string): Pasted | null => {
  const values: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const match = /^\s*(\w+)\s*[=\s]\s*(.+?)\s*$/.exec(line)
    const key = match?.[1]?.toLowerCase()
    if (key && match?.[2] && !(key in values)) values[key] = match[2].replace(/^"|"$/g, '')
  }
  const alias = values.host?.split(/\s+/)[0]
  const host = values.hostname ?? alias
  if (!alias || !host || /[*?!]/.test(host)) return null
  const last = emptyHop({
    host,
    user: values.user ?? '',
    port: portOf(values.port, 22),
    ...(values.identityfile ? { auth: 'key' as const, path: values.identityfile } : {})
  })
  const jumps = jumpsOf(values.proxyjump)
  return { words: `host “${alias}” of an ssh config`, name: alias, hops: [...jumps, last] }
}

/** Recognises what people have at hand: `user@host:port`, an ssh command, an ssh config block, a mysql address or command. */
export const readPasted = (text: string): Pasted | null => {
  const trimmed = text.trim().replace(/^\$\s+/, '')
  if (trimmed === '' || trimmed.length > 4000) return null
  if (/^host\s/im.test(trimmed) && !/^(ssh|mysql|mariadb)\s/.test(trimmed)) return readConfig(trimmed)
  if (/^(mysqlx?|mariadb|jdbc:\w+):\/\//i.test(trimmed)) return readUri(trimmed)
  const words = wordsOf(trimmed)
  if (words[0] === 'ssh') return readSsh(words)
  if (words[0] === 'mysql' || words[0] === 'mariadb') return readMysql(words)
  if (words.length !== 1) return null
  const at = place(words[0] ?? '')
  if (!at || (!at.user && !/[.:]/.test(at.host) && !/:\d+$/.test(words[0] ?? ''))) return null
  return {
    words: `ssh to ${at.user ? `${at.user}@` : ''}${at.host}:${at.port}`,
    name: firstLabel(at.host),
    hops: [emptyHop(at)]
  }
}
