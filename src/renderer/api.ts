import type { Bridge } from '../preload/bridge'
import type { CallName, Calls, EventName, Events } from '../shared/contract'
import { FailureError, type Result } from '../shared/failure'
import { lagPacking, type Parcel, topologyPacking, unpacker } from '../shared/parcel'
import type { Topology } from '../shared/topology'

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
  // Changes of a picture build on the last whole one, however that came.
  if (name === 'moves.open') know((result.value as Calls['moves.open']['answer']).topology, args)
  else if (name === 'topology.refresh') know(result.value as Calls['topology.refresh']['answer'], args)
  return result.value
}

const pictures = unpacker(topologyPacking)
const lags = unpacker(lagPacking)
const know = (topology: Topology | null, args: unknown): void => {
  const { moveId } = args as { moveId: string }
  if (topology) pictures.know(moveId, topology)
}

/** Moves whose picture is being asked for whole: those that come meanwhile build on it. */
const asked = new Set<string>()

/** A picture whose beginning never came here is asked for whole; null: it could not be had, and the next one comes in a second. */
const missed = async (moveId: string): Promise<Topology | null> => {
  if (asked.has(moveId)) return null
  asked.add(moveId)
  const topology = await call('topology.refresh', { moveId }).catch(() => null)
  asked.delete(moveId)
  return topology
}

/** Listens to one event of the main process; answers a function that stops listening. */
export const on = <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): (() => void) =>
  bridge().on((heard, payload) => {
    if (heard !== name) return
    const tell = (whole: unknown): void => listener(whole as Events[Name])
    if (name === 'lag') {
      const parcel = payload as Parcel<Events['lag']['lag']>
      const lag = lags.unpack(parcel)
      if (lag) tell({ moveId: parcel.moveId, lag })
    } else if (name === 'topology') {
      const parcel = payload as Parcel<Topology>
      const { moveId } = parcel
      const topology = pictures.unpack(parcel)
      if (topology) tell({ moveId, topology })
      else void missed(moveId).then((whole) => whole && tell({ moveId, topology: whole }))
    } else tell(payload)
  })

/** `?gallery` shows every part and state from fixtures. */
export const pageQuery = (): URLSearchParams => new URLSearchParams(window.location.search)
