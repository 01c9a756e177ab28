import type { Duplex } from 'node:stream'
import { FailureError, fail } from '../../shared/failure'
import type { SshHost } from '../ssh/ssh-host'

/** A channel to a unix socket on the far side. An SSH server says only that it failed: all reasons are named. */
export const forwardToSocket = (host: SshHost, path: string, deadlineMs: number): Promise<Duplex> =>
  host.forwardSocket(path, deadlineMs).catch((error: unknown) => {
    if (!(error instanceof FailureError) || !['refused', 'denied'].includes(error.failure.kind)) throw error
    const { words, code } = error.failure
    throw fail('refused', `${host.label} does not lead to the socket ${path}.`, {
      where: host.label,
      why: 'SSH servers do not say which it is: no such socket, nobody listening, no right to use it, or no forwarding of sockets.',
      words,
      code,
      try: [
        'Ask the database where its socket is: SHOW VARIABLES LIKE ‘socket’.',
        'Try there, as the SSH user: mysql --socket with that path.',
        'Set AllowStreamLocalForwarding yes in its sshd_config, or reach the database by host and port.'
      ]
    })
  })
