import type { EventName, Events } from '../../shared/contract'
import { type Move, serversOf } from '../../shared/move'
import { databaseSecret, type SecretRef, sshPassphraseSecret, sshPasswordSecret } from '../../shared/secret'

interface Telling {
  secrets: { get(ref: SecretRef): Promise<string | null> }
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void
}

/** Passwords that the typed-out ways to the servers of a move need. */
const neededBy = (move: Move): SecretRef[] =>
  serversOf(move).flatMap(({ server }) => [
    ...(server.database ? [databaseSecret(server.id)] : []),
    ...server.ssh.flatMap(({ auth }, hop) => {
      if (auth?.kind === 'password') return [sshPasswordSecret(server.id, hop)]
      return auth?.kind === 'key' && auth.passphrase ? [sshPassphraseSecret(server.id, hop)] : []
    })
  ])

const list = (refs: readonly SecretRef[]): string =>
  refs.slice(0, 6).join(', ') + (refs.length > 6 ? ` and ${refs.length - 6} more` : '')

/** After an undo or an edit from outside: says which passwords did not come back with it. */
export const tellMissing = async ({ secrets, emit }: Telling, before: Move, after: Move): Promise<void> => {
  const known = new Set(neededBy(before))
  const missing: SecretRef[] = []
  for (const ref of neededBy(after)) {
    // One that cannot be read is there: the form says why it cannot.
    if (!known.has(ref) && (await secrets.get(ref).catch(() => '')) === null) missing.push(ref)
  }
  if (missing.length === 0) return
  emit('notice', {
    tone: 'attention',
    text: `${missing.length === 1 ? 'A password has' : `${missing.length} passwords have`} to be entered: the document came back without ${missing.length === 1 ? 'it' : 'them'}.`,
    detail: `Passwords are not part of undo or of the file. On station Sites: ${list(missing)}`
  })
}

/** After an edit: says which passwords were removed with what they were for. */
export const tellForgotten = ({ emit }: Telling, refs: readonly SecretRef[]): void => {
  if (refs.length === 0) return
  emit('notice', {
    tone: 'ok',
    text:
      refs.length === 1 ? 'Its password was forgotten with it' : `Its ${refs.length} passwords were forgotten with it`,
    detail: `${list(refs)}. An undo does not bring ${refs.length === 1 ? 'it' : 'them'} back.`
  })
}
