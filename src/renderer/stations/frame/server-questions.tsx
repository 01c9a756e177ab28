import { ServerQuestionsDialog } from '../../parts/server-questions-dialog'
import { answerSignIn, useShell } from '../../state/shell'

/** What an SSH server asks while it is signed in to. Each question begins with empty fields. */
export function ServerQuestions() {
  const question = useShell((shell) => shell.signIn)
  if (!question) return null
  return (
    <ServerQuestionsDialog
      key={question.id}
      {...question}
      onAnswer={(answers) => void answerSignIn(question.id, answers)}
      onRefuse={() => void answerSignIn(question.id, null)}
    />
  )
}
