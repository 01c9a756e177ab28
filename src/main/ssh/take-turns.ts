import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'

/** After this the others have their turn; more at once makes no line faster. */
const turnMs = 1

/**
 * Keeps one busy line from holding up the process: of a socket that always has data the system hands over up to 2 MiB in
 * one turn of the event loop, and each byte of it is deciphered at once, on every hop.
 */
export const takeTurns = (socket: Socket, clock: () => number = () => performance.now()): Socket => {
  let began: number | null = null
  let paused = false
  const next = () => {
    began = null
    if (!paused) return
    paused = false
    socket.resume()
  }
  const onData = () => {
    const now = clock()
    if (began === null) {
      began = now
      setImmediate(next)
    } else if (now - began >= turnMs && !paused) {
      paused = true
      socket.pause()
    }
  }
  // A stream's own `on` would start the flow before the SSH library listens.
  EventEmitter.prototype.on.call(socket, 'data', onData)
  return socket
}
