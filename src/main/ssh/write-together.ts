import type { Duplex } from 'node:stream'

/**
 * Sends what is written in one turn as one piece. The SSH library writes each packet as length, body and checksum; each
 * alone becomes a packet of the network, and over a jump host three of its own.
 */
export const writeTogether = <S extends Duplex>(stream: S): S => {
  // A channel of the library takes only one piece at a time, unlike a socket.
  stream._writev ??= (pieces, done) =>
    stream._write(Buffer.concat(pieces.map(({ chunk }) => chunk as Buffer)), 'binary', done)
  const write = stream.write
  let held = false
  const together = (...args: unknown[]): boolean => {
    if (!held) {
      held = true
      stream.cork()
      process.nextTick(() => {
        held = false
        stream.uncork()
      })
    }
    return Reflect.apply(write, stream, args) as boolean
  }
  stream.write = together as S['write']
  return stream
}
