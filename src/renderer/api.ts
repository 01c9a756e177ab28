import type { Bridge } from '../preload/bridge'
import type { CallName, Calls, EventName, Events } from '../shared/contract'
import { FailureError, type Result } from '../shared/failure'
import { type LagParcel, lagUnpacker } from '../shared/lag-parcel'
import type { Topology } from '../shared/topology'
import { type TopologyParcel, topologyUnpacker } from '../shared/topology-parcel'

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

const pictures = topologyUnpacker()
const unpackLag = lagUnpacker()
const know = (topology: Topology | null, args: unknown): void => {
  const { moveId } = args as { moveId: string }
  if (topology) pictures.know(moveId, topology)
}

/** A picture whose beginning never came here is asked for whole; null: it could not be had, and the next one comes in a second. */
const missed = async ({ moveId }: TopologyParcel): Promise<Events['topology'] | null> => {
  const topology = await call('topology.refresh', { moveId }).catch(() => null)
  return topology && { moveId, topology }
}

/** Listens to one event of the main process; answers a function that stops listening. */
export const on = <Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): (() => void) =>
  bridge().on((heard, payload) => {
    if (heard !== name) return
    if (name === 'lag') {
      const history = unpackLag(payload as LagParcel)
      if (history) listener(history as Events[Name])
      return
    }
    if (name !== 'topology') return listener(payload as Events[Name])
    const whole = pictures.unpack(payload as TopologyParcel)
    if (whole) listener(whole as Events[Name])
    else void missed(payload as TopologyParcel).then((picture) => picture && listener(picture as Events[Name]))
  })

/** `?gallery` shows every part and state from fixtures. */
export const pageQuery = (): URLSearchParams => new URLSearchParams(window.location.search)
