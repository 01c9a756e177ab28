import { useEffect, useRef } from 'react'
import { ConfirmTyped } from '../../parts/confirm-typed'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { startKey, startRun, useBusy } from '../../state/runs'
import { type End, endName } from './ends'

/** The typed go: the words name the site that will take writes; Start stays locked until they are typed and every gate lets through. */
export function GoBar({ kind, from, to, words, locked, focus }: GoBarProps) {
  const box = useRef<HTMLDivElement>(null)
  const busy = useBusy(startKey(kind))
  const toField = () => box.current?.querySelector('input')?.focus()
  useShortcut('g', toField)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each press of Next counts
  useEffect(() => {
    if (focus > 0) toField()
  }, [focus])
  return (
    <div className="go-bar" ref={box}>
      <p>
        <b>{kind === 'reverse' ? 'Start the reverse' : 'Start the cutover'}</b>{' '}
        <span className="s12 t2">
          Writes move from {endName(from)} to {endName(to)}. The step “Hold” begins the write pause.
        </span>
      </p>
      <ConfirmTyped
        words={words}
        action="Start"
        disabled={locked}
        hint={locked ? locked : 'type the words to unlock Start'}
        busy={busy === 'start' && 'Starting'}
        onConfirm={() => void startRun(kind, null, words)}
      />
    </div>
  )
}

/** What a `GoBar` is told; `focus` counts how often the field was asked for. */
export type GoBarProps = {
  kind: 'cutover' | 'reverse'
  from: End
  to: End
  words: string
  locked: string | false
  focus: number
}
