import { Icon } from './icon'
import { type StatusKind, statusWords } from './status-kind'

/** The icon of a state. It is decoration beside its word, unless `label` (or `true` for the usual word) names it. */
export function StatusIcon({
  status,
  size = 16,
  label
}: {
  status: StatusKind
  size?: 12 | 16 | 20
  label?: string | true
}) {
  const name = label === true ? statusWords[status] : label
  switch (status) {
    case 'ok':
      return <Icon name="check-ring" tone="ok" size={size} label={name} />
    case 'attention':
    case 'inconclusive':
      return <Icon name="alert" tone="att" size={size} label={name} />
    case 'danger':
    case 'stop':
      return <Icon name="octagon" tone="dan" size={size} label={name} />
    case 'info':
      return <Icon name="info" tone="info" size={size} label={name} />
    case 'waived':
      return <Icon name="flag" tone="att" size={size} label={name} />
    case 'running':
    case 'todo':
    case 'unknown':
    case 'stale':
    case 'left-out':
      return <Ring status={status} size={size} label={name} />
    default:
      return status satisfies never
  }
}

const sizeClass = { 12: ' s', 16: '', 20: ' l' } as const

function Ring({ status, size, label }: { status: StatusKind; size: 12 | 16 | 20; label: string | undefined }) {
  const running = status === 'running'
  const dashed = status !== 'running' && status !== 'todo'
  const classes = `i${sizeClass[size]} ${running ? 'c-info' : 'c-unk'}`
  const strokes = (
    <>
      <circle cx="8" cy="8" r="6.25" opacity={running ? 0.35 : 1} strokeDasharray={dashed ? '2.6 2.3' : undefined} />
      {running && <path className="spin" d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25" />}
    </>
  )
  if (label === undefined) {
    return (
      <svg className={classes} viewBox="0 0 16 16" aria-hidden="true">
        {strokes}
      </svg>
    )
  }
  return (
    <svg className={classes} viewBox="0 0 16 16" role="img" aria-label={label}>
      {strokes}
    </svg>
  )
}
