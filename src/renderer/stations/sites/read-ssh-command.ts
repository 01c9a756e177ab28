import { configHop } from './copy-hops'
import { noOptions, type PastedOptions, signInOf, takeOption } from './pasted-options'
import { firstLabel, type Place, portOf, readPlace } from './pasted-place'
import type { Pasted } from './read-pasted'
import { emptyHop, type HopDraft } from './server-draft'

const withValue = new Set('BbcDEeFIiJLlmOoPpQRSWw'.split(''))

/** Flags that make no difference here: terminal, background, forwarding of what is never forwarded. */
const quiet = new Set('46AaCfGgKkMNnqsTtVvXxYyDRLWEeSOQBbcmw'.split(''))

interface Read {
  target: string | null
  options: PastedOptions
  user?: string
  port?: string
  jump?: string
  /** `-L …:host:port`: where the database answers, as seen from there. */
  forward: string | null
}

const take = (read: Read, flag: string, value: string): void => {
  switch (flag) {
    case 'l':
      read.user ??= value
      return
    case 'p':
      read.port ??= value
      return
    case 'J':
      read.jump ??= value
      return
    case 'i':
      takeOption(read.options, 'IdentityFile', value)
      return
    case 'L':
      read.forward ??= value
      return
    case 'o': {
      const [, name = '', set = ''] = /^\s*([A-Za-z0-9]+)[\s=]+(.*)$/.exec(value) ?? []
      if (name) takeOption(read.options, name, set)
      return
    }
    default:
      if (!quiet.has(flag)) read.options.leftOut.push(`-${flag}`)
  }
}

const readWords = (words: readonly string[]): Read => {
  const read: Read = { target: null, options: noOptions(), forward: null }
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      // What follows the host is a command for it.
      if (read.target !== null) break
      read.target = word
      continue
    }
    for (let at = 1; at < word.length; at += 1) {
      const flag = word[at] ?? ''
      if (!withValue.has(flag)) {
        take(read, flag, '')
        continue
      }
      const value = at + 1 < word.length ? word.slice(at + 1) : words[++index]
      if (value !== undefined) take(read, flag, value)
      break
    }
  }
  return read
}

const jumpsOf = (text: string | undefined, known: ReadonlySet<string>): HopDraft[] =>
  (text ?? '')
    .split(',')
    .filter((jump) => jump && jump.toLowerCase() !== 'none')
    .flatMap((jump) => {
      const at = readPlace(jump.trim())
      if (!at) return []
      return known.has(at.host)
        ? [configHop(at.host, { user: at.user, port: at.port })]
        : [emptyHop({ user: at.user, host: at.host, port: at.port ?? 22 })]
    })

/** Hops of one host with its options; a name the ssh config has is followed there, as ssh does. */
export const hopsFrom = (
  at: Place,
  options: PastedOptions,
  aliases: readonly string[]
): { hops: HopDraft[]; linked: boolean } => {
  const known = new Set(aliases)
  const linked = known.has(at.host)
  const jumps = jumpsOf(options.jump, known)
  const user = options.user ?? at.user
  const port = portOf(options.port, at.port)
  const { auth, path, settings } = signInOf(options)
  const signIn = { ...(auth ? { auth } : {}), ...(path ? { path } : {}) }
  const last = linked
    ? configHop(at.host, { user, port, ...signIn })
    : emptyHop({ host: options.host ?? at.host, user, port: port ?? 22, ...signIn, ...(settings ? { settings } : {}) })
  return { hops: [...jumps, last], linked }
}

const forwardOf = (text: string | null): Pasted['database'] => {
  const match = /^(?:.*:)?(\[[0-9a-f:]+\]|[^:[\]\s]+):(\d+)$/i.exec(text ?? '')
  const port = portOf(match?.[2], null)
  if (!match?.[1] || port === null || !/:.*:/.test(`:${text}`)) return undefined
  return { host: match[1].replace(/^\[|\]$/g, ''), port, via: 'ssh' }
}

/** `ssh -J jump -p 2222 -i key user@host`, and most of what people add to it. */
export const readSshCommand = (words: readonly string[], aliases: readonly string[]): Pasted | null => {
  const read = readWords(words)
  const at = read.target === null ? null : readPlace(read.target)
  if (!at) return null
  const { options } = read
  options.user = read.user ?? (at.user || options.user)
  options.port = read.port ?? (at.port === null ? options.port : String(at.port))
  options.jump = read.jump ?? options.jump
  const { hops, linked } = hopsFrom(at, options, aliases)
  const jumps = hops.length - 1
  const database = forwardOf(read.forward)
  const words_ = [
    `ssh to ${at.host}${linked ? ' of your ssh config' : ''}`,
    jumps ? ` through ${jumps} jump${jumps > 1 ? 's' : ''}` : '',
    options.leftOut.length > 0 ? `; left out: ${[...new Set(options.leftOut)].join(', ')}` : ''
  ]
  return { words: words_.join(''), name: firstLabel(at.host), hops, ...(database ? { database } : {}) }
}
