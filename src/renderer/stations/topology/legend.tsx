import { Button } from '../../parts/button'
import { type LinkKind, LinkLine } from '../../parts/link-line'

const lines: { kind: LinkKind; words: string }[] = [
  { kind: 'inside', words: 'replication' },
  { kind: 'app', words: 'application' },
  { kind: 'bridge', words: 'bridge' },
  { kind: 'planned', words: 'planned' },
  { kind: 'stopped', words: 'stopped' },
  { kind: 'pair', words: 'pair' }
]

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
