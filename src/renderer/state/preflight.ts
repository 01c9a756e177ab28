import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import { call } from '../api'
import { openMoveId } from './open-move'

/** What the last question came to; the findings themselves are part of the opened move. */
interface PreflightCommands {
  /** A question is on its way. */
  asking: boolean
  /** Why the last question was not answered; `moveId` says of which move. */
  failed: { moveId: string; failure: Failure; at: number } | null
}

export const usePreflight = create<PreflightCommands>(() => ({ asking: false, failed: null }))

/** Asks both servers everything again; one question at a time. */
export const runPreflight = async (): Promise<void> => {
  if (usePreflight.getState().asking) return
  const moveId = openMoveId()
  usePreflight.setState({ asking: true, failed: null })
  try {
    await call('preflight.run', { moveId })
  } catch (error) {
    usePreflight.setState({ failed: { moveId, failure: failureOf(error), at: Date.now() } })
  } finally {
    usePreflight.setState({ asking: false })
  }
}

const failureIn = async (work: Promise<unknown>): Promise<Failure | null> => {
  try {
    await work
    return null
  } catch (error) {
    return failureOf(error)
  }
}

/** Waives a finding with a reason; answers why it could not be, or null. */
export const waive = (check: string, server: string | null, reason: string): Promise<Failure | null> =>
  failureIn(call('preflight.waive', { moveId: openMoveId(), check, server, reason }))

/** Takes a waiver back; answers why it could not be, or null. */
export const unwaive = (check: string, server: string | null): Promise<Failure | null> =>
  failureIn(call('preflight.unwaive', { moveId: openMoveId(), check, server }))
