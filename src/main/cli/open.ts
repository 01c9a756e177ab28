import { homedir, hostname, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import type { EventName, Events } from '../../shared/contract'
import { ownKnownHosts } from '../engine/known-hosts'
import { type LiveMove, openLiveMove } from '../engine/live-move'
import { forkKeyringInNode } from '../store/fork-keyring'
import { Moves } from '../store/moves'
import { makeSecrets, type SecretStore } from '../store/secrets'

export interface CliOptions {
  data?: string
  json?: boolean
}

export const exitCodes = { ok: 0, findings: 1, usage: 2, unverified: 3 } as const

/** Where the desktop app keeps its data, so that both share journals (Electron's appData by platform). */
const appData = (): string => {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Siteswap')
  if (process.platform === 'win32') return join(process.env.APPDATA ?? join(homedir(), 'AppData/Roaming'), 'Siteswap')
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Siteswap')
}

export type Listen = <Name extends EventName>(name: Name, payload: Events[Name]) => void

export interface OpenedMove {
  live: LiveMove
  secrets: SecretStore
}

/** Opens a move file with the same engine as the app; everything is closed when `work` ends. Unknown host keys are refused. */
export const withLiveMove = async (
  path: string,
  options: CliOptions,
  listen: Listen,
  work: (opened: OpenedMove) => Promise<number>
): Promise<number> => {
  const folder = resolve(options.data ?? process.env.SITESWAP_DATA ?? appData())
  const moves = new Moves(folder)
  const { move } = await moves.importFrom(resolve(path), true)
  const secrets = makeSecrets({ dir: folder, fork: forkKeyringInNode(join(__dirname, 'keyring-worker.js')) })
  const operator = `${userInfo().username}@${hostname()}`
  const live = await openLiveMove({
    moves,
    moveId: move.id,
    operator,
    secrets: secrets.of(move.id),
    askHostKey: null,
    knownHosts: ownKnownHosts(),
    emit: listen
  })
  try {
    return await work({ live, secrets })
  } finally {
    await live.close()
    secrets.close()
  }
}
