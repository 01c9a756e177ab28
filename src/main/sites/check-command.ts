import { deadlineText } from '../../shared/deadline'
import { type Failure, FailureError } from '../../shared/failure'
import type { ServerEntry } from '../../shared/move'
import type { ExecResult, SshHost } from '../ssh/ssh-host'
import type { LineVerdict } from './judge-line'

const longestMs = 5_000

const refused = (entry: ServerEntry, host: SshHost, why: string, words: string): LineVerdict => {
  const failure: Failure = {
    kind: 'denied',
    what: `${host.label} lets this account in and runs no command for it.`,
    where: entry.id,
    why,
    ...(words === '' ? {} : { words }),
    try: [
      'Give the account a shell there (`chsh -s /bin/sh`), or use another account.',
      'A command forced in sshd_config or authorized_keys (ForceCommand, command=) looks like this, too.',
      ...(entry.kind === 'database'
        ? ['To look, nothing is needed here; the bridge and the copy of the data run commands on this host.']
        : [])
    ]
  }
  // A database is looked at through a host without a shell; any other server is of no use then.
  return { state: entry.kind === 'database' ? 'warn' : 'failed', seen: failure.what, detail: [], failure }
}

const late = (entry: ServerEntry, host: SshHost): LineVerdict => {
  const failure: Failure = {
    kind: 'timeout',
    what: `A command on ${host.label} did not end within ${deadlineText(longestMs)}.`,
    where: entry.id,
    why: 'The command is `true`, which does nothing: what takes so long is the shell that runs it.',
    try: [
      'Look what the start-up files of the account’s shell do there (.bashrc, .profile): one of them may wait for something.',
      'Look at the host’s load.'
    ]
  }
  return { state: entry.kind === 'database' ? 'warn' : 'failed', seen: failure.what, detail: [], failure }
}

const wordsOf = ({ stdout, stderr }: ExecResult): string => `${stdout}\n${stderr}`.trim().slice(0, 300)

/** Whether the account on the last hop runs a command: `true`, which changes nothing. Rejects when the line itself is gone. */
export const checkCommand = async (host: SshHost, entry: ServerEntry): Promise<LineVerdict> => {
  try {
    const result = await host.exec('true', { deadlineMs: longestMs })
    if (result.code === 0) return { state: 'ok', seen: 'runs commands (`true`)', detail: [], failure: null }
    const how = result.code === null ? `a signal (${result.signal ?? 'unknown'})` : `code ${result.code}`
    return refused(entry, host, `The command \`true\` ended with ${how}.`, wordsOf(result))
  } catch (error) {
    if (!(error instanceof FailureError) || !host.open) throw error
    if (error.failure.kind === 'timeout') return late(entry, host)
    return refused(entry, host, error.failure.what, error.failure.words ?? '')
  }
}
