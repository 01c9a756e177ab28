import { Button } from '../../parts/button'
import { Icon } from '../../parts/icon'
import { type LinkKind, LinkLine } from '../../parts/link-line'
import { StatusIcon } from '../../parts/status-icon'
import { signIcons } from './diff-words'

const lines: { kind: LinkKind; words: string }[] = [
  { kind: 'inside', words: 'replication' },
  { kind: 'app', words: 'application' },
  { kind: 'bridge', words: 'bridge' },
  { kind: 'planned', words: 'planned' },
  { kind: 'stopped', words: 'stopped' },
  { kind: 'pair', words: 'pair' }
]

const signs = ['added', 'removed', 'changed', 'reversed'] as const
const weights = [
  { status: 'danger', words: 'stops' },
  { status: 'attention', words: 'changes something' }
] as const

/** What each mark of a comparison means. */
export function DiffLegend({ onFit }: { onFit: () => void }) {
  return (
    <div className="cv-legend line-legend">
      {signs.map((sign) => (
        <span key={sign}>
          <Icon name={signIcons[sign]} size={12} />
          {sign}
        </span>
      ))}
      {weights.map(({ status, words }) => (
        <span key={words}>
          <StatusIcon status={status} size={12} />
          {words}
        </span>
      ))}
      <span className="end" />
      <Button size="sm" variant="ghost" keys={['F']} onPress={onFit}>
        Fit
      </Button>
    </div>
  )
}

/** What each line means, and how a pair is made. */
export function Legend({ onFit }: { onFit: () => void }) {
  return (
    <div className="cv-legend line-legend">
      {lines.map(({ kind, words }) => (
        <span key={kind}>
          <LinkLine kind={kind} />
          {words}
        </span>
      ))}
      <span className="end t3 hint">Draw from a database to one across to make a pair, or press P</span>
      <Button size="sm" variant="ghost" keys={['F']} onPress={onFit}>
        Fit
      </Button>
    </div>
  )
}
