import type { OpenMoves } from '../engine/open-moves'
import type { Handlers } from './expose'

type Names = Extract<keyof Handlers, `discovery.${string}`>

/** Calls about servers that others name. */
export const discoveryHandlers = ({ discoveries }: Pick<OpenMoves, 'discoveries'>): Pick<Handlers, Names> => ({
  'discovery.start': ({ moveId, seeds }) => discoveries.start(moveId, seeds),
  'discovery.ask': async ({ moveId, asks }) => {
    discoveries.ask(moveId, asks)
    return null
  },
  'discovery.stop': async ({ moveId }) => {
    discoveries.end(moveId)
    return null
  },
  'discovery.add': ({ moveId, add, secrets }) => discoveries.add(moveId, add, secrets)
})
