import type { ReactNode } from 'react'
import { Button } from '../../parts/button'
import { Icon } from '../../parts/icon'
import { StatusIcon } from '../../parts/status-icon'
import { signIcons } from './diff-words'
import { lineClasses } from './line-paths'
import type { LineLook } from './lines'

/** In the order in which they are read; what is not in the picture is left out. */
const words: [LineLook, string][] = [
  ['inside', 'replication'],
  ['late', 'behind'],
  ['waits', 'connecting'],
  ['stop', 'stopped'],
  ['broken', 'broken'],
  ['idle', 'not started'],
  ['app', 'application'],
  ['bridge', 'bridge'],
  ['plan', 'planned'],
  ['pair', 'pair']
]

const signs = ['added', 'removed', 'changed', 'reversed'] as const
const weights = [
  { status: 'danger', words: 'stops' },
  { status: 'attention', words: 'changes something' }
] as const

function Frame({ onFit, onTidy, children }: { onFit: () => void; onTidy: (() => void) | null; children: ReactNode }) {
  return (
    <div className="cv-legend line-legend">
      {children}
      <span className="end row g4">
        {onTidy && (
          <Button
            size="sm"
            variant="ghost"
            keys={['T']}
            onPress={onTidy}
            label="Tidy: put every server back in its place"
          >
            Tidy
          </Button>
        )}
        <Button size="sm" variant="ghost" keys={['F']} onPress={onFit} label="Fit the whole picture in the window">
          Fit
        </Button>
      </span>
    </div>
  )
}

/** What each mark of a comparison means. */
export function DiffLegend({ onFit }: { onFit: () => void }) {
  return (
    <Frame onFit={onFit} onTidy={null}>
      {signs.map((sign) => (
        <span key={sign}>
          <Icon name={signIcons[sign]} size={12} />
          {sign}
        </span>
      ))}
      {weights.map(({ status, words: meaning }) => (
        <span key={meaning}>
          <StatusIcon status={status} size={12} />
          {meaning}
        </span>
      ))}
    </Frame>
  )
}

const bridgeLooks: ReadonlySet<LineLook> = new Set(['bridge', 'bridge-down'])

/** What each line that is in the picture means. */
export function Legend({ looks, onFit, onTidy }: LegendProps) {
  const present = (look: LineLook): boolean => {
    if (look === 'inside') return looks.has('inside') || looks.has('from-old') || looks.has('from-new')
    return look === 'bridge' ? [...bridgeLooks].some((one) => looks.has(one)) : looks.has(look)
  }
  return (
    <Frame onFit={onFit} onTidy={onTidy}>
      {words
        .filter(([look]) => present(look))
        .map(([look, meaning]) => (
          <span key={look}>
            <svg width="24" height="12" aria-hidden="true">
              <path className={lineClasses[look]} d={look === 'bridge' ? 'M0 4.5h24M0 7.5h24' : 'M0 6h24'} />
            </svg>
            {meaning}
          </span>
        ))}
    </Frame>
  )
}

/** What a `Legend` is told; `looks` are those of the lines that are drawn, `onTidy` null: nothing was moved by hand. */
export type LegendProps = { looks: ReadonlySet<LineLook>; onFit: () => void; onTidy: (() => void) | null }
