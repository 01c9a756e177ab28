import { connect, type Socket } from 'node:net'
import { deadlineText, within } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'

const socketFailure = (path: string, error: NodeJS.ErrnoException): FailureError => {
  const { code } = error
  const more = { where: path, ...(code === undefined ? {} : { code }) }
  switch (code) {
    case 'ENOENT':
      return fail('not-found', `There is no socket at ${path} on this computer.`, {
        ...more,
        try: ['Check that the server runs.', 'Ask it where its socket is: SHOW VARIABLES LIKE ‘socket’.']
      })
    case 'ECONNREFUSED':
      return fail('refused', `Nobody listens at the socket ${path}.`, { ...more, try: ['Start the server.'] })
    case 'EACCES':
    case 'EPERM':
      return fail('denied', `This computer’s user may not use the socket ${path}.`, {
        ...more,
        try: ['Use host and port, or an account that may.']
      })
    default:
      return fail('unreachable', `The connection to the socket ${path} failed.`, {
        ...more,
        words: error.message,
        try: ['Check the path.']
      })
  }
}

/** A connected unix socket of this computer. */
export const dialSocket = (path: string, deadlineMs: number, signal?: AbortSignal): Promise<Socket> => {
  const socket = connect({ path })
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error) => reject(socketFailure(path, error)))
  })
  // A socket without an error listener takes the process down when the line breaks between owners.
  socket.on('error', () => undefined)
  return within(
    connected,
    deadlineMs,
    () =>
      fail('timeout', `The socket ${path} did not answer within ${deadlineText(deadlineMs)}.`, {
        where: path,
        try: ['Look at the server’s load.']
      }),
    { signal, giveUp: () => socket.destroy() }
  )
}
