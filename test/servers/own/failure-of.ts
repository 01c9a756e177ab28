import { type Failure, FailureError } from '../../../src/shared/failure'

/** The failure a promise rejects with; anything else is thrown. */
export const failureFrom = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason
  )
  if (error instanceof FailureError) return error.failure
  throw error
}
