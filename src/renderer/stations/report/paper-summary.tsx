import type { Report } from '../../../shared/report'
import { formatCount, formatDuration, UNKNOWN } from '../../parts/format'

/** Groups of digits stay on one line. */
const unbroken = (text: string): string => text.replaceAll(/(\d)[\u2009 ](?=\d{3})/g, '$1\u202f')

/** The sentence and four numbers that most readers want. */
export function PaperSummary({ report }: { report: Report }) {
  const { summary, canary, topologyAfter } = report
  const wrong = canary ? canary.total.missing + canary.total.doubled : 0
  const figures: { value: string; words: string }[] = [
    {
      value: summary.writePauseMs === null ? UNKNOWN : formatDuration(summary.writePauseMs),
      words: 'write pause, measured'
    },
    {
      value: summary.canaryGapMs === null ? UNKNOWN : formatDuration(summary.canaryGapMs),
      words: 'longest silence of canary orders'
    },
    {
      value: canary ? formatCount(canary.total.acknowledged) : UNKNOWN,
      words: canary
        ? wrong
          ? `canary orders, ${formatCount(wrong)} missing or doubled`
          : canary.total.acknowledged === 0
            ? 'canary orders acknowledged'
            : 'canary orders, none lost'
        : 'canary orders'
    },
    {
      value: topologyAfter ? formatCount(topologyAfter.writable.length) : UNKNOWN,
      words: 'writable server, afterwards'
    }
  ]
  return (
    <>
      <p className="lead">{unbroken(summary.sentence)}</p>
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.words}>
            <dt>{figure.words}</dt>
            <dd>{figure.value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
