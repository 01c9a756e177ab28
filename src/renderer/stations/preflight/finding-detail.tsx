import { useState } from 'react'
import type { OpenMove } from '../../../shared/contract'
import { checkGroups } from '../../../shared/finding'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Chip, type ChipTone } from '../../parts/chip'
import { Icon } from '../../parts/icon'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { type StatusKind, statusWords } from '../../parts/status-kind'
import { visibleString } from '../../parts/visible-text'
import { serverName } from '../runbook/names'
import { AppliedNote } from './applied-note'
import { EvidenceSection } from './evidence-section'
import { findingStatus, type ListedFinding } from './finding-groups'
import { seenAt } from './finding-list'
import { RemedyDialog } from './remedy-dialog'
import { appliedRemedy, RemedySection } from './remedy-section'
import { WaiveDialog } from './waive-dialog'
import { WaiverSection } from './waiver-section'

const tones: Partial<Record<StatusKind, ChipTone>> = {
  stop: 'dan',
  attention: 'att',
  unknown: 'unk',
  info: 'info',
  ok: 'ok'
}

const words = (status: StatusKind): string =>
  status === 'attention'
    ? 'warning'
    : status === 'unknown'
      ? 'not answered'
      : status === 'info'
        ? 'note'
        : statusWords[status]

/** Everything of one finding: what it means, what was seen, what mends it, and the waiver. A drawer on narrow windows. */
export function FindingDetail({ line, at, open, shown, onClose }: FindingDetailProps) {
  const [dialog, setDialog] = useState<'apply' | 'waive' | { run: string } | null>(null)
  const { finding, check } = line
  const { move } = open
  const status = findingStatus(finding)
  const where = finding.server === null ? 'both servers' : serverName(move, finding.server)
  const subject = `${finding.check}:${finding.server ?? ''}`
  const remedy = status === 'ok' ? undefined : appliedRemedy(finding)
  const canWaive = finding.waivable && !finding.waiver && status !== 'ok' && status !== 'info'
  return (
    <>
      <SidePanel
        label={`Finding ${finding.check}, ${visibleString(finding.title, 80)}`}
        width={488}
        open={shown}
        onClose={onClose}
        head={
          <div className="col g4">
            <div className="row wrap">
              {finding.waiver ? (
                <Chip tone="att" icon="flag">
                  waived
                </Chip>
              ) : (
                <Chip tone={tones[status]}>{words(status)}</Chip>
              )}
              {finding.side ? <SiteChip side={finding.side}>{where}</SiteChip> : <Chip>{where}</Chip>}
              <span className="m11 t2" title={`${checkGroups[check.group]}: ${check.title}`}>
                {finding.check}
              </span>
              <span className="end">
                <Age at={seenAt(line, at)} prefix="asked" ago />
              </span>
            </div>
            <h2 className="preflight-title">
              <ServerText cap={600}>{finding.title}</ServerText>
            </h2>
            {finding.consequence && (
              <p className="s12">
                <ServerText>{finding.consequence}</ServerText>
              </p>
            )}
          </div>
        }
        foot={
          (canWaive || remedy) && (
            <>
              {remedy && (
                <Button variant="primary" icon="play" onPress={() => setDialog('apply')}>
                  Preview and apply
                </Button>
              )}
              {canWaive && (
                <Button icon="flag" onPress={() => setDialog('waive')}>
                  Waive with a reason…
                </Button>
              )}
              <span className="s11 t3 preflight-foot">
                {remedy
                  ? remedy.undo.length > 0
                    ? 'the undo is kept'
                    : 'there is no undo'
                  : 'the reason goes into the report'}
              </span>
            </>
          )
        }
      >
        {finding.waiver && <WaiverSection finding={finding} waiver={finding.waiver} />}
        <AppliedNote runs={open.runs} subject={subject} at={at} onShow={(run) => setDialog({ run })} />
        <EvidenceSection evidence={finding.evidence} move={move} />
        <RemedySection finding={finding} move={move} />
        <Section title="Why it is asked">
          <p className="s12 t2">{check.why}</p>
          {check.title !== finding.title && <p className="s11 t3">Check: {check.title}</p>}
        </Section>
        {finding.verdict === 'stop' && !finding.waivable && (
          <Section>
            <p className="row g8 top0 s11 t3">
              <Icon name="info" size={12} />
              <span>This stop cannot be waived: the cutover is not safe with it.</span>
            </p>
          </Section>
        )}
      </SidePanel>
      {dialog === 'waive' && <WaiveDialog finding={finding} where={where} onClose={() => setDialog(null)} />}
      {(dialog === 'apply' || (dialog !== null && typeof dialog === 'object')) && (
        <RemedyDialog
          subject={subject}
          title={finding.title}
          runId={dialog === 'apply' ? null : dialog.run}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
}

/** What a `FindingDetail` is told; `shown` only matters where it is a drawer. */
export type FindingDetailProps = {
  line: ListedFinding
  at: number
  open: OpenMove
  shown: boolean
  onClose: () => void
}
