import { useEffect, useState } from 'react'
import type { MoveVersion } from '../../../shared/document'
import { changesTitle } from '../../../shared/move-changes'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { EmptyState } from '../../parts/empty-state'
import { ErrorPanel } from '../../parts/error-panel'
import { formatMoment } from '../../parts/format'
import { Loading } from '../../parts/loading'
import { Table } from '../../parts/table'
import { readVersions, restoreVersion, type VersionsState } from '../../state/documents'
import { ChangeList } from './change-list'

/** The versions a move had before, each with what was changed after it; one of them can be put back. */
export function VersionsDialog({ moveId, name, onClose }: VersionsDialogProps) {
  const [state, setState] = useState<VersionsState>({ kind: 'reading' })
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => void readVersions(moveId).then(setState), [moveId])
  const versions = state.kind === 'read' ? state.versions : []
  const version = versions.find((one) => one.id === chosen) ?? versions[0]
  const restore = async () => {
    if (!version || version.failure || busy) return
    setBusy(true)
    const done = await restoreVersion(moveId, version.id)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Earlier versions of ${name}`}
      foot={
        <>
          <Button
            variant="primary"
            size="md"
            busy={busy && 'Restoring'}
            disabled={!version || (version.failure?.what ?? false)}
            onPress={() => void restore()}
          >
            Restore this version
          </Button>
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
          <span className="end s11 t3">Passwords, journal and runs stay as they are.</span>
        </>
      }
    >
      {state.kind === 'reading' && <Loading rows={4}>Reading the earlier versions</Loading>}
      {state.kind === 'failed' && (
        <ErrorPanel
          title={state.failure.what}
          serverWords={state.failure.words}
          where={state.failure.where}
          happened={state.failure.why}
          tries={state.failure.try.map((title) => ({ title }))}
        />
      )}
      {state.kind === 'read' && versions.length === 0 && (
        <EmptyState icon="clock" title="No earlier version yet">
          One is kept whenever edits begin after a pause; the last twenty stay.
        </EmptyState>
      )}
      {version && (
        <div className="col g12">
          <div className="tscroll versions">
            <Table
              label="Earlier versions"
              rows={versions}
              rowKey={(one) => one.id}
              selected={version.id}
              onSelect={setChosen}
              columns={[
                { id: 'saved', head: 'As it was saved', cell: (one) => formatMoment(one.savedAt) },
                { id: 'changes', head: 'Changed after it', fill: true, cell: (one) => <Changed version={one} /> }
              ]}
            />
          </div>
          {version.failure === null && version.changes.length > 0 && (
            <section className="col g4" aria-label="Changed after it">
              <h3>Changed after this version</h3>
              <ChangeList changes={version.changes} />
            </section>
          )}
        </div>
      )}
    </Dialog>
  )
}

function Changed({ version }: { version: MoveVersion }) {
  if (version.failure) return <span className="el">{`cannot be read: ${version.failure.what}`}</span>
  return <span className="el t2">{changesTitle(version.changes)}</span>
}

/** What a `VersionsDialog` is told. */
export type VersionsDialogProps = { moveId: string; name: string; onClose: () => void }
