import type { ReactNode } from 'react'
import { Icon } from './icon'
import type { MarkColour } from './mark-badge'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** How far a step is. */
export type StepState = 'todo' | 'running' | 'done' | 'failed' | 'undone' | 'skipped' | 'unknown'

/** One step of a runbook: times are written by the caller (`84 ms`, `~45 ms`, `manual`). */
export type RunbookStepProps = {
  number: number
  state: StepState
  title: ReactNode
  server: ReactNode
  command?: ReactNode
  rehearsed?: ReactNode
  now?: ReactNode
  timed?: boolean
  /** False: no step of the list has a time of an earlier run, and there is no column for it. */
  measured?: boolean
  /** The engine would not send it. */
  refused?: boolean
  /** Colour of what its server is marked as. */
  mark?: MarkColour
  showCommand?: boolean
  calm?: boolean
  selected?: boolean
  onSelect?: () => void
}

const words: Record<StepState, string> = {
  todo: 'to do',
  running: 'running',
  done: 'done',
  failed: 'failed',
  undone: 'undone',
  skipped: 'left out',
  unknown: 'outcome unknown'
}

const icons: Record<Exclude<StepState, 'undone'>, StatusKind> = {
  todo: 'todo',
  running: 'running',
  done: 'ok',
  failed: 'danger',
  skipped: 'left-out',
  unknown: 'inconclusive'
}

/** A row of a runbook; with `onSelect` it is a button that shows the step's statements. */
export function RunbookStep(props: RunbookStepProps) {
  const {
    number,
    state,
    title,
    server,
    command,
    rehearsed,
    now,
    timed,
    measured = true,
    showCommand,
    calm,
    selected,
    refused,
    mark,
    onSelect
  } = props
  const classes = [
    'stp',
    timed ? 'timed' : '',
    showCommand ? '' : 'no-cmd',
    measured ? '' : 'no-reh',
    state === 'running' ? 'now' : '',
    state === 'todo' ? 'todo' : '',
    state === 'failed' ? 'failed' : '',
    calm ? 'calm' : '',
    selected ? 'sel' : '',
    now ? 'has-now' : ''
  ]
  const content = (
    <>
      <span className="n">{number}</span>
      <StepIcon state={state} calm={calm} />
      <b>{title}</b>
      <span className={mark ? `srv marked ${mark}` : 'srv'}>{server}</span>
      {showCommand && <span className="cmd">{command}</span>}
      {measured && (
        <span className="ms reh">
          {refused ? (
            <span className="st g4 c-dan">
              <Icon name="lock" size={12} />
              refused
            </span>
          ) : (
            rehearsed
          )}
        </span>
      )}
      {timed && <span className="ms now">{now}</span>}
    </>
  )
  const className = classes.filter(Boolean).join(' ')
  if (!onSelect) return <div className={className}>{content}</div>
  return (
    <button
      type="button"
      className={className}
      aria-current={state === 'running' ? 'step' : undefined}
      aria-pressed={selected}
      onClick={onSelect}
    >
      {content}
    </button>
  )
}

function StepIcon({ state, calm }: { state: StepState; calm: boolean | undefined }) {
  if (state === 'undone') return <Icon name="back" tone="unk" label={words.undone} />
  const icon = <StatusIcon status={icons[state]} label={words[state]} />
  return state === 'running' && !calm ? <span className="amber-run">{icon}</span> : icon
}
