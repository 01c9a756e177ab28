import { useState } from 'react'
import type { Failure } from '../../../shared/failure'
import type { Finding } from '../../../shared/finding'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { TextArea } from '../../parts/text-area'
import { waive } from '../../state/preflight'
import { useShell } from '../../state/shell'
import { FailurePanel } from '../runbook/failure-panel'

const least = 3
const most = 2000

/** Sets a finding aside: only with a reason in words, which the report will show. */
export function WaiveDialog({ finding, where, onClose }: WaiveDialogProps) {
  const operator = useShell((shell) => shell.info?.operator ?? 'you')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const length = reason.trim().length
  const locked =
    length < least
      ? 'Say why in at least three letters'
      : length > most
        ? `Shorten the reason to ${most} letters`
        : false
  const send = async () => {
    setBusy(true)
    const refused = await waive(finding.check, finding.server, reason.trim())
    setBusy(false)
    setFailure(refused)
    if (!refused) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Waive with a reason"
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" icon="flag" disabled={locked} busy={busy && 'Writing'} onPress={() => void send()}>
            Waive
          </Button>
        </>
      }
    >
      <div className="col g12">
        <p className="s12">
          <b>
            <ServerText>{finding.title}</ServerText>
          </b>
          <span className="t2">, {where}</span>
        </p>
        {finding.consequence && (
          <Note tone="att" title="What you accept:">
            <ServerText>{finding.consequence}</ServerText>
          </Note>
        )}
        <Field
          stacked
          label="Why this may be as it is"
          hint={`Signed by ${operator} and shown in the report. It can be taken back at any time.`}
          error={length > most ? `${length - most} letters too many` : undefined}
        >
          <TextArea
            autoFocus
            value={reason}
            onChange={setReason}
            rows={3}
            placeholder="The backup account runs at 05:30 only; its timer is stopped for the window."
          />
        </Field>
        {failure && <FailurePanel failure={failure} means="The waiver was not written; the finding stands." />}
      </div>
    </Dialog>
  )
}

/** What a `WaiveDialog` is told; `where` names the server or both. */
export type WaiveDialogProps = { finding: Finding; where: string; onClose: () => void }
