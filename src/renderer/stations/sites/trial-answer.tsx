import { useEffect, useRef } from 'react'
import type { DoctorRow } from '../../../shared/doctor'
import { doctorTroubles, layerNames } from '../../../shared/doctor-text'
import { formatDuration } from '../../parts/format'
import { LiveRegion } from '../../parts/live-region'
import { Status } from '../../parts/status'
import { visibleString } from '../../parts/visible-text'
import { DoctorTrouble } from './doctor-trouble'
import type { TrialAnswer } from './use-trial'

/** The part of the way that a group of fields describes. */
export type TrialPart = 'host' | 'database'

const isOf = (part: TrialPart, { layer, hop }: Pick<DoctorRow, 'layer' | 'hop'>): boolean =>
  (hop !== null || layer === 'command') === (part === 'host')

const spent = (rows: readonly DoctorRow[]): number => rows.reduce((sum, row) => sum + (row.ms ?? 0), 0)

/** What a trial found behind these fields, in a line, or with what to try where it failed. Nothing while it did not come so far. */
export function TrialAnswerLine({ answer, part, serverId }: TrialAnswerLineProps) {
  const place = useRef<HTMLDivElement>(null)
  const ended = answer?.doctor.kind === 'done' && !answer.stale
  useEffect(() => {
    if (ended) place.current?.scrollIntoView({ block: 'nearest' })
  }, [ended])
  if (!answer) return null
  const { doctor, stale } = answer
  const rows = doctor.rows.filter((row) => isOf(part, row) && row.state !== 'skipped')
  const last = rows.at(-1)
  if (!last) return null
  const troubles = doctorTroubles(doctor).filter((trouble) => isOf(part, trouble))
  const running = rows.find((row) => row.state === 'running')
  const words = running
    ? `${layerNames[running.layer]}: ${running.seen}`
    : part === 'host'
      ? `Signed in to ${doctor.hops.at(-1) ?? 'the host'}`
      : (rows.findLast((row) => row.layer === 'login')?.seen ?? last.seen)
  const failed = troubles.some((trouble) => trouble.failed)
  return (
    <div className={stale ? 'trial stale' : 'trial'} ref={place}>
      {stale && <p className="s11 t3">Tested before the last change:</p>}
      {!failed && (
        <Status status={running ? 'running' : 'ok'} size={12}>
          <span className="t2 s12">
            {visibleString(words, 200)}
            {!running && <span className="t3 s11"> {formatDuration(spent(rows))}</span>}
          </span>
        </Status>
      )}
      {troubles.map((trouble) => (
        <DoctorTrouble
          key={`${trouble.layer}-${trouble.hop}`}
          trouble={trouble}
          hops={doctor.hops}
          serverId={serverId}
        />
      ))}
      {!running && !stale && (
        <LiveRegion>{failed ? `Test: ${troubles[0]?.failure.what}` : `Test: ${visibleString(words, 200)}`}</LiveRegion>
      )}
    </div>
  )
}

/** What a `TrialAnswerLine` is told. */
export type TrialAnswerLineProps = { answer: TrialAnswer | null; part: TrialPart; serverId: string }
