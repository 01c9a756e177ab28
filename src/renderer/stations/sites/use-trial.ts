import { useEffect, useState } from 'react'
import type { DoctorState } from '../../../shared/doctor'
import { endTrial, type TriedServer, tryServer, useTrialDoctor } from '../../state/trial'

/** The answer of a trial; `stale`: a field that matters was changed since. */
export interface TrialAnswer {
  doctor: Exclude<DoctorState, { kind: 'never' }>
  stale: boolean
}

/** What decides the answer: names do not. */
const keyOf = (wanted: TriedServer | null): string | null =>
  wanted && JSON.stringify([{ ...wanted.server, id: '', name: '' }, Object.values(wanted.secrets), wanted.entry])

/** Tries what is typed at the moment; leaving the form, or changing it under a trial, ends that trial. */
export const useTrial = (wanted: TriedServer | null): { answer: TrialAnswer | null; run: () => void } => {
  const doctor = useTrialDoctor()
  const key = keyOf(wanted)
  const [tried, setTried] = useState<string | null>(null)
  const changed = tried !== null && tried !== key
  const running = doctor?.kind === 'running'
  useEffect(() => {
    if (!changed || !running) return
    setTried(null)
    void endTrial()
  }, [changed, running])
  useEffect(
    () => () => {
      void endTrial()
    },
    []
  )
  const run = () => {
    if (!wanted) return
    setTried(key)
    void tryServer(wanted)
  }
  const told = tried !== null && doctor !== null && doctor.kind !== 'never' ? doctor : null
  return { answer: told && { doctor: told, stale: changed }, run }
}
