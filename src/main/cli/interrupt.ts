type Answer = (signal: NodeJS.Signals) => void

const answers: Answer[] = []

/** Until the returned function is called, `answer` decides what an interrupt, a termination or a hang-up does. The newest wins. */
export const answerInterrupts = (answer: Answer): (() => void) => {
  answers.push(answer)
  return () => {
    const index = answers.lastIndexOf(answer)
    if (index >= 0) answers.splice(index, 1)
  }
}

/** Takes the signals of this process; before anything is open they end it at once. */
export const listenForInterrupts = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      const newest = answers.at(-1)
      if (newest) newest(signal)
      else process.exit(130)
    })
}
