import type { Duplex } from 'node:stream'
import type { Client, ClientChannel } from 'ssh2'
import { deadlineText } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import { channelFailure } from './ssh-failure'
import { widenWindow } from './wide-window'

type Answer<C> = (error: Error | undefined, channel: C) => void

const lostFailure = (label: string): FailureError =>
  fail('unreachable', `The SSH connection to ${label} is closed.`, { where: label, try: ['Connect again.'] })

/**
 * Opens one channel with a deadline: on a half-open transport the library's callback may never come, and a channel that
 * comes too late is closed again.
 */
export const openChannel = <C extends Duplex>(
  client: Client,
  label: string,
  target: string,
  deadlineMs: number,
  ask: (answer: Answer<C>) => void,
  signal?: AbortSignal
): Promise<C> =>
  new Promise<C>((resolve, reject) => {
    let settled = false
    const settle = (finish: () => void) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      client.removeListener('close', onClose)
      signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const onClose = () => settle(() => reject(lostFailure(label)))
    const onAbort = () => settle(() => reject(fail('cancelled', 'Cancelled.')))
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(
            fail('timeout', `${label} did not open a channel to ${target} within ${deadlineText(deadlineMs)}.`, {
              where: label,
              try: [
                'Check that the address is reachable from that host; a firewall that drops packets looks like this.'
              ]
            })
          )
        ),
      deadlineMs
    )
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    client.once('close', onClose)
    try {
      ask((error, channel) => {
        if (settled) {
          channel?.on('error', () => undefined)
          channel?.destroy()
          return
        }
        if (error) return settle(() => reject(channelFailure(error, label, target)))
        // A channel without an error listener takes the process down.
        channel.on('error', () => undefined)
        settle(() => resolve(channel))
      })
    } catch {
      onClose()
    }
  })

/** Ends its own half when the other one ended, as a socket does: otherwise a dead service behind the host goes unnoticed. */
const likeSocket = (channel: ClientChannel): ClientChannel => widenWindow(channel).once('end', () => channel.end())

/** A channel to a unix socket on the host. */
export const openSocketForward = async (
  client: Client,
  label: string,
  path: string,
  deadlineMs: number
): Promise<ClientChannel> =>
  likeSocket(
    await openChannel<ClientChannel>(client, label, path, deadlineMs, (answer) =>
      client.openssh_forwardOutStreamLocal(path, answer)
    )
  )

/** A direct-tcpip channel. */
export const openForward = async (
  client: Client,
  label: string,
  host: string,
  port: number,
  deadlineMs: number,
  signal?: AbortSignal
): Promise<ClientChannel> =>
  likeSocket(
    await openChannel<ClientChannel>(
      client,
      label,
      `${host}:${port}`,
      deadlineMs,
      (answer) => client.forwardOut('127.0.0.1', 0, host, port, answer),
      signal
    )
  )
