import pLimit from 'p-limit'

/** The answers in the order of the questions, at most so many asked at once. */
export const limited = async <In, Out>(
  atOnce: number,
  questions: readonly In[],
  ask: (question: In) => Promise<Out>
): Promise<Out[]> => {
  const limit = pLimit(atOnce)
  return Promise.all(questions.map((question) => limit(() => ask(question))))
}
