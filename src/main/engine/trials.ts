import type { DoctorState } from '../../shared/doctor'
import type { ServerEntry } from '../../shared/move'
import type { SecretRef } from '../../shared/secret'
import type { ReachDeps } from '../reach/reach-deps'
import { runDoctor } from '../sites/doctor'

export interface TrialDeps {
  askHostKey: ReachDeps['askHostKey']
  askQuestion?: ReachDeps['askQuestion']
  knownHosts?: ReachDeps['knownHosts'] | undefined
  onChange(moveId: string, doctor: DoctorState): void
}

/** What is tried: a server as it is typed, and the secrets typed with it. */
export interface Trial {
  moveId: string
  server: ServerEntry
  secrets: Readonly<Record<SecretRef, string>>
}

export interface Trials {
  /** Goes the way to a server that is not in the move; a newer trial ends the one before. */
  run(trial: Trial): Promise<DoctorState>
  end(moveId: string): void
}

/** The doctor on servers that are only typed so far. Nothing is kept but a host key that a person accepted. */
export const makeTrials = (deps: TrialDeps): Trials => {
  const running = new Map<string, AbortController>()
  const end = (moveId: string) => {
    running.get(moveId)?.abort()
    running.delete(moveId)
  }
  return {
    end,
    run: async ({ moveId, server, secrets }) => {
      end(moveId)
      const ending = new AbortController()
      running.set(moveId, ending)
      const isLatest = () => running.get(moveId) === ending
      try {
        return await runDoctor({
          entry: server,
          measure: false,
          reach: {
            // Only what was typed: a secret that is kept for another server is not shown to this one.
            secrets: { get: async (ref) => secrets[ref] ?? null },
            askHostKey: deps.askHostKey,
            askQuestion: deps.askQuestion ?? null,
            ...(deps.knownHosts ? { knownHosts: deps.knownHosts } : {})
          },
          signal: ending.signal,
          onChange: (doctor) => {
            if (isLatest()) deps.onChange(moveId, doctor)
          }
        })
      } finally {
        if (isLatest()) running.delete(moveId)
      }
    }
  }
}
