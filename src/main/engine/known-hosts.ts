import type { KnownHostsFiles } from '../ssh/known-hosts-file'

/** One known_hosts file instead of the user's, for the demo lab and tests; undefined: the user's and the machine's. */
export const ownKnownHosts = (): KnownHostsFiles | undefined => {
  const file = process.env.SITESWAP_KNOWN_HOSTS
  return file ? { read: [file], write: file } : undefined
}
