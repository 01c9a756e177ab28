import { create } from 'zustand'
import type { Discovery } from '../../shared/discovery'
import { type Failure, failureOf } from '../../shared/failure'
import type { SiteSide } from '../../shared/move'
import { call, on } from '../api'
import { openMoveId } from './open-move'
import { attempt, notify } from './shell'

/** How far the search for servers has come. */
export type DiscoveryState =
  | { kind: 'none' }
  | { kind: 'starting' }
  | { kind: 'open'; discovery: Discovery }
  | { kind: 'failed'; failure: Failure }

const useSearch = create<{ moveId: string; state: DiscoveryState }>(() => ({ moveId: '', state: { kind: 'none' } }))

const none: DiscoveryState = { kind: 'none' }

/** The search of the opened move. */
export const useDiscovery = (): DiscoveryState =>
  useSearch(({ moveId, state }) => (moveId === openMoveId() ? state : none))

/** Called once at start. */
export const startDiscoveries = (): void => {
  on('discovery', ({ moveId, discovery }) => {
    const known = useSearch.getState()
    // One that was let go may still say how it ended.
    if (known.moveId !== moveId || known.state.kind === 'none') return
    useSearch.setState({ moveId, state: { kind: 'open', discovery } })
  })
}

/** Asks the seeds whom they know. */
export const discoverFrom = async (seeds: string[]): Promise<void> => {
  const moveId = openMoveId()
  useSearch.setState({ moveId, state: { kind: 'starting' } })
  try {
    const discovery = await call('discovery.start', { moveId, seeds })
    // An event that came first knows more.
    useSearch.setState((known) =>
      known.state.kind === 'starting' ? { moveId, state: { kind: 'open', discovery } } : known
    )
  } catch (error) {
    useSearch.setState({ moveId, state: { kind: 'failed', failure: failureOf(error) } })
  }
}

/** Asks at ticked addresses; what they answer comes as events. */
export const askAt = async (asks: { address: string; like: string }[]): Promise<void> => {
  await attempt(call('discovery.ask', { moveId: openMoveId(), asks }))
}

/** Adds found servers to the move in one edit; answers whether it was done. */
export const addFound = async (
  add: { server: string; side: SiteSide; name: string }[],
  secrets: boolean
): Promise<boolean> => {
  const answer = await attempt(call('discovery.add', { moveId: openMoveId(), add, secrets }))
  if (!answer) return false
  const { servers, missed } = answer
  notify({
    tone: missed.length > 0 ? 'attention' : 'ok',
    text: servers.length === 1 ? 'One server added' : `${servers.length} servers added`,
    detail: missed.length > 0 ? `Passwords to be typed in the forms of their servers: ${missed.join(', ')}` : null
  })
  return true
}

/** Ends the search and forgets what it found. */
export const endDiscovery = async (): Promise<void> => {
  const moveId = openMoveId()
  useSearch.setState({ moveId, state: none })
  await attempt(call('discovery.stop', { moveId }))
}
