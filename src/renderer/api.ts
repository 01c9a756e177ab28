import type { Bridge } from '../preload/bridge'
import type { CallName, Calls, EventName, Events } from '../shared/contract'
import { FailureError, type Result } from '../shared/failure'

declare global {
  interface Window {
    siteswap: Bridge
  }
}

let standIn: Bridge | null = null

/** Lets the gallery answer instead of the main process. */
export const answerWith = (bridge: Bridge): void => {
  standIn = bridge
}

const bridge = (): Bridge => standIn ?? window.siteswap

/** Asks the main process. Rejects with FailureError: the failure as the main process said it. */
export const call = async <Name extends CallName>(
  name: Name,
  args: Calls[Name]['args']
): Promise<Calls[Name]['answer']> => {
  const result = (await bridge().call(name, args)) as Result<Calls[Name]['answer']>
  if (!result.ok) throw new FailureError(result.failure)
  return result.value
}

/** Listens to one event of the main process; answers a function that stops listening. */
export const on = <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): (() => void) =>
  bridge().on((heard, payload) => {
    if (heard === name) listener(payload as Events[Name])
  })

/** `?gallery` shows every part and state from fixtures. */
export const pageQuery = (): URLSearchParams => new URLSearchParams(window.location.search)
