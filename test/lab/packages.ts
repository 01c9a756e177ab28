import { setupSystemPackages } from '../../scripts/system-packages.mjs'
import { labFailure } from './processes'

/** Installs what the lab needs when root or with passwordless sudo; otherwise fails with the line to type. */
export async function ensurePackages(say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux')
    throw labFailure(
      `The lab needs Linux; this is ${process.platform}.`,
      'run it on Debian 12, for example in a virtual machine'
    )
  await setupSystemPackages(['lab'], say)
}
