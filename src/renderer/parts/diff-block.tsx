import { lineDiff } from './line-diff'
import { visibleString } from './visible-text'

const marks = { same: '', added: '+', removed: '−' } as const
const classes = { same: 'ln', added: 'ln a', removed: 'ln d' } as const

/** The difference of two texts with + and − in the gutter; `context` lines around a change stay, longer runs are folded. */
export function DiffBlock({ before, after, head, context = 3, label }: DiffBlockProps) {
  const lines = lineDiff(before, after)
  const near = new Set<number>()
  lines.forEach((line, index) => {
    if (line.kind === 'same') return
    for (let i = index - context; i <= index + context; i += 1) near.add(i)
  })
  // Folding a single line would save nothing.
  lines.forEach((_, index) => {
    if (near.has(index - 1) && near.has(index + 1)) near.add(index)
  })
  return (
    <section className="diff" aria-label={label}>
      <div className="lines">
        {head && (
          <div className="ln h">
            <i />
            {head}
          </div>
        )}
        {lines.map((line, index) => {
          const key = `${index}`
          if (near.has(index)) {
            return (
              <div key={key} className={classes[line.kind]}>
                <i>{marks[line.kind]}</i>
                <span>{visibleString(line.text, 2000)}</span>
              </div>
            )
          }
          const startsFold = index === 0 || near.has(index - 1)
          if (!startsFold) return null
          let length = 1
          while (index + length < lines.length && !near.has(index + length)) length += 1
          return (
            <div key={key} className="ln t3">
              <i>⋯</i>
              <span>{length === 1 ? '1 equal line' : `${length} equal lines`}</span>
            </div>
          )
        })}
      </div>
    </section>
  )
}

/** What a `DiffBlock` is told. */
export type DiffBlockProps = { before: string; after: string; head?: string; context?: number; label: string }
