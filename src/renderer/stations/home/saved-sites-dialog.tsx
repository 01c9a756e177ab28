import { useState } from 'react'
import type { SavedSite } from '../../../shared/document'
import type { MoveReview } from '../../../shared/move-review'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { EmptyState } from '../../parts/empty-state'
import { Status } from '../../parts/status'
import { Table } from '../../parts/table'
import { exportSite, importSite, removeSite, useSavedSites } from '../../state/documents'
import { SiteReviewDialog } from './site-review-dialog'
import { siteWords } from './site-words'

type Looked = { siteId: string; name: string; review: MoveReview; imported: boolean }

/** Sites that were saved by themselves: moves begin with them, take them in, and give them to others as files. */
export function SavedSitesDialog({ onClose }: { onClose: () => void }) {
  const sites = useSavedSites((saved) => saved.sites) ?? []
  const [looked, setLooked] = useState<Looked | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const take = async () => {
    const taken = await importSite()
    if (taken) setLooked({ ...taken, imported: true })
  }
  if (looked) return <SiteReviewDialog {...looked} onClose={() => setLooked(null)} />
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Saved sites"
      foot={
        <>
          <Button size="md" icon="import" onPress={() => void take()}>
            Import a site…
          </Button>
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
          <span className="end s11 t3">A move that uses a site keeps its own copy.</span>
        </>
      }
    >
      {sites.length === 0 ? (
        <EmptyState icon="folder" title="No saved site">
          In an opened move, choose “Save a site…” in the menu behind its name, or import one from a file.
        </EmptyState>
      ) : (
        <Table
          label="Saved sites"
          rows={sites}
          rowKey={(site) => site.id}
          columns={[
            { id: 'name', head: 'Site', cell: (site) => <b className="el">{site.name}</b> },
            { id: 'servers', head: 'Servers', fill: true, cell: (site) => <Words site={site} /> },
            { id: 'secrets', head: 'Passwords', right: true, cell: (site) => site.secrets || 'none' },
            {
              id: 'more',
              head: '',
              right: true,
              cell: (site) => (
                <RowActions
                  site={site}
                  removing={removing === site.id}
                  onAskRemove={setRemoving}
                  onLook={(review) => setLooked({ siteId: site.id, name: site.name, review, imported: false })}
                />
              )
            }
          ]}
        />
      )}
    </Dialog>
  )
}

function Words({ site }: { site: SavedSite }) {
  if (site.broken) return <span className="el">{`cannot be read: ${site.broken.what}`}</span>
  if (site.review) return <Status status="attention">not looked at yet</Status>
  return (
    <span className="el t2" title={site.servers.map((server) => server.name).join(', ')}>
      {siteWords(site)}
    </span>
  )
}

/** No undo brings a saved site back: removing it is asked for twice. */
function RowActions({ site, removing, onAskRemove, onLook }: RowActionsProps) {
  if (removing)
    return (
      <span className="row g4 end">
        <Button
          size="sm"
          variant="danger"
          autoFocus
          label={`Remove ${site.name} and its passwords`}
          onPress={() => {
            onAskRemove(null)
            void removeSite(site.id)
          }}
        >
          Remove it
        </Button>
        <Button size="sm" variant="ghost" onPress={() => onAskRemove(null)}>
          Keep
        </Button>
      </span>
    )
  const { review } = site
  return (
    <span className="row g4 end">
      {review && (
        <Button size="sm" label={`Look at ${site.name}`} onPress={() => onLook(review)}>
          Look at it…
        </Button>
      )}
      {!site.broken && (
        <Button size="sm" variant="ghost" label={`Export ${site.name}`} onPress={() => void exportSite(site.id)}>
          Export…
        </Button>
      )}
      <Button size="sm" variant="ghost" label={`Remove ${site.name}`} onPress={() => onAskRemove(site.id)}>
        Remove…
      </Button>
    </span>
  )
}

type RowActionsProps = {
  site: SavedSite
  removing: boolean
  onAskRemove: (siteId: string | null) => void
  onLook: (review: MoveReview) => void
}
