import { useEffect, useState } from 'react'
import { callSchemas } from '../../../shared/contract'
import type { SavedSite } from '../../../shared/document'
import type { SiteSide } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { HalfDisc } from '../../parts/half-disc'
import { Select } from '../../parts/select'
import { TextInput } from '../../parts/text-input'
import { loadSites, useSavedSites } from '../../state/documents'
import { createMove } from '../../state/open-move'
import { isUsable, siteWords } from './site-words'

const schema = callSchemas['moves.create']
const anew = ''

const savedWords = (site: SavedSite): string =>
  `${siteWords(site)}${site.secrets ? `, with ${site.secrets === 1 ? 'its password' : `its ${site.secrets} passwords`}` : ''}`

/** Three words and the move exists; everything else is described in its Sites, or comes from a saved site. */
export function NewMoveDialog({ onClose }: { onClose: () => void }) {
  const sites = (useSavedSites((saved) => saved.sites) ?? []).filter(isUsable)
  const [draft, setDraft] = useState({ name: '', oldSite: '', newSite: '' })
  const [saved, setSaved] = useState({ old: anew, new: anew })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => void loadSites(), [])
  const parsed = schema.safeParse(draft)
  const same = draft.oldSite.trim() !== '' && draft.oldSite.trim() === draft.newSite.trim()
  const twice = saved.old !== anew && saved.old === saved.new
  const errorOf = (key: keyof typeof draft): string | undefined => {
    const long = key === 'name' ? 120 : 40
    if (draft[key].trim().length > long) return `At most ${long} characters.`
    if (key === 'newSite' && same) return 'Give the new site another name than the old one.'
    return tried && draft[key].trim() === '' ? 'Fill this in.' : undefined
  }
  const create = async () => {
    setTried(true)
    if (!parsed.success || same || twice || busy) return
    setBusy(true)
    await createMove({
      ...parsed.data,
      ...(saved.old === anew ? {} : { oldSaved: saved.old }),
      ...(saved.new === anew ? {} : { newSaved: saved.new })
    })
    onClose()
  }
  const choose = (side: SiteSide, id: string) => {
    setSaved({ ...saved, [side]: id })
    const site = sites.find((one) => one.id === id)
    const key = side === 'old' ? 'oldSite' : 'newSite'
    if (site) setDraft({ ...draft, [key]: site.name })
  }
  const field = (key: keyof typeof draft, label: string, hint: string, placeholder: string, side?: SiteSide) => (
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
  const begin = (side: SiteSide) => {
    const site = sites.find((one) => one.id === saved[side])
    return (
      sites.length > 0 && (
        <Field
          label="Begins with"
          error={twice && side === 'new' ? 'The old site is this one already.' : undefined}
          hint={site && savedWords(site)}
        >
          <Select
            value={saved[side]}
            onChange={(id) => choose(side, id)}
            options={[
              { id: anew, label: 'no servers yet' },
              ...sites.map(({ id, name }) => ({ id, label: `saved site ${name}` }))
            ]}
          />
        </Field>
      )
    )
  }
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
        {begin('old')}
        {field('newSite', 'New site', 'Where it goes.', 'Lisbon', 'new')}
        {begin('new')}
      </div>
    </Dialog>
  )
}
