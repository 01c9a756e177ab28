import type { SignInAnswers, SignInQuestion } from '../../shared/sign-in'

/** Asks the person what an SSH server wants to know, one question at a time. Answers go to the one who asked and are kept nowhere. */
export interface SignInDesk {
  ask(question: SignInQuestion, signal: AbortSignal): Promise<SignInAnswers>
  answer(id: string, answers: SignInAnswers): void
}

interface Waiting {
  question: SignInQuestion
  resolve: (answers: SignInAnswers) => void
}

export const makeSignInDesk = (show: (question: SignInQuestion | null) => void): SignInDesk => {
  const waiting: Waiting[] = []
  const answer = (id: string, answers: SignInAnswers): void => {
    const index = waiting.findIndex((entry) => entry.question.id === id)
    const [entry] = index < 0 ? [] : waiting.splice(index, 1)
    if (!entry) return
    entry.resolve(answers)
    if (index === 0) show(waiting[0]?.question ?? null)
  }
  return {
    ask: (question, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null)
        waiting.push({ question, resolve })
        // The server hung up, or nobody wants to know any more: the dialog goes away by itself.
        signal.addEventListener('abort', () => answer(question.id, null), { once: true })
        if (waiting.length === 1) show(question)
      }),
    answer
  }
}
