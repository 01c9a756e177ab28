import { homedir, hostname, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import type { EventName, Events } from '../../shared/contract'
import { ownKnownHosts } from '../engine/known-hosts'
import { type LiveMove, openLiveMove } from '../engine/live-move'
import { forkKeyringInNode } from '../store/fork-keyring'
import { Moves } from '../store/moves'
import { makeSecrets, type SecretStore } from '../store/secrets'
import { exitCodes } from './exit-codes'
import { answerInterrupts } from './interrupt'
import { tell } from './print'

export interface CliOptions {
  data?: string
  json?: boolean
}

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

const operator = (): string => {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    // In a container the user may have no name.
    return `uid ${process.getuid?.() ?? 'unknown'}@${hostname()}`
  }
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
  const document = await moves.readFile(resolve(path))
  const secrets = makeSecrets({
    dir: folder,
    fork: forkKeyringInNode(join(__dirname, 'keyring-worker.js')),
    // Where nobody sits nobody answers a prompt.
    ...(process.stdin.isTTY ? {} : { patienceMs: 0 })
  })
  const live = await openLiveMove({
    moves,
    moveId: document.id,
    document,
    operator: operator(),
    secrets: secrets.of(document.id),
    askHostKey: null,
    knownHosts: ownKnownHosts(),
    emit: listen
  }).catch((error: unknown) => {
    secrets.close()
    throw error
  })
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= live.close().finally(() => secrets.close())
    return closing
  }
  const stopAnswering = answerInterrupts(() => {
    if (closing) process.exit(exitCodes.interrupted)
    tell('Interrupted: closing sessions.')
    void close().finally(() => process.exit(exitCodes.interrupted))
  })
  try {
    return await work({ live, secrets })
  } finally {
    await close()
    stopAnswering()
  }
}
