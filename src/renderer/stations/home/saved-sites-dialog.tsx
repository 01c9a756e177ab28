import type { SavedSite } from '../../../shared/document'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { EmptyState } from '../../parts/empty-state'
import { Table } from '../../parts/table'
import { removeSite, useSavedSites } from '../../state/documents'
import { siteWords } from './site-words'

/** Sites that were saved by themselves; a new move can begin from each. */
export function SavedSitesDialog({ onClose }: { onClose: () => void }) {
  const sites = useSavedSites((saved) => saved.sites) ?? []
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Saved sites"
      foot={
        <>
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
          <span className="end s11 t3">A move that was begun from a site keeps its own copy.</span>
        </>
      }
    >
      {sites.length === 0 ? (
        <EmptyState icon="folder" title="No saved site">
          In an opened move, choose “Save a site…” in the menu behind its name.
        </EmptyState>
      ) : (
        <Table
          label="Saved sites"
          rows={sites}
          rowKey={(site) => site.id}
          columns={[
            { id: 'name', head: 'Site', cell: (site) => <b className="el">{site.name}</b> },
            {
              id: 'servers',
              head: 'Servers',
              fill: true,
              cell: (site) => <Words site={site} />
            },
            { id: 'secrets', head: 'Passwords', right: true, cell: (site) => site.secrets || 'none' },
            {
              id: 'remove',
              head: '',
              cell: (site) => (
                <Button
                  size="sm"
                  variant="ghost"
                  icon="trash"
                  label={`Remove ${site.name}`}
                  onPress={() => void removeSite(site.id)}
                >
                  Remove
                </Button>
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
  return (
    <span className="el t2" title={site.servers.map((server) => server.name).join(', ')}>
      {siteWords(site)}
    </span>
  )
}
