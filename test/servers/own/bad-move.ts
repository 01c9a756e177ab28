import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2'
import type { Move, ServerEntry } from '../../../src/shared/move'
import type { Lab } from '../../lab/lab'
import { labSecretEnv } from '../../lab/move-file'
import { type CliAnswer, runCli } from './cli-program'

/** How the lab's good move is spoilt. */
export interface Spoilt {
  change?: (move: Move) => void
  env?: Record<string, string | undefined>
}

/** A database server of the move by its side. */
export const databaseOf = (move: Move, side: 'old' | 'new'): ServerEntry & { database: object } => {
  const found = move[side].servers.find((server) => server.database)
  if (!found?.database) throw new Error('the lab’s move has no database')
  return found as ServerEntry & { database: object }
}

/** Where both servers stand in their logs: the same before and after means that nothing was written. */
export const positions = async (lab: Lab): Promise<string[]> => {
  const read = async (side: 'old' | 'new'): Promise<string> => {
    const session = await lab.sql(side)
    try {
      const [rows] = await session.query<RowDataPacket[]>(
        'SELECT @@global.gtid_binlog_pos AS pos, @@read_only AS closed'
      )
      return JSON.stringify(rows[0])
    } finally {
      await session.end()
    }
  }
  return [await read('old'), await read('new')]
}

/** Runs the command on a spoilt copy of the lab's move; answers with whether the file is still what it was. */
export const runSpoilt = async (
  lab: Lab,
  dir: string,
  spoilt: Spoilt,
  args: string[]
): Promise<CliAnswer & { untouched: boolean }> => {
  const move = JSON.parse(readFileSync(lab.movePath, 'utf8')) as Move
  spoilt.change?.(move)
  const path = join(dir, 'spoilt.siteswap.json')
  const text = JSON.stringify(move)
  writeFileSync(path, text)
  const [verb = '', ...rest] = args
  const answer = await runCli([verb, path, ...rest], {
    prefix: lab.execPrefix,
    env: {
      ...labSecretEnv(lab.state),
      SITESWAP_DATA: join(dir, 'data'),
      SITESWAP_KNOWN_HOSTS: lab.state.ssh.knownHosts,
      ...spoilt.env
    }
  })
  return { ...answer, untouched: readFileSync(path, 'utf8') === text }
}
