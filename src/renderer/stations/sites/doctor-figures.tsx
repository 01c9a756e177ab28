import type { DoctorMeasures } from '../../../shared/doctor'
import { clockLines, type NamedClock } from '../../../shared/doctor-text'
import { clockWords, rateText, shortTime } from '../../../shared/line-words'
import { type KeyValue, KeyValues } from '../../parts/key-values'

/** The figures of the line to a database: its delay, what it carries, and what time it is there. */
export function DoctorFigures({ measures, others }: { measures: DoctorMeasures; others: readonly NamedClock[] }) {
  const { clock, roundTrip, throughput } = measures
  const items: KeyValue[] = []
  if (roundTrip)
    items.push({
      key: 'Round trip',
      value: `${shortTime(roundTrip.medianMs)}, 95 % within ${shortTime(roundTrip.p95Ms)}`
    })
  if (throughput) items.push({ key: 'Throughput', value: rateText(throughput) })
  if (clock)
    items.push({
      key: 'Clock',
      wraps: true,
      value: (
        <>
          {[clockWords(clock, 'this computer’s'), ...clockLines(clock, others)].map((line) => (
            <span key={line} style={{ display: 'block' }}>
              {line}
            </span>
          ))}
        </>
      )
    })
  return items.length === 0 ? null : <KeyValues items={items} />
}
