import { useEffect, useState } from 'react'
import type { SiteSide } from '../../../shared/move'
import type { MoveChange } from '../../../shared/move-changes'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { Segmented } from '../../parts/segmented'
import { TextInput } from '../../parts/text-input'
import { loadSites, saveSite, siteChanges, useSavedSites } from '../../state/documents'
import { useMove } from '../../state/open-move'
import { ChangeList } from './change-list'

/** Keeps one site of this move by itself, so that other moves can begin from it. */
export function SaveSiteDialog({ onClose }: { onClose: () => void }) {
  const { move } = useMove()
  const [side, setSide] = useState<SiteSide>('old')
  const [typed, setTyped] = useState<string | null>(null)
  const [secrets, setSecrets] = useState(true)
  const [busy, setBusy] = useState(false)
  const known = useSavedSites((saved) => saved.sites)
  useEffect(() => void loadSites(), [])
  const name = (typed ?? move[side].name).trim()
  const replaced = known?.find((site) => site.name === name && site.broken === null)?.id ?? null
  const replaces = replaced !== null
  const [changes, setChanges] = useState<MoveChange[] | null>(null)
  useEffect(() => {
    setChanges(null)
    if (replaced === null) return
    let wanted = true
    void siteChanges(side, replaced).then((told) => wanted && setChanges(told))
    return () => {
      wanted = false
    }
  }, [side, replaced])
  const count = move[side].servers.length
  const problem = name === '' ? 'Fill this in.' : name.length > 40 ? 'At most 40 characters.' : undefined
  const save = async () => {
    if (problem || busy) return
    setBusy(true)
    const saved = await saveSite(side, name, secrets)
    setBusy(false)
    if (saved) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save a site for other moves"
      foot={
        <>
          <Button variant="primary" size="md" busy={busy && 'Saving'} onPress={() => void save()}>
            {replaces ? 'Update' : 'Save'}
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <div className="col g12">
        <Field label="Site">
          <Segmented
            label="Site"
            value={side}
            onChange={(chosen) => {
              setSide(chosen)
              setTyped(null)
            }}
            segments={[
              { id: 'old', label: move.old.name },
              { id: 'new', label: move.new.name }
            ]}
          />
        </Field>
        <Field
          label="Saved as"
          error={problem}
          hint={`${replaces ? `Brings the saved site ${name} up to date: ` : ''}${count === 1 ? '1 server' : `${count} servers`}, how to reach each, and what is redirected on it.`}
        >
          <TextInput value={typed ?? move[side].name} onChange={setTyped} onEnter={() => void save()} autoFocus />
        </Field>
        <Checkbox
          checked={secrets}
          onChange={setSecrets}
          hint="As copies in the keychain; the file itself holds no password."
        >
          With its passwords
        </Checkbox>
        {changes && (
          <section className="col g4" aria-label="Changes">
            <h3>What changes in the saved site</h3>
            {changes.length === 0 ? (
              <p className="t2">Nothing: it is saved like this already.</p>
            ) : (
              <ChangeList changes={changes} most={30} />
            )}
            {changes.length > 0 && (
              <p className="s12 t2">
                Moves that were begun with it keep what they have; use it in them again to change them.
              </p>
            )}
          </section>
        )}
      </div>
    </Dialog>
  )
}
