import { type Move, type ServerEntry, serversOf, typedHops } from '../../src/shared/move'
import { labMove } from '../lab/move-file'
import type { LabState } from '../lab/state'
import type { TypedServer } from './person'

const typed = (state: LabState, server: ServerEntry): TypedServer => {
  const [first, second] = typedHops(server.ssh)
  const target = second ?? first
  const jump = second && first ? ` -J ${first.user}@${first.host}:${first.port}` : ''
  const key = target?.auth.kind === 'key' ? ` -i ${target.auth.path}` : ''
  return {
    name: server.name,
    kind: server.kind === 'database' ? 'Database' : server.kind === 'web' ? 'Web' : 'Other',
    ssh: `ssh${key} -p ${target?.port}${jump} ${target?.user}@${target?.host}`,
    ...(jump && first?.auth.kind === 'key' ? { jumpKey: { host: first.host, path: first.auth.path } } : {}),
    addresses: server.addresses.join(', '),
    ...(server.database
      ? {
          database: {
            host: server.database.host,
            port: server.database.port,
            user: server.database.user,
            password: state.accounts.admin.password
          }
        }
      : {}),
    ...(server.redirect.kind === 'file'
      ? {
          redirect: {
            path: server.redirect.path,
            find: server.redirect.edits[0]?.find ?? '',
            replace: server.redirect.edits[0]?.replace ?? '',
            reload: server.redirect.reload
          }
        }
      : {})
  }
}

/** What the person knows of the lab: the same facts as in its ready-made move, typed by hand. Bastions are only jumped over. */
export const labServers = (state: LabState): { move: Move; oldSite: TypedServer[]; newSite: TypedServer[] } => {
  const move = labMove(state)
  const of = (side: 'old' | 'new') =>
    serversOf(move)
      .filter((entry) => entry.side === side && !entry.server.name.includes('bastion'))
      .map((entry) => typed(state, entry.server))
  return { move, oldSite: of('old'), newSite: of('new') }
}
