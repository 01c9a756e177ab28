import { fork } from 'node:child_process'
import type { ForkKeyring, KeyringProcess, KeyringReply } from './keyring-messages'

/** What Electron's `utilityProcess.fork` answers, as far as it is used. */
interface UtilityChild {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: () => void): unknown
  kill(): boolean
}

/** A utility process as a keyring process; the desktop forks it, this room never imports Electron. */
export const keyringInUtility = (child: UtilityChild): KeyringProcess => ({
  send: (request) => child.postMessage(request),
  onReply: (listener) => {
    child.on('message', (message) => listener(message as KeyringReply))
  },
  onExit: (listener) => {
    child.on('exit', () => listener())
  },
  kill: () => {
    child.kill()
  }
})

/** The keychain's process is given nobody's passwords. */
export const withoutSecrets = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || name.startsWith('SITESWAP_SECRET_') ? [] : [[name, value]]
    )
  )

/** Forks the worker as a child of plain Node: the headless command and tests. It never keeps its parent alive. */
export const forkKeyringInNode =
  (workerPath: string, execArgv: readonly string[] = []): ForkKeyring =>
  () => {
    const child = fork(workerPath, [], {
      execArgv: [...execArgv],
      env: withoutSecrets(process.env),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc']
    })
    child.unref()
    child.channel?.unref()
    return {
      send: (request) => {
        child.send(request, () => undefined)
      },
      onReply: (listener) => {
        child.on('message', (message) => listener(message as KeyringReply))
      },
      onExit: (listener) => {
        let told = false
        const tell = () => {
          if (told) return
          told = true
          listener()
        }
        child.on('exit', tell)
        child.on('error', tell)
      },
      kill: () => {
        child.kill('SIGKILL')
      }
    }
  }
