import { deadlineText } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import { collect } from './collect'
import type { SshProcess } from './spawn-ssh'
import type { ExecOptions, ExecResult } from './ssh-host'
import { systemSshFailure } from './system-ssh-failure'

/** What ssh itself ends with when it could not do its work; a command that ends so is told from it by what ssh said. */
const sshFailed = 255
const transportWords =
  /^(ssh: |kex_exchange|Connection (closed|reset)|client_loop: send disconnect|mux_client|Shared connection|Control socket|Session open refused|Timeout, server)/m

/** Runs one command by a started ssh. `whole`: whether the connection it goes over is still there, once that has settled. */
export const execBy = (
  started: SshProcess,
  label: string,
  options: ExecOptions,
  whole: () => Promise<boolean>
): Promise<ExecResult> =>
  new Promise((resolve, reject) => {
    const stdout = collect(started.child.stdout, options.onStdout)
    const stderr = collect(started.child.stderr, options.onStderr)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const giveUp = (failure: FailureError) =>
      settle(() => {
        started.stop()
        reject(failure)
      })
    const onAbort = () => giveUp(fail('cancelled', 'Cancelled.', { where: label }))
    const timer = setTimeout(
      () =>
        giveUp(
          fail('timeout', `A command on ${label} did not end within ${deadlineText(options.deadlineMs)}.`, {
            where: label,
            words: stderr.text().slice(-500) || undefined,
            try: ['Look at the host’s load.', 'Run the command there by hand to see what it waits for.']
          })
        ),
      options.deadlineMs
    )
    const told = async (code: number | null) => {
      // Both may end at the same moment, and a lost connection must not pass for a command's own 255.
      const here = code === null || code === sshFailed ? await whole() : true
      settle(() => {
        stdout.end()
        stderr.end()
        if (code === null || (code === sshFailed && (!here || transportWords.test(stderr.text()))))
          return reject(
            here
              ? systemSshFailure(stderr.text(), label)
              : fail('unreachable', `The SSH connection to ${label} was lost while a command ran there.`, {
                  where: label,
                  why: 'Whether the command finished is not known.',
                  try: ['Connect again and look at what it did.']
                })
          )
        const truncated = stdout.truncated() || stderr.truncated()
        resolve({
          code,
          signal: null,
          stdout: stdout.text(),
          stderr: stderr.text(),
          ...(truncated ? { truncated: true as const } : {})
        })
      })
    }
    started.ended.then(told).catch((error: unknown) => settle(() => reject(error)))
    if (options.signal?.aborted) return onAbort()
    options.signal?.addEventListener('abort', onAbort, { once: true })
    started.child.stdin.end(options.input ?? '')
  })
