import type { ClientChannel } from 'ssh2'
import { insideOfChannel } from './inside'

/** What one channel may hold here, unread and on its way together. A line of 200 MB/s and 40 ms there and back needs as much. */
export const widestWindow = 8 * 1024 * 1024
/** Room is given back in pieces of at least this size: each costs a packet. */
const leastPiece = 1024 * 1024

/**
 * Lets the other side send up to 8 MiB ahead of what was read here. The library's own window is 2 MiB whatever the
 * line, and renewed only once half of it is used: on a long line the sender mostly waits. Nothing is promised twice:
 * each byte allowed is counted in the library's own `incoming.window`, which it lowers by what arrives, and
 * `incoming.window` plus what lies here unread never passes the width. The library's renewing at 1 MiB finds more than
 * that and stays away.
 */
export const widenWindow = (channel: ClientChannel): ClientChannel => {
  const { incoming, outgoing, _client } = insideOfChannel(channel)
  const renew = () => {
    if (incoming.state !== 'open' || (outgoing.state !== 'open' && outgoing.state !== 'eof')) return
    const room = widestWindow - channel.readableLength - incoming.window
    if (room < leastPiece) return
    incoming.window += room
    _client._protocol.channelWindowAdjust(outgoing.id, room)
  }
  const push = channel.push
  channel.push = (chunk, encoding) => {
    const more = push.call(channel, chunk, encoding)
    if (chunk !== null) renew()
    return more
  }
  // Asked for more while a reader still takes what is there: what it took counts only afterwards.
  channel._read = () => queueMicrotask(renew)
  renew()
  return channel
}
