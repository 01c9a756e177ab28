import { type FoundServer, isUnreached } from '../../shared/discovery'
import type { Failure } from '../../shared/failure'

const forFailure = (failure: Failure): string[] => {
  switch (failure.kind) {
    case 'unreachable':
    case 'timeout':
    case 'refused':
    case 'not-found':
      return ['Ask it through the SSH host of another server.', 'Or add it by hand, with an SSH host of its own.']
    case 'auth':
    case 'denied':
    case 'secret-missing':
      return [
        'Make the account there, or ask it like another server, with that one’s account.',
        'Or add it by hand, with its own account.'
      ]
    default:
      return failure.try.slice(0, 2)
  }
}

/** What a person has to fill in or try before this server answers; nothing for one that has. */
export const fillFor = (found: FoundServer): string[] => {
  if (!isUnreached(found)) return []
  const failures = found.addresses.flatMap(({ state }) => (state.kind === 'failed' ? [state.failure] : []))
  const [first] = failures
  if (first) return forFailure(first)
  const who = found.told.serverId === null ? 'it' : `the server with id ${found.told.serverId}`
  return [
    `Find out the address of ${who} and add it by hand.`,
    'A replica says where it is when report_host is set on it.'
  ]
}
