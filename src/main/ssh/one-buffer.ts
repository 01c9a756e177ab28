import type { OnReadOpts, Socket } from 'node:net'
import type { Client } from 'ssh2'
import { insideOf } from './inside'

/** Some packets of SSH's 32 KiB at once, so that few of them lie in two pieces. */
const bufferBytes = 128 * 1024

/** What a socket reads into, when it is given `onread` at its connect. */
export interface OneBuffer {
  onread: OnReadOpts
  /** Hands what was read to the socket's own listeners for `data`. */
  feed(socket: Socket): void
  /** From now on each piece lies in the same memory as the one before. */
  reuse(client: Client): void
}

/**
 * Reads a line into the same memory again and again: a new 64 KiB for each piece makes a third of the garbage of a busy
 * tunnel, and V8 collects it in pauses of the whole process. Only ciphertext ever lies there, and ssh2 1.17 deciphers
 * it into memory of its own before it returns. The first key exchange is not enciphered and keeps parts of what it read:
 * until somebody is signed in each piece is a copy. With ssh2's compiled addon, which deciphers in place, it stays so.
 */
export const makeOneBuffer = (): OneBuffer => {
  let fed: Socket | null = null
  let reused = false
  return {
    onread: {
      buffer: Buffer.allocUnsafeSlow(bufferBytes),
      callback: (bytes, memory) => {
        const piece = Buffer.from(memory.buffer, memory.byteOffset, bytes)
        fed?.emit('data', reused ? piece : Buffer.from(piece))
        return true
      }
    },
    feed: (socket) => {
      fed = socket
    },
    reuse: (client) => {
      reused = /^(AESGCM|Generic)DecipherNative$/.test(insideOf(client)._decipher?.constructor.name ?? '')
    }
  }
}
