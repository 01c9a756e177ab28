import { type Bridge, bridgeSchema, databasePair, type Move } from '../../../shared/move'
import { type Problems, problemsOf } from './plain-problems'

/** The bridge as it is typed: ports may be missing. */
export interface BridgeDraft {
  user: string
  sshHost: string
  sshPort: number | null
  authorizedKeysPath: string
  directory: string
  oldAt: { host: string; port: number | null }
  newAt: { host: string; port: number | null }
}

/** What is likely right for this move: the old database's own SSH host, and its own address for the old site's servers. */
export const likelyBridge = (move: Move): BridgeDraft => {
  const old = databasePair(move)?.old ?? move.old.servers.find((server) => server.kind === 'database')
  const last = old?.ssh.at(-1)
  return {
    user: last?.user ?? '',
    // An alias of this computer's ssh config means nothing on the new database host.
    sshHost: last?.from === 'ssh-config' ? (old?.addresses[0] ?? '') : (last?.host ?? ''),
    sshPort: (last?.from === 'ssh-config' ? null : last?.port) ?? 22,
    authorizedKeysPath: '~/.ssh/authorized_keys',
    directory: '~/.siteswap',
    oldAt: { host: '127.0.0.1', port: 13_306 },
    newAt: { host: old?.addresses[0] ?? '127.0.0.1', port: 13_307 }
  }
}

export const bridgeOfDraft = (draft: BridgeDraft): { ok: true; bridge: Bridge } | { ok: false; problems: Problems } => {
  const parsed = bridgeSchema.safeParse({
    ...draft,
    user: draft.user.trim(),
    sshHost: draft.sshHost.trim(),
    authorizedKeysPath: draft.authorizedKeysPath.trim(),
    directory: draft.directory.trim()
  })
  return parsed.success ? { ok: true, bridge: parsed.data } : { ok: false, problems: problemsOf(parsed.error) }
}
