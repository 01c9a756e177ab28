import type { SignInAnswers, SignInQuestion } from '../../shared/sign-in'

/**
 * Asks the person what an SSH server wants to know, one question at a time. Answers go to the one who asked. A password
 * typed for a server that asks nothing itself is remembered in memory until it is refused: the next line to the same
 * host would ask for it again.
 */
export interface SignInDesk {
  ask(question: SignInQuestion, signal: AbortSignal): Promise<SignInAnswers>
  answer(id: string, answers: SignInAnswers): void
}

interface Waiting {
  question: SignInQuestion
  resolve: (answers: SignInAnswers) => void
}

/** The same host by the same way; null for a server's own questions, which each want an answer of their own. */
const hostOf = ({ own, host, through }: SignInQuestion): string | null => (own ? JSON.stringify([host, through]) : null)

export const makeSignInDesk = (show: (question: SignInQuestion | null) => void): SignInDesk => {
  const waiting: Waiting[] = []
  const typed = new Map<string, string[]>()
  const take = (wanted: (entry: Waiting) => boolean): Waiting[] => {
    const taken = waiting.filter(wanted)
    for (const entry of taken) waiting.splice(waiting.indexOf(entry), 1)
    return taken
  }
  const answer = (id: string, answers: SignInAnswers): void => {
    const shown = waiting[0]
    const [entry] = take(({ question }) => question.id === id)
    if (!entry) return
    const host = hostOf(entry.question)
    if (host !== null && answers) typed.set(host, answers)
    const alike = host !== null && answers ? take(({ question }) => hostOf(question) === host && !question.again) : []
    for (const each of [entry, ...alike]) each.resolve(answers)
    if (waiting[0] !== shown) show(waiting[0]?.question ?? null)
  }
  return {
    ask: (question, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null)
        const host = hostOf(question)
        if (host !== null && question.again) typed.delete(host)
        const known = host === null ? undefined : typed.get(host)
        if (known) return resolve(known)
        waiting.push({ question, resolve })
        // The server hung up, or nobody wants to know any more: the dialog goes away by itself.
        signal.addEventListener('abort', () => answer(question.id, null), { once: true })
        if (waiting.length === 1) show(question)
      }),
    answer
  }
}
