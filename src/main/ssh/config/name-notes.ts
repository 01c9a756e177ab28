import { FailureError } from '../../../shared/failure'
import type { SshNote } from '../../../shared/ssh-settings'

const mayBeWhy = new Set(['auth', 'unreachable', 'timeout', 'refused', 'not-found'])

/** A failure on the way, with the options of the ssh config that may be why: those only the system's ssh follows. */
export const nameNotes = (error: unknown, notes: readonly SshNote[]): unknown => {
  const needed = notes.filter((note) => note.effect === 'system-ssh')
  if (!(error instanceof FailureError) || needed.length === 0 || !mayBeWhy.has(error.failure.kind)) return error
  const said = needed.map((note) => `Your ssh config sets ${note.option} (${note.file}:${note.line}). ${note.words}`)
  return new FailureError({ ...error.failure, try: [...said, ...error.failure.try] }, { cause: error })
}
