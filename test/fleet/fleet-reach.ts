import { makeReach } from '../../src/main/reach/make-reach'
import type { Reach } from '../../src/main/reach/reach'
import type { Fleet } from './start-fleet'

/** The way the app itself takes to the servers of a fleet, which let everybody in. */
export const fleetReach = (fleet: Fleet): Reach =>
  makeReach({ move: fleet.move(), secrets: { get: async () => 'any' }, askHostKey: null })
