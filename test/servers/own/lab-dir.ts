import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What `remainsOf` answers of a lab that is gone. */
export const nothing = { pids: [], namespaces: [], dir: false }

/** Places for labs of one file of tests, each new. */
export const labDirs = () => {
  const parents: string[] = []
  return {
    fresh: (): string => {
      const parent = mkdtempSync(join(tmpdir(), 'siteswap-lab-test-'))
      parents.push(parent)
      return join(parent, 'lab')
    },
    remove: (): void => {
      for (const parent of parents) rmSync(parent, { recursive: true, force: true })
    }
  }
}
