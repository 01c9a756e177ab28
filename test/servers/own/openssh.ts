import { execFile } from 'node:child_process'

export interface OpenSshRun {
  port: number
  user: string
  key: string
  userFiles: readonly string[]
  globalFiles: readonly string[]
  options?: readonly string[]
}

/** What OpenSSH's own client makes of a host key, asked strictly. */
export type OpenSshVerdict = 'known' | 'unknown' | 'changed' | 'revoked'

/** Signs in to 127.0.0.1 with the system's ssh and nothing of this account's configuration. */
export const opensshVerdict = (run: OpenSshRun): Promise<OpenSshVerdict> =>
  new Promise((resolve, reject) => {
    const files = (paths: readonly string[]) => (paths.length > 0 ? paths.join(' ') : 'none')
    const options = [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      'UpdateHostKeys=no',
      'IdentitiesOnly=yes',
      `IdentityFile=${run.key}`,
      `UserKnownHostsFile=${files(run.userFiles)}`,
      `GlobalKnownHostsFile=${files(run.globalFiles)}`,
      ...(run.options ?? [])
    ]
    const argv = ['-F', 'none', ...options.flatMap((option) => ['-o', option])]
    execFile(
      'ssh',
      [...argv, '-p', String(run.port), '-l', run.user, '--', '127.0.0.1', 'true'],
      (error, _out, words) => {
        if (!error) resolve('known')
        else if (/REVOKED HOST KEY/.test(words)) resolve('revoked')
        else if (/IDENTIFICATION HAS CHANGED/.test(words)) resolve('changed')
        else if (/host key is known for/.test(words)) resolve('unknown')
        else reject(new Error(words))
      }
    )
  })
