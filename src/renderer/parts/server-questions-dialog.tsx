import { useState } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field } from './field'
import { Icon } from './icon'
import { Note } from './note'
import { SecretInput } from './secret-input'
import { ServerText } from './server-text'
import { TextInput } from './text-input'

/** What an SSH server asks before it lets one in. Its words stand inside a frame that says whose they are; nothing typed is kept. */
export function ServerQuestionsDialog(props: ServerQuestionsDialogProps) {
  const { host, through, name, instructions, prompts, round, again, own, onAnswer, onRefuse } = props
  const [answers, setAnswers] = useState<string[]>(prompts.map(() => ''))
  const set = (index: number, value: string) => setAnswers(answers.map((old, at) => (at === index ? value : old)))
  return (
    <Dialog
      open
      onClose={onRefuse}
      title={own ? <>{host} wants a password</> : <>{host} asks before it lets you in</>}
      icon={<Icon name="key" />}
    >
      <form
        className="questions"
        onSubmit={(event) => {
          event.preventDefault()
          onAnswer(answers)
        }}
      >
        {again && (
          <Note tone="att" title="Not accepted.">
            {own ? 'Type it again.' : 'Look at what is asked, and answer again.'}
          </Note>
        )}
        {through.length > 0 && <p className="t2">Reached through {through.join(' and ')}.</p>}
        <fieldset className={own ? 'own-words' : 'from-server'}>
          <legend className={own ? 'vh' : undefined}>{own ? 'What is wanted' : 'Text sent by the server'}</legend>
          {name !== '' && (
            <b className="words">
              <ServerText>{name}</ServerText>
            </b>
          )}
          {instructions !== '' && (
            <div className="words">
              <ServerText>{instructions}</ServerText>
            </div>
          )}
          {prompts.map((prompt, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: prompts have no other name, and two may read the same
            <Field key={index} stacked label={<ServerText>{prompt.text.trim() || '(no words)'}</ServerText>}>
              {prompt.echo ? (
                <TextInput
                  value={answers[index] ?? ''}
                  onChange={(value) => set(index, value)}
                  mono
                  autoFocus={index === 0}
                />
              ) : (
                <SecretInput
                  value={answers[index] ?? ''}
                  onChange={(value) => set(index, value)}
                  autoFocus={index === 0}
                />
              )}
            </Field>
          ))}
        </fieldset>
        <p className="t2">
          {own
            ? 'Its host key is known. The password goes to this server only and is remembered until Siteswap is closed; the form of the server can keep one for longer. It may hang up after two minutes.'
            : 'Its host key is known. The answers go to this server only and are not kept; it may hang up after two minutes.'}
        </p>
        <div className="row">
          <Button type="submit" variant="primary" size="md">
            {own ? 'Sign in' : prompts.length === 1 ? 'Send the answer' : 'Send the answers'}
          </Button>
          <Button size="md" onPress={onRefuse}>
            Do not sign in
          </Button>
          {round > 1 && <span className="hint">round {round}</span>}
        </div>
      </form>
    </Dialog>
  )
}

/** What a `ServerQuestionsDialog` shows: every text but `host` and `through` is the server's own, unless `own`. */
export type ServerQuestionsDialogProps = {
  host: string
  through: string[]
  name: string
  instructions: string
  prompts: { text: string; echo: boolean }[]
  /** Rounds of questions so far, this one counted. */
  round: number
  again: boolean
  /** The server takes a password and sent no words. */
  own?: true
  onAnswer: (answers: string[]) => void
  onRefuse: () => void
}
