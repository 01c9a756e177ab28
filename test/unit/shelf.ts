import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowedDocument } from '../../src/main/engine/allowed-document'
import { Moves } from '../../src/main/store/moves'
import { SavedSites } from '../../src/main/store/saved-sites'
import { makeSecrets } from '../../src/main/store/secrets'
import { failureOf } from '../../src/shared/failure'
import { lockable } from './lockable-keychain'

/** A move file as somebody may hand it over. */
export const givenMove = join(import.meta.dirname, 'moves/version-1-whole.siteswap.json')

/** An empty data folder with its moves, saved sites and secrets. */
export const freshShelf = () => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-shelf-'))
  const keychain = lockable()
  const secrets = makeSecrets({ dir, fork: keychain.fork, environment: {} })
  const moves = new Moves(dir)
  return {
    ...{ dir, keychain, secrets, moves, sites: new SavedSites(dir) },
    /** How opening a move goes. */
    opening: (moveId: string): Promise<string> =>
      allowedDocument({ moves, moveId }).then(
        () => 'opened',
        (error) => failureOf(error).kind
      ),
    end: () => {
      secrets.close()
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

export type Shelf = ReturnType<typeof freshShelf>
