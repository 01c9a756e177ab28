import { useState } from 'react'
import { callSchemas } from '../../../shared/contract'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { HalfDisc } from '../../parts/half-disc'
import { TextInput } from '../../parts/text-input'
import { createMove } from '../../state/open-move'

const schema = callSchemas['moves.create']

/** Three words and the move exists; everything else is described in its Sites. */
export function NewMoveDialog({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState({ name: '', oldSite: '', newSite: '' })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const parsed = schema.safeParse(draft)
  const same = draft.oldSite.trim() !== '' && draft.oldSite.trim() === draft.newSite.trim()
  const errorOf = (key: keyof typeof draft): string | undefined => {
    const long = key === 'name' ? 120 : 40
    if (draft[key].trim().length > long) return `At most ${long} characters.`
    if (key === 'newSite' && same) return 'Give the new site another name than the old one.'
    return tried && draft[key].trim() === '' ? 'Fill this in.' : undefined
  }
  const create = async () => {
    setTried(true)
    if (!parsed.success || same || busy) return
    setBusy(true)
    await createMove(parsed.data)
    onClose()
  }
  const field = (key: keyof typeof draft, label: string, hint: string, placeholder: string, side?: 'old' | 'new') => (
    <Field label={label} error={errorOf(key)} hint={hint}>
      <TextInput
        value={draft[key]}
        onChange={(value) => setDraft({ ...draft, [key]: value })}
        placeholder={placeholder}
        icon={side && <HalfDisc side={side} size={12} label="" />}
        autoFocus={key === 'name'}
        onEnter={() => void create()}
      />
    </Field>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      title="New move"
      foot={
        <>
          <Button variant="primary" size="md" busy={busy && 'Creating'} keys={['↵']} onPress={() => void create()}>
            Create
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
          <span className="end s11 t3">nothing is contacted</span>
        </>
      }
    >
      <div className="col g8">
        {field('name', 'Name', 'What is moved, as you call it.', 'shop.example.com')}
        {field('oldSite', 'Old site', 'Where it runs today.', 'Frankfurt', 'old')}
        {field('newSite', 'New site', 'Where it goes.', 'Lisbon', 'new')}
      </div>
    </Dialog>
  )
}
