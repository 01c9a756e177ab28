import type { DatabaseEndpoint } from '../../shared/move'
import type { SessionTarget, TlsFiles } from '../mysql/driver-options'
import type { Dialled } from './dial-database'

/** What a session over a line to a database is opened with; how far the line can be trusted goes along. */
export const targetOver = (
  { stream, label, trusted, socket, local }: Dialled,
  account: { user: string; password: string },
  { host, tls }: Pick<DatabaseEndpoint, 'host' | 'tls'>,
  files: TlsFiles
): Omit<SessionTarget, 'name' | 'server'> => ({
  label: `${account.user}@${label}`,
  ...{ stream, trusted, socket, local },
  ...account,
  ...{ host, tls },
  ...files
})
