import type { Bridge } from '../preload/bridge'
import type { CallName, Calls, EventName, Events } from '../shared/contract'
import { FailureError, type Result } from '../shared/failure'

declare global {
  interface Window {
    siteswap: Bridge
  }
}

/** Asks the main process. Rejects with FailureError: the failure as the main process said it. */
export const call = async <Name extends CallName>(
  name: Name,
  args: Calls[Name]['args']
): Promise<Calls[Name]['answer']> => {
  const result = (await window.siteswap.call(name, args)) as Result<Calls[Name]['answer']>
  if (!result.ok) throw new FailureError(result.failure)
  return result.value
}

/** Listens to one event of the main process; answers a function that stops listening. */
export const on = <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): (() => void) =>
  window.siteswap.on((heard, payload) => {
    if (heard === name) listener(payload as Events[Name])
  })

/** `?gallery` shows every part and state from fixtures. */
export const pageQuery = (): URLSearchParams => new URLSearchParams(window.location.search)
