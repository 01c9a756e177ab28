import { readDsn } from '../../../shared/dsn'
import { configHop } from './copy-hops'
import type { DatabaseDraft } from './database-draft'
import { noOptions, takeOption } from './pasted-options'
import { firstLabel, portOf, readPlace, wordsOf } from './pasted-place'
import { hopsFrom, readSshCommand } from './read-ssh-command'
import type { HopDraft } from './server-draft'

/** What was recognised in a pasted text; a password is handed over apart, it never goes into the move. */
export interface Pasted {
  words: string
  name?: string
  hops?: HopDraft[]
  database?: Partial<DatabaseDraft> & { host: string; port: number; via: 'ssh' | 'direct' }
  password?: string
}

/** `mysql://user:password@host:3306/shop?ssl-mode=…` and `mariadb://…`. */
const readUri = (text: string): Pasted | null => {
  const dsn = readDsn(text)
  if (!dsn) return null
  const { host, port, user, password, socketPath, tls } = dsn
  const place = socketPath ?? `${host}:${port}`
  return {
    words: `database at ${place}${user ? ` as ${user}` : ''}${password ? '; its password is not shown' : ''}`,
    name: host === 'localhost' ? undefined : firstLabel(host),
    database: {
      host,
      port,
      via: 'ssh',
      ...(user ? { user } : {}),
      ...(socketPath ? { at: 'socket', socketPath } : {}),
      ...(tls.mode ? { tls: tls.mode } : {}),
      ...(tls.caPath ? { caPath: tls.caPath } : {}),
      ...(tls.certPath ? { certPath: tls.certPath } : {}),
      ...(tls.keyPath ? { keyPath: tls.keyPath } : {})
    },
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
  const socket = optionOf('S', 'socket')
  const socketPath = socket?.startsWith('/') ? socket : undefined
  return {
    words: `database at ${socketPath ?? `${host}:${port}`}${user ? ` as ${user}` : ''}`,
    name: firstLabel(host),
    database: { host, port, via: 'ssh', ...(user ? { user } : {}), ...(socketPath ? { at: 'socket', socketPath } : {}) }
  }
}

/** A `Host` block of an ssh config: what stands in it, typed out. */
const readConfig = (text: string): Pasted | null => {
  const options = noOptions()
  let alias: string | undefined
  for (const line of text.split('\n')) {
    const match = /^\s*(\w+)\s*[=\s]\s*(.+?)\s*$/.exec(line)
    const [name, value] = [match?.[1], match?.[2]?.replace(/^"|"$/g, '')]
    if (!name || !value) continue
    if (/^(host|match)$/i.test(name)) {
      if (alias !== undefined) break
      alias = value.split(/\s+/)[0]
    } else takeOption(options, name, value)
  }
  if (!alias || /[*?!]/.test(alias)) return null
  const { hops } = hopsFrom({ user: '', host: alias, port: null }, options, [])
  const left = options.leftOut.length > 0 ? `; left out: ${options.leftOut.join(', ')}` : ''
  return { words: `host “${alias}” of an ssh config${left}`, name: alias, hops }
}

/**
 * Recognises what people have at hand: `user@host:port`, an ssh command or address, an ssh config block, a mysql address or command. `aliases` are
 * the names of the person's own ssh config: they are followed there.
 */
export const readPasted = (text: string, aliases: readonly string[] = []): Pasted | null => {
  const trimmed = text.trim().replace(/^\$\s+/, '')
  if (trimmed === '' || trimmed.length > 4000) return null
  const command = /^(?:\S*\/)?(ssh|mysql|mariadb)(?=\s)/.exec(trimmed)?.[1]
  if (!command && /^host\s/im.test(trimmed)) return readConfig(trimmed)
  if (/^(mysqlx?|mariadb|jdbc:\w+):\/\//i.test(trimmed)) return readUri(trimmed)
  const words = wordsOf(trimmed)
  if (command === 'ssh') return readSshCommand(words, aliases)
  if (command) return readMysql(words)
  const [word = ''] = words
  if (words.length !== 1) return null
  if (aliases.includes(word)) return { words: `${word} of your ssh config`, name: word, hops: [configHop(word)] }
  const at = readPlace(word)
  const address = /^(ssh|sftp):\/\//i.test(word)
  if (!at || (/^\w+:\/\//.test(word) && !address)) return null
  if (!at.user && !/[.:]/.test(at.host) && at.port === null && !address) return null
  const { hops, linked } = hopsFrom(at, noOptions(), aliases)
  const place = `${at.user ? `${at.user}@` : ''}${at.host}${linked && at.port === null ? '' : `:${at.port ?? 22}`}`
  return { words: `ssh to ${place}${linked ? ' of your ssh config' : ''}`, name: firstLabel(at.host), hops }
}
