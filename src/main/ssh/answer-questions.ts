import { randomUUID } from 'node:crypto'
import type { Prompt } from 'ssh2'
import { type FailureError, fail } from '../../shared/failure'
import type { SignInAnswers, SignInQuestion } from '../../shared/sign-in'

/** Asks the person; the signal takes the question back when the connection is gone. */
export type AskQuestion = (question: SignInQuestion, signal: AbortSignal) => Promise<SignInAnswers>

export interface QuestionsOptions {
  label: string
  user: string
  through: string[]
  password: string | null
  ask: AskQuestion | null
  signal: AbortSignal
}

/** Longer texts and more prompts than any real server sends are cut or refused. */
const textLimit = 2_000
const promptLimit = 20
const looksLikePassword =
  /passw|passphrase|passcode for|kennwort|mot de passe|contrase|wachtwoord|пароль|密码|パスワード/i

/** Answers what a server asks: a stored password for the one hidden question that wants it, everything else by the person. */
export const makeAnswers = (options: QuestionsOptions) => {
  const { label, through, password, ask } = options
  let rounds = 0
  let passwords = 0
  let attempts = 0
  let roundOfAttempt = 0
  let unanswered = false
  const stopped = (): FailureError =>
    fail('cancelled', `Signing in to ${label} was stopped: its questions were not answered.`, {
      where: label,
      try: ['Connect again and answer them.']
    })
  return {
    /** A new keyboard-interactive attempt begins. */
    begin: () => {
      attempts++
      roundOfAttempt = 0
    },
    /** Somebody was needed and nobody could be asked. */
    unanswered: () => unanswered,
    rounds: () => rounds,
    /** A server that takes a password and asks nothing itself: a person types one. `again`: one was refused. */
    password: async (again: boolean): Promise<string | FailureError> => {
      passwords++
      const question: SignInQuestion = {
        id: randomUUID(),
        host: label,
        through,
        name: '',
        instructions: '',
        prompts: [{ text: `Password of ${options.user}`, echo: false }],
        round: passwords,
        again,
        own: true
      }
      const typed = await ask?.(question, options.signal)
      return typed?.[0] ?? stopped()
    },
    answer: async (
      name: string,
      instructions: string,
      prompts: readonly Prompt[]
    ): Promise<string[] | FailureError> => {
      rounds++
      roundOfAttempt++
      const [only] = prompts
      const oneHidden = prompts.length === 1 && only?.echo === false
      // The password answers one hidden question and nothing else: another prompt may be a trap or a second factor.
      const wanted = ask === null || looksLikePassword.test(only?.prompt ?? '')
      if (password !== null && attempts === 1 && roundOfAttempt === 1 && oneHidden && wanted) return [password]
      if (ask === null) {
        unanswered = true
        return []
      }
      if (prompts.length > promptLimit)
        return fail('refused', `${label} asks ${prompts.length} questions at once.`, {
          where: label,
          try: ['No honest server does that: ask who runs the host.']
        })
      const cut = (text: string) => text.slice(0, textLimit)
      const question: SignInQuestion = {
        id: randomUUID(),
        host: label,
        through,
        name: cut(name),
        instructions: cut(instructions),
        prompts: prompts.map(({ prompt, echo }) => ({ text: cut(prompt), echo: echo === true })),
        round: rounds,
        again: attempts > 1 && roundOfAttempt === 1
      }
      const answers = await ask(question, options.signal)
      if (answers === null) return stopped()
      return prompts.map((_prompt, index) => answers[index] ?? '')
    }
  }
}
