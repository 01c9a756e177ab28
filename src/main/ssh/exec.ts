import type { Client, ClientChannel } from 'ssh2'
import { deadlineText } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import { collect } from './collect'
import { openChannel } from './open-channel'
import type { ExecOptions, ExecResult } from './ssh-host'

const stop = (channel: ClientChannel) => {
  // sshd passes the signal on to the command when it is able to; closing the channel ends the rest.
  try {
    channel.signal('TERM')
    channel.close()
  } catch {
    channel.destroy()
  }
}

/** Runs one command; the command's text is data here and never logged. */
export const execOn = async (
  client: Client,
  label: string,
  command: string,
  options: ExecOptions
): Promise<ExecResult> => {
  const begun = Date.now()
  // a quick command's end can come in the same packet as its beginning, before any await goes on
  let code: number | null = null
  let signalName: string | null = null
  const channel = await openChannel<ClientChannel>(
    client,
    label,
    'run a command',
    options.deadlineMs,
    (answer) =>
      client.exec(command, (error, opened) => {
        opened?.on('exit', (exitCode: number | null, name?: string) => {
          code = exitCode
          signalName = name ?? null
        })
        answer(error, opened)
      }),
    options.signal
  )
  return new Promise<ExecResult>((resolve, reject) => {
    const stdout = collect(channel, options.onStdout)
    const stderr = collect(channel.stderr, options.onStderr)
    let settled = false
    const settle = (finish: () => void) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      client.removeListener('close', onLost)
      options.signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const giveUp = (failure: FailureError) =>
      settle(() => {
        stop(channel)
        reject(failure)
      })
    const onAbort = () => giveUp(fail('cancelled', 'Cancelled.', { where: label }))
    const onLost = () =>
      settle(() =>
        reject(
          fail('unreachable', `The SSH connection to ${label} was lost while a command ran there.`, {
            where: label,
            why: 'Whether the command finished is not known.',
            try: ['Connect again and look at what it did.']
          })
        )
      )
    const timer = setTimeout(
      () =>
        giveUp(
          fail('timeout', `A command on ${label} did not end within ${deadlineText(options.deadlineMs)}.`, {
            where: label,
            words: stderr.text().slice(-500) || undefined,
            try: ['Look at the host’s load.', 'Run the command there by hand to see what it waits for.']
          })
        ),
      Math.max(1, options.deadlineMs - (Date.now() - begun))
    )
    channel.on('close', () => {
      stdout.end()
      stderr.end()
      settle(() => {
        if (code === null && signalName === null) {
          reject(
            fail('unreachable', `${label} closed the channel before the command told how it ended.`, {
              where: label,
              words: stderr.text().slice(-500) || undefined,
              try: ['Try again.', 'Check that the account has a shell.']
            })
          )
          return
        }
        const truncated = stdout.truncated() || stderr.truncated()
        resolve({
          code,
          signal: signalName,
          stdout: stdout.text(),
          stderr: stderr.text(),
          ...(truncated ? { truncated: true as const } : {})
        })
      })
    })
    client.once('close', onLost)
    if (options.signal?.aborted) return onAbort()
    options.signal?.addEventListener('abort', onAbort, { once: true })
    channel.end(options.input ?? '')
  })
}
