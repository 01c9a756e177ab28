import { useEffect, useState } from 'react'
import type { SavedSite } from '../../../shared/document'
import type { SiteSide } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { EmptyState } from '../../parts/empty-state'
import { Field } from '../../parts/field'
import { Note } from '../../parts/note'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { applySite, loadSites, previewSite, useSavedSites, type WantedSite } from '../../state/documents'
import { useMove } from '../../state/open-move'
import { isUsable, siteWords } from '../home/site-words'
import { ChangeList } from './change-list'

type Preview = Awaited<ReturnType<typeof previewSite>>

const bringing = (site: SavedSite): string => {
  if (site.secrets === 0) return `${siteWords(site)}. No password is kept with it.`
  return `${siteWords(site)}. ${site.secrets === 1 ? 'Its password comes' : `Its ${site.secrets} passwords come`} along.`
}

const forgotten = (count: number): string =>
  count === 1 ? 'A password of what goes is forgotten.' : `${count} passwords of what goes are forgotten.`

/** Puts a saved site into this move: where, in what way, and what that would change is told before. */
export function UseSiteDialog({ first, onClose }: { first: SiteSide | null; onClose: () => void }) {
  const { move } = useMove()
  const saved = useSavedSites((known) => known.sites)
  const empty = (side: SiteSide) => move[side].servers.length === 0
  const [side, setSide] = useState<SiteSide>(first ?? (empty('old') || !empty('new') ? 'old' : 'new'))
  const [chosen, setChosen] = useState<string | null>(null)
  const [wish, setWish] = useState<'replace' | 'add'>('add')
  const [preview, setPreview] = useState<Preview>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => void loadSites(), [])
  const sites = (saved ?? []).filter(isUsable)
  const waiting = (saved ?? []).filter((site) => site.review !== null).length
  const site = sites.find((one) => one.id === chosen) ?? sites[0]
  // An empty site has nothing to keep: it takes over name and mark as well.
  const use = empty(side) ? 'replace' : wish
  const siteId = site?.id ?? ''
  useEffect(() => {
    setPreview(null)
    if (siteId === '') return
    let wanted = true
    void previewSite({ siteId, side, use }).then((told) => wanted && setPreview(told))
    return () => {
      wanted = false
    }
  }, [siteId, side, use])
  const apply = async () => {
    if (!site || !preview || busy) return
    setBusy(true)
    const wanted: WantedSite = { siteId, side, use }
    const done = await applySite(wanted, site.name)
    setBusy(false)
    if (done) onClose()
  }
  const same = preview?.changes.length === 0
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Use a saved site"
      foot={
        site ? (
          <>
            <Button
              variant="primary"
              size="md"
              busy={busy && 'Putting it in'}
              disabled={same ? 'The move is like this already.' : !preview}
              onPress={() => void apply()}
            >
              {use === 'replace' && !empty(side) ? `Replace ${move[side].name}` : `Use in ${move[side].name}`}
            </Button>
            <Button size="md" autoFocus onPress={onClose}>
              Cancel
            </Button>
            <span className="end s11 t3">nothing is contacted; one undo takes it back</span>
          </>
        ) : (
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
        )
      }
    >
      {!site ? (
        <EmptyState icon="folder" title={waiting > 0 ? 'No saved site that was looked at' : 'No saved site'}>
          {waiting > 0
            ? 'In the list of moves, open Saved sites and look at what the imported one asks for.'
            : 'Save one in any move with “Save a site…”, or import one in the list of moves.'}
        </EmptyState>
      ) : (
        <div className="col g12">
          <Field label="Saved site" hint={bringing(site)}>
            <Select value={site.id} onChange={setChosen} options={sites.map(({ id, name }) => ({ id, label: name }))} />
          </Field>
          <Field label="Goes to">
            <Segmented
              label="Site of this move"
              value={side}
              onChange={setSide}
              segments={[
                { id: 'old', label: `${move.old.name}, old` },
                { id: 'new', label: `${move.new.name}, new` }
              ]}
            />
          </Field>
          {!empty(side) && (
            <Field
              label="Its servers"
              hint={use === 'add' ? 'stand beside those that are there' : 'take the place of those that are there'}
            >
              <Segmented
                label="Servers that are there"
                value={use}
                onChange={setWish}
                segments={[
                  { id: 'add', label: 'Add' },
                  { id: 'replace', label: 'Replace all' }
                ]}
              />
            </Field>
          )}
          {preview && preview.forgets > 0 && (
            <Note tone="att" title={forgotten(preview.forgets)}>
              An undo brings the servers back, not their passwords.
            </Note>
          )}
          {preview && (
            <section className="col g4" aria-label="Changes">
              <h3>What changes in the move</h3>
              {same ? (
                <p className="t2">Nothing: it is like this already.</p>
              ) : (
                <ChangeList changes={preview.changes} most={30} />
              )}
            </section>
          )}
        </div>
      )}
    </Dialog>
  )
}
