import { type DriftRun, startDrift } from '../../../src/main/drift/run-drift'
import type { Session } from '../../../src/main/mysql/session'
import { statementsFor } from '../../../src/main/mysql/statements'
import { makeReach } from '../../../src/main/reach/make-reach'
import type { Reach } from '../../../src/main/reach/reach'
import { type Move, moveSchema } from '../../../src/shared/move'
import type { FlavourName } from '../../lab/software'
import { type OwnDatabase, startOwnDatabase } from './database'

/** Two database servers reached directly, as the pair of a move. */
export interface DriftPair {
  old: OwnDatabase
  new: OwnDatabase
  reach: Reach
  move: Move
  /** Makes `to` follow the other server and waits until both links threads run. */
  follow(to: 'old' | 'new'): Promise<void>
  /** Starts a comparison of both, from nothing unless said otherwise. */
  compare(more?: Partial<Parameters<typeof startDrift>[0]>): DriftRun
  stop(): Promise<void>
}

export const driftPassword = 'drift-password'
const password = driftPassword

export const moveOf = (ports: { old: number; new: number }, schemas: string[]): Move => {
  const server = (id: string, port: number) => ({
    id,
    name: id,
    kind: 'database',
    database: { host: '127.0.0.1', port, via: 'direct', user: 'reader' }
  })
  return moveSchema.parse({
    format: 'siteswap.move',
    version: 2,
    id: 'drift-test',
    name: 'drift test',
    createdAt: 1,
    old: { name: 'Frankfurt', servers: [server('old-db', ports.old)] },
    new: { name: 'Lisbon', servers: [server('new-db', ports.new)] },
    pairs: [{ old: 'old-db', new: 'new-db' }],
    schemas
  })
}

/** Starts both servers, empty, with one reading account each. */
export const startDriftPair = async (
  flavour: FlavourName | readonly [old: FlavourName, fresh: FlavourName],
  schemas: string[] = [],
  extra: string[] = []
): Promise<DriftPair> => {
  const [oldFlavour, newFlavour] = typeof flavour === 'string' ? [flavour, flavour] : flavour
  const old = await startOwnDatabase(oldFlavour, { serverId: 1, extra })
  const fresh = await startOwnDatabase(newFlavour, { serverId: 2, extra })
  for (const database of [old, fresh])
    await database.asRoot(
      'SET SESSION sql_log_bin = 0',
      `CREATE USER 'reader'@'%' IDENTIFIED BY '${password}'`,
      "GRANT ALL PRIVILEGES ON *.* TO 'reader'@'%'"
    )
  const move = moveOf({ old: old.port, new: fresh.port }, schemas)
  const reach = makeReach({ move, secrets: { get: async () => password }, askHostKey: null })
  return {
    old,
    new: fresh,
    reach,
    move,
    compare: (more) =>
      startDrift({
        reach,
        move,
        oldServer: 'old-db',
        newServer: 'new-db',
        previous: { kind: 'never' },
        signal: AbortSignal.timeout(60_000),
        onChange: () => {},
        ...more,
        // Tests need not be polite, unless they are about it.
        wish: { pace: 'full', ...more?.wish }
      }),
    follow: async (to) => {
      const [source, replica] = to === 'new' ? [old, 'new-db'] : [fresh, 'old-db']
      const session = await reach.openSession(replica, 'link')
      try {
        const statements = statementsFor(await reach.capabilities(replica))
        const target = { sourceHost: '127.0.0.1', sourcePort: source.port, user: 'reader', password, channel: '' }
        for (const statement of [...statements.configureLink(target, { kind: 'held' }), ...statements.startLink('')])
          await session.query(statement)
        await untilLinked(session, statements.showLinks())
      } finally {
        await session.close()
      }
    },
    stop: async () => {
      await reach.close()
      await Promise.all([old.stop(), fresh.stop()])
    }
  }
}

const untilLinked = async (session: Session, statement: string): Promise<void> => {
  const end = Date.now() + 20_000
  for (;;) {
    const [row] = await session.query(statement)
    const receiver = row?.Replica_IO_Running ?? row?.Slave_IO_Running
    if (receiver === 'Yes') return
    if (Date.now() > end) throw new Error(`the link does not run: ${row?.Last_IO_Error} ${row?.Last_SQL_Error}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
