import { useRef } from 'react'
import { formatDuration } from '../../parts/format'
import { LiveRegion } from '../../parts/live-region'
import { useMove } from '../../state/open-move'
import type { CutoverPhase } from './cutover-phase'
import { endsOf } from './ends'

const loud = ['held', 'thrown', 'aborting', 'promoted', 'stopped']

/** Says to screen readers when writes wait, are let go, or go to the other side; without counting aloud. */
export function Announce({ phase }: { phase: CutoverPhase }) {
  const { move } = useMove()
  const heard = useRef(false)
  const run = 'run' in phase ? phase.run : null
  const { from, to } = endsOf(move, run?.kind ?? 'cutover')
  const words = {
    plan: '',
    preparing: 'Preparing. Writes go on.',
    held: `Writes wait on ${from.site}. Escape aborts.`,
    thrown: `Thrown. ${to.site} opens by itself.`,
    aborting: 'Aborting. Everything is put back.',
    stopped: 'Stopped. What is true must be observed again.',
    promoted: `${to.site} takes writes.${run?.pause.holdMs == null ? '' : ` Writes waited ${formatDuration(run.pause.holdMs)}.`}`,
    finishing: '',
    finished: 'The move is finished.'
  }[phase.kind]
  const after = phase.kind === 'plan' && phase.after && heard.current ? 'Aborted. Nothing changed.' : ''
  if (phase.kind !== 'plan') heard.current = true
  const assertive = loud.includes(phase.kind) || after !== ''
  return (
    <>
      <LiveRegion assertive>{assertive ? words || after : ''}</LiveRegion>
      <LiveRegion>{assertive ? '' : words}</LiveRegion>
    </>
  )
}
