import type { StepProgress as Facts } from '../../../shared/runbook'
import { formatByteRate, formatBytes, formatCount, formatDuration, formatRate } from '../../parts/format'
import { Progress } from '../../parts/progress'

const amounts = (unit: string) =>
  unit === 'bytes'
    ? { one: (value: number) => formatBytes(value), rate: (value: number) => formatByteRate(value) }
    : { one: (value: number) => formatCount(value), rate: (value: number) => formatRate(value) }

/** `129.6 GB of 209.1 GB, 52.4 MB/s`: done, total and rate as far as they are known. */
export const progressWords = ({ done, total, unit, perSecond }: Facts): string => {
  const { one, rate } = amounts(unit)
  const tail = unit === 'bytes' || unit === '' ? '' : ` ${unit}`
  const amount =
    done !== null && total !== null
      ? `${one(done)} of ${one(total)}${tail}`
      : done !== null
        ? `${one(done)}${tail}`
        : total !== null
          ? `${one(total)}${tail}`
          : ''
  return [amount, perSecond === null ? '' : rate(perSecond)].filter(Boolean).join(', ')
}

/** Long work of a step: what it is at, share, done of total, rate and ETA. */
export function StepProgress({ progress }: { progress: Facts }) {
  const { done, total, etaSeconds, text } = progress
  const share = done !== null && total ? done / total : null
  return (
    <div className="col g4">
      <Progress
        share={share}
        label={text}
        facts={progressWords(progress) || text}
        eta={etaSeconds === null ? undefined : `ETA ${formatDuration(etaSeconds * 1000)}`}
      />
      {progressWords(progress) && <p className="s12 t2">{text}</p>}
    </div>
  )
}
