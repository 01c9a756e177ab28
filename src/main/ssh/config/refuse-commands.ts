import { fail } from '../../../shared/failure'
import type { ResolvedHop } from '../../../shared/ssh-settings'

/** Stops before a host is dialled past its ProxyCommand: what answers at its address may be another machine, or nothing. */
export const refuseCommands = (hops: readonly ResolvedHop[]): void => {
  const hop = hops.find(({ proxyCommand }) => proxyCommand !== null)
  if (!hop) return
  throw fail(
    'invalid',
    `Your ssh config reaches ${hop.alias ?? hop.host} by a ProxyCommand, which Siteswap never runs.`,
    {
      where: hop.alias ?? hop.host,
      try: [
        'Let the system’s ssh connect to this server: choose it in the server’s form.',
        'Or write the way as ProxyJump, which Siteswap follows itself.'
      ]
    }
  )
}
