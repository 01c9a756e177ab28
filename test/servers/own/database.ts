import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { answers, optionFile, rootSession } from '../../lab/database'
import { endProcesses, startDaemon, untilReady } from '../../lab/processes'
import { ensureSoftware, type FlavourName } from '../../lab/software'
import { copyTemplate, ensureTemplate } from '../../lab/template'
import { freePort } from './free-port'

export interface OwnDatabase {
  flavour: FlavourName
  port: number
  socket: string
  /** Runs statements as root through the socket. */
  asRoot(...statements: string[]): Promise<void>
  root(): Promise<Connection>
  readonly pid: number
  /** Ends it politely and starts it again with the same data and port; `between` runs while it is away. */
  restart(between?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** An empty database server of this test alone, on a port of its own. */
export const startOwnDatabase = async (
  flavour: FlavourName,
  options: { port?: number; serverId?: number; extra?: string[]; env?: Record<string, string> } = {}
): Promise<OwnDatabase> => {
  const software = await ensureSoftware(flavour, () => undefined)
  const template = await ensureTemplate(software, 1, () => undefined)
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-reach-'))
  const logs = join(dir, 'logs')
  mkdirSync(logs)
  mkdirSync(join(dir, 'tmp'))
  await copyTemplate(template.empty, join(dir, 'data'))
  const port = options.port ?? (await freePort())
  const socket = join(dir, 's.sock')
  const text = optionFile(software, {
    dataDir: join(dir, 'data'),
    socket,
    pidFile: join(dir, 'pid'),
    errorLog: join(dir, 'err.log'),
    tmpDir: join(dir, 'tmp'),
    listen: { address: '127.0.0.1', port, reportHost: '127.0.0.1' },
    serverId: options.serverId ?? 11
  })
  writeFileSync(join(dir, 'my.cnf'), [text, ...(options.extra ?? []), ''].join('\n'))
  const argv = [...software.server, `--defaults-file=${join(dir, 'my.cnf')}`]
  const { env = {} } = options
  const start = async () => {
    const daemon = await startDaemon({ name: 'db', argv, logDir: logs, labId: `own-${process.pid}`, env })
    await untilReady(daemon, logs, () => answers(socket), 60_000)
    return daemon
  }
  let daemon = await start()
  const root = () => rootSession(socket)
  return {
    flavour,
    port,
    socket,
    root,
    asRoot: async (...statements) => {
      const session = await root()
      try {
        for (const statement of statements) await session.query(statement)
      } finally {
        await session.end()
      }
    },
    get pid() {
      return daemon.pid
    },
    restart: async (between = async () => {}) => {
      await endProcesses([daemon.pid], 20_000)
      await between()
      daemon = await start()
    },
    stop: async () => {
      await endProcesses([daemon.pid], 20_000)
      rmSync(dir, { recursive: true, force: true })
    }
  }
}
