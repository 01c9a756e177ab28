import { useRef, useState } from 'react'
import { journeyOf } from '../../../shared/journey'
import type { Run } from '../../../shared/runbook'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { Chip } from '../../parts/chip'
import { formatDuration } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { useWidth } from '../../parts/hooks/use-width'
import { Loading } from '../../parts/loading'
import { RunbookList } from '../../parts/runbook-list'
import { SidePanel } from '../../parts/side-panel'
import { StationHead } from '../../parts/station-head'
import { useMove } from '../../state/open-move'
import { type PreviewState, usePreview } from '../../state/runs'
import { openStation } from '../../state/shell'
import { FailurePanel } from '../runbook/failure-panel'
import { StepInspector } from '../runbook/step-inspector'
import { stepLines } from '../runbook/step-lines'
import { useChosen } from '../runbook/use-chosen'
import { CanarySwitch } from './canary-panel'
import { rehearsalsOf } from './cutover-phase'
import { endsOf } from './ends'
import { gateCount, stationWords } from './gate-links'
import { GatesPanel } from './gates-panel'
import { GoBar } from './go-bar'
import { PlanNotes } from './plan-notes'
import { PlanStats } from './plan-stats'
import { RehearsalsPanel } from './rehearsals-panel'

/** Before a switch: what to expect, every step with its statement, every gate with its age, and the typed go. */
export function PlanView({ kind, after, focusGo, onRehearse, onLook, onBack }: PlanViewProps) {
  const { move, runs } = useMove()
  const preview = usePreview(kind, { everyMs: 10_000 })
  const { from, to } = endsOf(move, kind)
  const rehearsals = rehearsalsOf(runs)
  const gates = preview.kind === 'ready' ? (preview.preview.gates ?? []) : []
  const { shut } = gateCount(gates)
  const locked = lockedBy(preview)
  return (
    <>
      <StationHead
        title={kind === 'reverse' ? `Reverse to ${to.site}` : 'Cutover'}
        chip={<PlanChip preview={preview} rehearsed={rehearsals.length > 0 || kind === 'reverse'} />}
        sub={kind === 'reverse' ? 'the same runbook, sides exchanged' : 'careful mode: hold, catch up, verify, throw'}
        actions={
          <>
            {onBack && <Button onPress={onBack}>Back</Button>}
            <CanarySwitch />
            <Button icon="flask" onPress={onRehearse}>
              {rehearsals.length ? 'Rehearse again…' : 'Rehearse…'}
            </Button>
          </>
        }
      />
      <PlanStats from={from} to={to} rehearsals={rehearsals} />
      {preview.kind === 'ready' ? (
        <Steps
          state={preview}
          rehearsals={rehearsals}
          head={
            <PlanNotes
              gates={gates}
              blockers={preview.preview.blockers}
              after={after}
              rehearsed={rehearsals.length > 0 || kind === 'reverse' || shut.length > 0}
              from={from}
              onRehearse={onRehearse}
              onLook={onLook}
            />
          }
          foot={
            <GoBar
              kind={kind}
              from={from}
              to={to}
              words={preview.preview.confirmWords ?? `go ${to.site}`}
              locked={locked}
              focus={focusGo}
            />
          }
        />
      ) : (
        <Unanswered preview={preview} />
      )}
    </>
  )
}

/** What a `PlanView` is told; `after` is the run that was put back before. */
export type PlanViewProps = {
  kind: 'cutover' | 'reverse'
  after: Run | null
  focusGo: number
  onRehearse: () => void
  onLook: () => void
  onBack?: () => void
}

const lockedBy = (preview: PreviewState): string | false => {
  if (preview.kind !== 'ready') return 'the gates are not known yet'
  const { blockers } = preview.preview
  if (blockers.length > 0) return blockers.length === 1 ? 'one gate is shut' : `${blockers.length} gates are shut`
  return preview.failure ? 'the gates could not be asked again' : false
}

function PlanChip({ preview, rehearsed }: { preview: PreviewState; rehearsed: boolean }) {
  if (preview.kind === 'asking') return <Chip tone="info">asking the gates</Chip>
  if (preview.kind === 'failed') return <Chip tone="dan">not possible yet</Chip>
  if (preview.preview.blockers.length > 0) return <Chip tone="dan">not possible yet</Chip>
  if (preview.failure) return <Chip tone="unk">not answered</Chip>
  return rehearsed ? <Chip tone="ok">ready</Chip> : <Chip tone="att">not rehearsed</Chip>
}

function Unanswered({ preview }: { preview: Exclude<PreviewState, { kind: 'ready' }> }) {
  const open = useMove()
  const { next } = journeyOf(open, useNow())
  return (
    <div className="scroll grow pad">
      {preview.kind === 'asking' ? (
        <Loading rows={8}>Reading both servers: steps, statements and gates</Loading>
      ) : (
        <FailurePanel
          failure={preview.failure}
          means="A cutover is not possible yet. Nothing has been changed on any server."
          actions={
            next.station === 'cutover' ? undefined : (
              <Button variant="primary" icon="arrow-right" onPress={() => openStation(next.station, next.command)}>
                {stationWords[next.station]}: {next.label}
              </Button>
            )
          }
        />
      )}
    </div>
  )
}

interface StepsProps {
  state: Extract<PreviewState, { kind: 'ready' }>
  rehearsals: readonly Run[]
  head: React.ReactNode
  foot: React.ReactNode
}

function Steps({ state, rehearsals, head, foot }: StepsProps) {
  const { move } = useMove()
  const now = useNow()
  const box = useRef<HTMLElement>(null)
  const width = useWidth(box)
  const { steps, gates = [] } = state.preview
  const [picked, setPicked] = useState(false)
  const chosen = useChosen(steps)
  const last = rehearsals.at(-1)?.pause.holdMs
  const choose = (id: string) => {
    setPicked(true)
    chosen.choose(id)
  }
  const hold = steps.find((step) => step.id === 'hold')
  const asides: Record<string, string> = {}
  if (hold && last != null) asides[hold.group] = `measured ${formatDuration(last)} in all`
  const first = steps[0]
  if (first && steps.some((step) => step.expectMs !== null)) asides[first.group] = 'measured before'
  return (
    <Body>
      <section className="run-col" ref={box} aria-label="Steps">
        <div className="run-scroll">
          {head}
          <RunbookList
            label="Steps of the switch"
            lines={stepLines(steps, { move, now, asides })}
            showCommand={width === 0 || width > 560}
            selected={picked ? chosen.step?.id : undefined}
            onSelect={choose}
          />
        </div>
        {foot}
      </section>
      {picked && chosen.step && (
        <StepInspector
          step={chosen.step}
          number={chosen.number}
          move={move}
          onClose={() => {
            setPicked(false)
            chosen.close()
          }}
        />
      )}
      <div className={picked ? 'plan-side covered' : 'plan-side'}>
        <SidePanel label="Gates and rehearsals" width={416} stay>
          <GatesPanel gates={gates} askedAt={state.at} />
          <RehearsalsPanel rehearsals={rehearsals} budgetMs={move.thresholds.pauseBudgetMs} />
        </SidePanel>
      </div>
    </Body>
  )
}
