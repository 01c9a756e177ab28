import { useRef } from 'react'
import type { Run } from '../../../shared/runbook'
import { Band } from '../../parts/band'
import { Body } from '../../parts/body'
import { formatDuration } from '../../parts/format'
import { Note } from '../../parts/note'
import { RunbookList } from '../../parts/runbook-list'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import { useMove } from '../../state/open-move'
import { stepLines } from '../runbook/step-lines'
import { AbortButton } from './abort-button'
import { CanaryPanel } from './canary-panel'
import { CatchUpPanel } from './catch-up-panel'
import { type CutoverPhase, expectedTimes, heldSince } from './cutover-phase'
import { endsOf } from './ends'
import { HoldBand } from './hold-band'
import { NowRunning } from './now-running'
import { useTick } from './use-tick'

type LivePhase = Extract<CutoverPhase, { kind: 'preparing' | 'held' | 'thrown' | 'aborting' }>

/** A rehearsal or a switch while it runs: the pause, its budget and Abort in one glance; orders, position and statements below. */
export function LiveView({ phase }: { phase: LivePhase }) {
  const { move, runs } = useMove()
  const { run } = phase
  const now = useTick(true, 100)
  const { from, to } = endsOf(move, run.kind)
  const letGo = run.steps.some((step) => step.id === 'hold' && step.state === 'undone')
  const since = letGo ? null : (heldSince(run) ?? (phase.kind === 'held' ? phase.since : null))
  const openAt = run.pause.openAt
  const running = run.steps.find((step) => ['running', 'undoing', 'waiting'].includes(step.state))
  return (
    <>
      {phase.kind === 'thrown' && phase.since === null ? (
        <Band
          tone="att"
          icon={<StatusIcon status="running" size={20} />}
          title={`${to.site} opens by itself; the run goes on`}
          sub="Both servers were observed. Nothing is left for you to do here."
        />
      ) : phase.kind === 'held' || phase.kind === 'thrown' ? (
        <HoldBand
          run={run}
          from={from}
          to={to}
          elapsedMs={Math.max(0, (openAt ?? now) - (phase.since ?? now))}
          granted={phase.kind === 'thrown' || phase.granted}
          thrown={phase.kind === 'thrown'}
        />
      ) : phase.kind === 'aborting' ? (
        <AbortingBand run={run} why={run.state.kind === 'aborting' ? run.state.why : ''} />
      ) : (
        <PreparingBand run={run} now={now} from={from.site} />
      )}
      <Body>
        <div className="col scroll grow cut-main">
          <CanaryPanel now={now} hold={since === null ? null : { from: since, to: openAt }} />
          <CatchUpPanel run={run} from={from} to={to} />
          {run.notes.length > 0 && (
            <div className="cut-sec">
              {run.notes.slice(-3).map((note) => (
                <Note key={note} tone="info">
                  <ServerText>{note}</ServerText>
                </Note>
              ))}
            </div>
          )}
        </div>
        <aside className="cut-steps" aria-label="Steps">
          <Steps run={run} now={now} expected={expectedTimes(runs, run.id)} amber={phase.kind !== 'preparing'} />
          {running && <NowRunning step={running} move={move} />}
        </aside>
      </Body>
    </>
  )
}

function Steps({
  run,
  now,
  expected,
  amber
}: {
  run: Run
  now: number
  expected: Map<string, number>
  amber: boolean
}) {
  const { move } = useMove()
  const box = useRef<HTMLDivElement>(null)
  return (
    <div className="scroll grow" ref={box}>
      <RunbookList
        label={run.title}
        lines={stepLines(run.steps, { move, now, expected, noReturn: 'point of no return' })}
        timed
        showCommand={false}
        calm={!amber}
      />
    </div>
  )
}

function PreparingBand({ run, now, from }: { run: Run; now: number; from: string }) {
  const rehearsal = run.kind === 'rehearsal'
  const letGo = run.steps.some((step) => step.id === 'let-go' && step.state === 'done')
  const next = letGo
    ? `Writes waited ${formatDuration(run.pause.holdMs)}. Reading what the canary orders have seen.`
    : rehearsal
      ? `Soon ${from} holds writes for a moment, measures, and lets go.`
      : 'Nothing is switched before the point of no return.'
  return (
    <Band
      tone="info"
      icon={<StatusIcon status="running" size={20} />}
      title={letGo ? 'Rehearsed, writes go on' : rehearsal ? 'Rehearsing, writes go on' : 'Preparing, writes go on'}
      sub={`${formatDuration(Math.max(0, now - run.startedAt))}. ${next}`}
      stop={<AbortButton run={run} under="Puts back what was prepared." />}
    />
  )
}

function AbortingBand({ run, why }: { run: Run; why: string }) {
  const back = run.steps.filter((step) => step.state === 'undone').length
  return (
    <Band
      tone="att"
      icon="back"
      title="Putting everything back"
      sub={
        <>
          <ServerText>{why}</ServerText> {back > 0 && `${back} steps taken back so far.`}
        </>
      }
    />
  )
}
