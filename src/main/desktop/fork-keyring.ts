import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { keyringInUtility, withoutSecrets } from '../store/fork-keyring'
import type { ForkKeyring } from '../store/keyring-messages'

/** The keychain lives in a process of its own: a prompt that hangs, or a crash of libsecret, never takes the app along. */
export const forkKeyringInElectron: ForkKeyring = () =>
  keyringInUtility(
    utilityProcess.fork(join(__dirname, 'keyring-worker.js'), [], {
      serviceName: 'keychain',
      stdio: 'ignore',
      env: withoutSecrets(process.env)
    })
  )
