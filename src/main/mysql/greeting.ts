import type { Duplex } from 'node:stream'

/** What a server says of itself before anything was sent to it. */
export interface Greeting {
  version: string
  /** It would speak TLS. */
  offersTls: boolean
  /** The sign-in plugin it proposes; null on servers older than 5.5.7. */
  plugin: string | null
}

/** The first packet of a server: a greeting, a refusal (too many connections, blocked address), or something else. */
export type FirstPacket =
  | { kind: 'greeting'; greeting: Greeting }
  | { kind: 'refusal' }
  | { kind: 'strange'; why: string }

/** No greeting is this long; a length beyond it is another protocol's text. */
const longest = 16 * 1024
const capability = { protocol41: 0x0200, ssl: 0x0800, secureConnection: 0x8000, pluginAuth: 0x0008_0000 }
const strange = (why: string): FirstPacket => ({ kind: 'strange', why })

const readGreeting = (body: Buffer): FirstPacket => {
  const end = body.indexOf(0, 1)
  if (end < 0 || body.length < end + 16) return strange('Its greeting is cut short.')
  const version = body.toString('latin1', 1, end).slice(0, 80)
  // thread id (4), first part of the challenge (8), a zero
  const at = end + 1 + 4 + 8 + 1
  const high = body.length >= at + 7 ? body.readUInt16LE(at + 5) : 0
  const flags = body.readUInt16LE(at) + high * 0x1_0000
  if (!(flags & capability.protocol41) || !(flags & capability.secureConnection))
    return strange('It speaks a protocol older than that of MySQL 4.1, in which passwords are as good as open.')
  // status (2), upper capabilities (2), length of the challenge (1), reserved (10), its second part (13 or more)
  const length = body[at + 7] ?? 0
  const name = at + 18 + Math.max(13, length - 8)
  const named = flags & capability.pluginAuth && body.length > name
  const nameEnd = named ? body.indexOf(0, name) : -1
  const plugin = named ? body.toString('latin1', name, nameEnd < 0 ? undefined : nameEnd).slice(0, 80) : null
  return { kind: 'greeting', greeting: { version, offersTls: (flags & capability.ssl) !== 0, plugin } }
}

/** What speaks there instead of a database, when its first words tell. */
const otherProtocol = (bytes: Buffer): string | null => {
  const line = /^[\x20-\x7e]{4,120}/.exec(bytes.toString('latin1', 0, 120))?.[0]
  if (line?.startsWith('SSH-')) return `An SSH server answers there: ${line}`
  return line?.startsWith('HTTP') ? 'A web server answers there.' : null
}

/** Reads the first packet of what a server sent so far, or null while it is not whole. */
export const readFirstPacket = (bytes: Buffer): FirstPacket | null => {
  if (bytes.length < 4) return null
  const stranger = otherProtocol(bytes)
  if (stranger !== null) return strange(stranger)
  const length = bytes.readUIntLE(0, 3)
  if (length === 0 || length > longest || bytes[3] !== 0) return strange('Its first words are not a database’s.')
  if (bytes.length < 4 + length) return null
  const body = bytes.subarray(4, 4 + length)
  if (body[0] === 0xff) return { kind: 'refusal' }
  if (body[0] !== 10) return strange(`It greets in version ${body[0]} of the protocol, and only 10 is known.`)
  return readGreeting(body)
}

/** Waits for the first packet and puts everything read back into the stream, which is left paused. */
export const awaitFirstPacket = (stream: Duplex): Promise<FirstPacket> =>
  new Promise((resolve, reject) => {
    let got = Buffer.alloc(0)
    const settle = (finish: () => void) => {
      stream.off('data', onData)
      stream.off('error', onError)
      stream.off('close', onClose)
      finish()
    }
    const onData = (chunk: Buffer) => {
      got = Buffer.concat([got, chunk])
      const packet = readFirstPacket(got)
      if (packet === null) return
      stream.pause()
      settle(() => {
        stream.unshift(got)
        resolve(packet)
      })
    }
    const onError = (error: Error) => settle(() => reject(error))
    const onClose = () => settle(() => reject(new Error('The server closed the connection before it greeted.')))
    stream.on('data', onData)
    stream.once('error', onError)
    stream.once('close', onClose)
    if (stream.destroyed) onClose()
  })
