import { useEffect, useRef, useState } from 'react'
import { runIsOpen } from '../../../shared/runbook'
import { useMove } from '../../state/open-move'
import { resumeRun } from '../../state/runs'
import { useCommand } from '../frame/use-command'
import { focusStart } from '../runbook/focus-start'
import { Announce } from './announce'
import { type CutoverPhase, cutoverPhase } from './cutover-phase'
import { FinishPage } from './finish-page'
import { FinishedView } from './finished-view'
import { LiveView } from './live-view'
import { PlanView } from './plan-view'
import { PromotedView } from './promoted-view'
import { RunbookPage } from './runbook-page'
import { StoppedView } from './stopped-view'
import './cutover.css'

/** What a person chose to look at beside what the phase shows by itself. */
type Side = 'rehearsal' | 'cutover' | 'reverse' | 'finish' | 'steps' | null

const canPlan = (phase: CutoverPhase): boolean =>
  phase.kind === 'plan' || phase.kind === 'promoted' || phase.kind === 'finished'

/** The Cutover station: plan, rehearse, go, watch, abort, reverse, finish; one view for each state of the runs. */
export function CutoverStation() {
  const { runs } = useMove()
  const phase = cutoverPhase(runs)
  const [chosen, open] = useState<Side>(null)
  const [focusGo, setFocusGo] = useState(0)
  const phaseKey = `${phase.kind} ${'run' in phase ? phase.run.id : ''}`
  const shown = useRef(phaseKey)
  // What was chosen holds only for the phase in which it was chosen: a run that begins or ends shows itself.
  useEffect(() => {
    if (shown.current !== phaseKey) open(null)
    shown.current = phaseKey
  }, [phaseKey])
  const side = canPlan(phase) ? chosen : null
  useCommand('cutover', (command) => {
    if (command === 'rehearsal') {
      open('rehearsal')
      focusStart()
    }
    if (command === 'go') {
      open(null)
      setFocusGo((times) => times + 1)
    }
    if (command === 'resume') {
      const stuck = runs.findLast(
        (run) => runIsOpen(run) && run.state.kind !== 'running' && run.state.kind !== 'waiting'
      )
      if (stuck) void resumeRun(stuck.id)
    }
  })
  return (
    <>
      <Announce phase={phase} />
      <View phase={phase} side={side} open={open} focusGo={focusGo} />
    </>
  )
}

interface ViewProps {
  phase: CutoverPhase
  side: Side
  open: (side: Side) => void
  focusGo: number
}

function View({ phase, side, open, focusGo }: ViewProps) {
  const back = () => open(null)
  const steps = () => open('steps')
  const plan = (kind: 'cutover' | 'reverse', onBack?: () => void) => (
    <PlanView
      kind={kind}
      after={phase.kind === 'plan' ? phase.after : null}
      focusGo={focusGo}
      onRehearse={() => open('rehearsal')}
      onLook={steps}
      onBack={onBack}
    />
  )
  if (side === 'rehearsal') return <RunbookPage kind={side} run={null} onBack={back} />
  if (side === 'finish') return <FinishPage onBack={back} />
  if (side === 'reverse' || side === 'cutover') return plan(side, back)
  if (side === 'steps') {
    const run = phase.kind === 'plan' ? phase.after : 'run' in phase ? phase.run : null
    if (run) return <RunbookPage kind={run.kind} run={run} onBack={back} />
  }
  switch (phase.kind) {
    case 'plan':
      return plan('cutover')
    case 'preparing':
    case 'held':
    case 'thrown':
    case 'aborting':
      return <LiveView phase={phase} />
    case 'stopped':
      return <StoppedView run={phase.run} />
    case 'promoted':
      return (
        <PromotedView
          run={phase.run}
          aborted={phase.aborted}
          onReverse={() => open('reverse')}
          onFinish={() => open('finish')}
          onPlan={() => open('cutover')}
          onSteps={steps}
        />
      )
    case 'finishing':
      return <RunbookPage kind="finish" run={phase.run} />
    case 'finished':
      return <FinishedView run={phase.run} switched={phase.switched} onSteps={steps} />
    default:
      return phase satisfies never
  }
}
