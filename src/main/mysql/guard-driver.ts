import type { Connection } from 'mysql2'
import { fail } from '../../shared/failure'
import { insideOf } from './inside'

/** Puts a look at every piece a server sends, decrypted, before the driver's parser; the rest is dropped once `see` says no. */
export const guardDriver = (connection: Connection, see: (chunk: Buffer) => boolean): void => {
  const driver = insideOf(connection)
  const parser = driver.packetParser
  if (typeof parser?.execute !== 'function')
    throw fail('internal', 'The database driver has changed: what servers send can no longer be bounded.')
  let refused = false
  driver.packetParser = {
    execute: (chunk) => {
      if (refused) return
      refused = !see(chunk)
      if (!refused) parser.execute(chunk)
    }
  }
}
