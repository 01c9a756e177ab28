import type { ReactNode } from 'react'
import { Button } from './button'
import { CopyButton } from './copy-button'
import { Dialog } from './dialog'
import { Fingerprint } from './fingerprint'
import type { Side } from './half-disc'
import { Icon } from './icon'
import { Note } from './note'
import { SiteChip } from './site-chip'

/** Asks whether a host key is right. The safe choice has the focus; a changed key cannot be accepted here. */
export function HostKeyDialog({
  open,
  host,
  site,
  words,
  keyType,
  fingerprint,
  command,
  changed,
  onTrust,
  onRefuse
}: HostKeyDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onRefuse}
      title={changed ? `${host} shows another key` : `Is this ${host}?`}
      icon={<Icon name="key" />}
      aside={site && <SiteChip side={site.side}>{site.name}</SiteChip>}
      foot={
        <>
          {!changed && (
            <Button variant="primary" size="md" onPress={onTrust}>
              It matches, trust and connect
            </Button>
          )}
          <Button size="md" autoFocus onPress={onRefuse}>
            Do not connect
          </Button>
        </>
      }
    >
      <p>{words}</p>
      {changed && (
        <Note tone="dan" title="The key is not the one pinned.">
          Either the host was rebuilt, or something stands between. {changed}
        </Note>
      )}
      <div className="sql">
        <div className="bar2">
          <span className="el">{keyType}, SHA-256</span>
          <span className="end">
            <CopyButton text={fingerprint} label="Copy the fingerprint" />
          </span>
        </div>
        <Fingerprint value={fingerprint} />
      </div>
      <div className="row g6 t2">
        <Icon name="terminal" size={12} />
        <code className="m11 sel-text el">{command}</code>
        <span className="end">
          <CopyButton text={command} label="Copy the command" />
        </span>
      </div>
    </Dialog>
  )
}

/** What a `HostKeyDialog` says: `command` prints the fingerprint on the server, `changed` tells where the pinned key is kept. */
export type HostKeyDialogProps = {
  open: boolean
  host: string
  site?: { side: Side; name: string }
  words: ReactNode
  keyType: string
  fingerprint: string
  command: string
  changed?: ReactNode
  onTrust: () => void
  onRefuse: () => void
}
