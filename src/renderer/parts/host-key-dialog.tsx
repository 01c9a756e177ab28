import { type ReactNode, useState } from 'react'
import { Button } from './button'
import { compareFingerprint } from './compare-fingerprint'
import { CopyButton } from './copy-button'
import { Dialog } from './dialog'
import { Field } from './field'
import { Fingerprint } from './fingerprint'
import type { Side } from './half-disc'
import { Icon } from './icon'
import { Note } from './note'
import { SiteChip } from './site-chip'
import { TextInput } from './text-input'

/** Asks whether a host key is right, and to compare it: trust stays locked until its end was typed or the whole was pasted. The safe choice has the focus; a changed key cannot be accepted here. */
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
  const [typed, setTyped] = useState('')
  const compared = compareFingerprint(typed, fingerprint)
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
            <Button
              variant="primary"
              size="md"
              disabled={compared === 'same' ? false : 'Compare the fingerprint first'}
              onPress={onTrust}
            >
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
      {!changed && (
        <Field
          stacked
          label="Its last 4 characters as your server shows them, or the whole fingerprint pasted"
          error={compared === 'other' ? 'This is another key. If your server shows it, do not connect.' : undefined}
          hint={compared === 'same' ? 'The same key.' : undefined}
        >
          <TextInput
            mono
            value={typed}
            onChange={setTyped}
            onEnter={() => {
              if (compared === 'same') onTrust()
            }}
          />
        </Field>
      )}
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
