import type { HostKeyQuestion } from '../../shared/doctor'

/** Asks the person about unknown host keys, one question at a time. */
export interface HostKeyDesk {
  ask(question: HostKeyQuestion): Promise<boolean>
  answer(id: string, accept: boolean): void
}

export const makeHostKeyDesk = (show: (question: HostKeyQuestion | null) => void): HostKeyDesk => {
  const waiting: { question: HostKeyQuestion; resolve: (accept: boolean) => void }[] = []
  const showFirst = () => show(waiting[0]?.question ?? null)
  return {
    ask: (question) =>
      new Promise((resolve) => {
        waiting.push({ question, resolve })
        if (waiting.length === 1) showFirst()
      }),
    answer: (id, accept) => {
      const index = waiting.findIndex((entry) => entry.question.id === id)
      const [entry] = index < 0 ? [] : waiting.splice(index, 1)
      entry?.resolve(accept)
      showFirst()
    }
  }
}
