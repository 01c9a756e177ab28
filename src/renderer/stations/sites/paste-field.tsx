import { useState } from 'react'
import { Field } from '../../parts/field'
import { TextInput } from '../../parts/text-input'
import { type Pasted, readPasted } from './read-pasted'

/** Takes what people have at hand, says what it recognised, and fills the form. */
export function PasteField({ aliases, onPasted }: PasteFieldProps) {
  const [text, setText] = useState('')
  const [seen, setSeen] = useState<string | null>(null)
  const read = (typed: string) => {
    const pasted = readPasted(typed, aliases)
    if (!pasted) {
      setText(typed)
      setSeen(null)
      return
    }
    onPasted(pasted)
    setSeen(pasted.words)
    // A pasted address may hold a password: it does not stay on the screen.
    setText('')
  }
  return (
    <Field
      label="Paste"
      hint={
        seen ? `Filled in: ${seen}.` : 'user@host:port, an ssh command, address or config block, or a mysql:// address'
      }
    >
      <PasteInput value={text} aliases={aliases} onText={setText} onDone={read} />
    </Field>
  )
}

/** What a `PasteField` is told; `aliases` are the names of the person's ssh config. */
export type PasteFieldProps = { aliases: readonly string[]; onPasted: (pasted: Pasted) => void }

function PasteInput({
  value,
  aliases,
  onText,
  onDone
}: {
  value: string
  aliases: readonly string[]
  onText: (text: string) => void
  onDone: (text: string) => void
}) {
  return (
    <div
      className="grow"
      onPaste={(event) => {
        const text = event.clipboardData.getData('text')
        if (text.length > 4000 || !readPasted(text, aliases)) return
        event.preventDefault()
        onDone(text)
      }}
    >
      <TextInput
        value={value}
        onChange={onText}
        onEnter={() => onDone(value)}
        onBlur={() => value && onDone(value)}
        placeholder="ssh -J bastion deploy@db1"
        mono
      />
    </div>
  )
}
