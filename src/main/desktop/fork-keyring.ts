import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { keyringInUtility } from '../store/fork-keyring'
import type { ForkKeyring } from '../store/keyring-messages'

const withoutSecrets = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('SITESWAP_SECRET_') ? [] : [[name, value]]
    )
  )

/** The keychain lives in a process of its own: a prompt that hangs, or a crash of libsecret, never takes the app along. */
export const forkKeyringInElectron: ForkKeyring = () =>
  keyringInUtility(
    utilityProcess.fork(join(__dirname, 'keyring-worker.js'), [], {
      serviceName: 'keychain',
      stdio: 'ignore',
      env: withoutSecrets()
    })
  )
