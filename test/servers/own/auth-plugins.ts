import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { onceAcrossProcesses } from '../../lab/once'
import { runCommand } from '../../lab/run-command'
import { labSource } from '../../lab/source'
import { cacheDir } from '../../lab/state'

/** A folder with MariaDB 11.8's sign-in plugins, which Debian packs with its whole server. Fetched once. */
export const ensureSignInPlugins = async (): Promise<string> => {
  const folder = join(cacheDir(), 'roots', 'm118-sign-in-plugins')
  if (!existsSync(folder))
    await onceAcrossProcesses(folder, async (fresh) => {
      const files = ['*/auth_parsec.so', '*/auth_ed25519.so']
      await runCommand(['bash', labSource('debfile.sh'), 'trixie', fresh, 'mariadb-server', ...files], {
        deadlineMs: 300_000
      })
    })
  return folder
}
