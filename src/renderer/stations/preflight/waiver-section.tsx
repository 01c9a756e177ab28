import { useState } from 'react'
import type { Failure } from '../../../shared/failure'
import type { Finding } from '../../../shared/finding'
import type { Waiver } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { formatMoment } from '../../parts/format'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { unwaive } from '../../state/preflight'
import { FailurePanel } from '../runbook/failure-panel'

/** Who waived a finding, when and why, and the way back. */
export function WaiverSection({ finding, waiver }: { finding: Finding; waiver: Waiver }) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const takeBack = async () => {
    setBusy(true)
    setFailure(await unwaive(waiver.check, waiver.server ?? null))
    setBusy(false)
  }
  return (
    <Section title="Waived" aside={<Age at={waiver.at} ago />}>
      <div className="col g8">
        <p className="s12 sel-text">
          “<ServerText>{waiver.reason}</ServerText>”
        </p>
        <div className="row wrap">
          <span className="s11 t3">
            {waiver.by}, {formatMoment(waiver.at)}
            {waiver.server === undefined && finding.server !== null ? ', on every server' : ''}
          </span>
          <span className="end">
            <Button icon="back" busy={busy && 'Taking it back'} onPress={() => void takeBack()}>
              Undo waiver
            </Button>
          </span>
        </div>
        {failure && <FailurePanel failure={failure} means="The waiver still holds." />}
      </div>
    </Section>
  )
}
