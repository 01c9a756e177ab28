import type { Bridge } from '../preload/bridge'
import type { CallName, Calls, EventName, Events } from '../shared/contract'
import { FailureError, type Result } from '../shared/failure'
import { driftPacking, lagPacking, type Packing, type Parcel, topologyPacking, unpacker } from '../shared/parcel'

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
  const { moveId } = args as { moveId: string }
  // Changes build on the last whole value, however that came.
  if (name === 'moves.open') {
    const { topology, drift } = result.value as Calls['moves.open']['answer']
    if (topology) pictures.know(moveId, topology)
    comparisons.know(moveId, drift)
  } else if (name === 'topology.refresh') pictures.know(moveId, result.value as Calls['topology.refresh']['answer'])
  else if (name === 'drift.state') comparisons.know(moveId, result.value as Calls['drift.state']['answer'])
  return result.value
}

/** The last value of each move, and the way to the whole of one whose beginning never came here. */
const keeping = <Value>(packing: Packing<Value>, askWhole: ((moveId: string) => Promise<Value>) | null) => {
  const { know, unpack } = unpacker(packing)
  /** Moves that are being asked for: what comes meanwhile builds on the answer. */
  const asked = new Set<string>()
  return {
    know,
    /** Tells what is in a parcel; nothing when the whole cannot be had, which the next parcel asks for again. */
    receive: async (parcel: Parcel<Value>, tell: (value: Value) => void): Promise<void> => {
      const value = unpack(parcel)
      if (value !== null) return tell(value)
      const { moveId } = parcel
      if (!askWhole || asked.has(moveId)) return
      asked.add(moveId)
      const whole = await askWhole(moveId).catch(() => null)
      asked.delete(moveId)
      if (whole !== null) tell(whole)
    }
  }
}

const pictures = keeping(topologyPacking, (moveId) => call('topology.refresh', { moveId }))
const comparisons = keeping(driftPacking, (moveId) => call('drift.state', { moveId }))
const lags = keeping(lagPacking, null)

/** Listens to one event of the main process; answers a function that stops listening. */
export const on = <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): (() => void) =>
  bridge().on((heard, payload) => {
    if (heard !== name) return
    const { moveId } = payload as { moveId: string }
    const tell = (whole: unknown): void => listener(whole as Events[Name])
    if (name === 'lag') void lags.receive(payload as Parcel<Events['lag']['lag']>, (lag) => tell({ moveId, lag }))
    else if (name === 'topology')
      void pictures.receive(payload as Parcel<Events['topology']['topology']>, (topology) => tell({ moveId, topology }))
    else if (name === 'drift')
      void comparisons.receive(payload as Parcel<Events['drift']['drift']>, (drift) => tell({ moveId, drift }))
    else tell(payload)
  })

/** `?gallery` shows every part and state from fixtures. */
export const pageQuery = (): URLSearchParams => new URLSearchParams(window.location.search)
