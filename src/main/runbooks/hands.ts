import { FailureError, failureOf } from '../../shared/failure'
import { actionRefused } from '../../shared/look-only'
import type { Action, CommandAction, SqlAction } from '../../shared/runbook'
import { secretPlaceholderPattern } from '../../shared/secret'
import { nativeHash } from '../mysql/native-hash'
import type { Reach } from '../reach/reach'
import type { Reaching } from '../runbook/run'

const escapeForQuotes = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll("'", "''")

/** Fills `‹secret:ref›` in on the way to a server and takes the values out of whatever comes back as an error. */
const filled = async (reach: Reach, texts: string[], quote: (value: string) => string) => {
  const values = new Map<string, string>()
  for (const text of texts)
    for (const match of text.matchAll(secretPlaceholderPattern))
      if (match[2] && !values.has(match[2])) values.set(match[2], await reach.secret(match[2]))
  const fill = (text: string) =>
    text.replace(secretPlaceholderPattern, (_whole, hashed: string | undefined, ref: string) => {
      const value = values.get(ref) ?? ''
      return hashed ? nativeHash(value) : quote(value)
    })
  const hide = (text: string) =>
    [...values].reduce(
      (hidden, [ref, value]) =>
        [value, quote(value), nativeHash(value)].reduce(
          (rest, form) => rest.replaceAll(form, `‹secret:${ref}›`),
          hidden
        ),
      text
    )
  return { texts: texts.map(fill), hide }
}

const hiddenError = (error: unknown, hide: (text: string) => string): FailureError => {
  const failure = failureOf(error)
  return new FailureError({
    ...failure,
    what: hide(failure.what),
    why: failure.why && hide(failure.why),
    words: failure.words && hide(failure.words)
  })
}

/** A server that may only be looked at gets nothing that changes it: asked anew for each action, of the move as it is now. */
const assertMayChange = (reach: Reach, action: Action): void => {
  const refusal = actionRefused(reach.move, action)
  if (refusal) throw new FailureError(refusal)
}

/** The reaching half of a step's hands, over the sessions and hosts of an opened move. */
export const makeReaching = (reach: Reach): Reaching => ({
  refusal: (action) => actionRefused(reach.move, action),
  sql: async (action: SqlAction, options = {}) => {
    assertMayChange(reach, action)
    const { texts, hide } = await filled(reach, action.statements, escapeForQuotes)
    const session = await reach.session(action.server, action.session, { packets: action.onePacket })
    try {
      if (action.onePacket) return await session.packet(texts, options)
      const answers = []
      for (const text of texts) answers.push(await session.query(text, undefined, options))
      return answers
    } catch (error) {
      throw hiddenError(error, hide)
    }
  },
  read: async (server, session, statement, values) => (await reach.session(server, session)).query(statement, values),
  command: async (action: CommandAction, options) => {
    assertMayChange(reach, action)
    const { texts, hide } = await filled(reach, [action.input ?? ''], (value) => value)
    const host = await reach.ssh(action.server)
    try {
      const result = await host.exec(action.command, {
        ...options,
        input: action.input === null ? undefined : texts[0]
      })
      return { code: result.code, stdout: hide(result.stdout), stderr: hide(result.stderr) }
    } catch (error) {
      throw hiddenError(error, hide)
    }
  },
  look: async (server, command, deadlineMs = 10_000) => (await reach.ssh(server)).exec(command, { deadlineMs })
})
