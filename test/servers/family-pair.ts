import type { Capabilities } from '../../src/main/mysql/capabilities'
import { linkStatusOf } from '../../src/main/mysql/replica-status'
import type { Session } from '../../src/main/mysql/session'
import { type Statements, statementsFor } from '../../src/main/mysql/statements'
import { surveyServer } from '../../src/main/mysql/survey'
import type { LinkStatus, ServerSurvey } from '../../src/shared/server'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { admin, type Pair, startPair } from './preflight-pair'
import { portSession } from './preflight-reach'

type Side = 'old' | 'new'
const replication = { user: 'siteswap_repl', password: 'repl-pw-1' }

/** One server of the pair, spoken to as Siteswap does: in its own words, over sessions that take several statements. */
export interface FamilyEnd {
  side: Side
  can: Capabilities
  say: Statements
  session: Session
  /** The channel that follows the other one; '' where the server has none. */
  channel: string
  run(statements: readonly string[]): Promise<void>
  /** A session of an account that may sign in and nothing else; nothing of it enters the binary log. */
  withAccount(user: string): Promise<Session>
  /** Signs in again. */
  anew(): Promise<void>
  look(): Promise<ServerSurvey>
  link(channel?: string): Promise<LinkStatus | undefined>
}

/** Two servers of two flavours that can follow each other. */
export interface FamilyPair {
  pair: Pair
  old: FamilyEnd
  new: FamilyEnd
  /** Makes `replica` follow the other one, accounts included, and waits until both of its threads run. */
  follow(replica: Side): Promise<void>
  /** The new server has everything the old one has. */
  caughtUp(): Promise<void>
  stop(): Promise<void>
}

/** A name that would end a literal, an identifier or a statement if it were not quoted. */
export const hostileChannel = 'eu\'1"`; -- \\'

const endOf = async (pair: Pair, side: Side): Promise<FamilyEnd> => {
  const can = await pair.reach.capabilities(`${side}-db`)
  const say = statementsFor(can)
  const open = () => portSession(`${side}-db`, { port: pair[side].port, ...admin }, side, { packets: true })
  let session = await open()
  const channel = can.channels ? hostileChannel : ''
  return {
    side,
    can,
    say,
    get session() {
      return session
    },
    channel,
    withAccount: async (user) => {
      const password = 'poor-pw-1'
      await session.query(say.sessionBinlogOff())
      for (const statement of say.createAccount(user, '%', password)) await session.query(statement)
      await session.query(say.sessionBinlogOn())
      return portSession(`${side}-db`, { port: pair[side].port, user, password }, user, { packets: true })
    },
    anew: async () => {
      await session.close()
      session = await open()
    },
    run: async (statements) => {
      for (const statement of statements) await session.query(statement)
    },
    look: () => surveyServer(session, can, `${side}-db`),
    link: async (name = channel) =>
      (await session.query(say.showLinks())).map(linkStatusOf).find((one) => one.channel === name)
  }
}

export const startFamilyPair = async (flavour: FlavourName, newFlavour: FlavourName): Promise<FamilyPair> => {
  const pair = await startPair(flavour, newFlavour)
  const ends = { old: await endOf(pair, 'old'), new: await endOf(pair, 'new') }
  const follow = async (side: Side): Promise<void> => {
    const replica = ends[side]
    const source = ends[side === 'old' ? 'new' : 'old']
    for (const end of [replica, source])
      await end.run([
        end.say.sessionBinlogOff(),
        ...end.say.createAccount(replication.user, '%', replication.password),
        ...end.say.grantReplication(replication.user, '%'),
        end.say.sessionBinlogOn()
      ])
    const target = {
      sourceHost: '127.0.0.1',
      sourcePort: pair[source.side].port,
      ...replication,
      channel: replica.channel
    }
    await replica.run([
      ...replica.say.liveness(10),
      ...replica.say.configureLink(target, { kind: 'held' }),
      ...replica.say.startLink(replica.channel)
    ])
    await until(
      async () => {
        const link = await replica.link()
        return link?.receiver === 'running' && link.applier === 'running'
      },
      60_000,
      `${side}-db does not follow`
    )
  }
  return {
    pair,
    old: ends.old,
    new: ends.new,
    follow,
    caughtUp: async () => {
      const [position] = await ends.old.session.query(ends.old.say.position())
      const wait = ends.new.say.waitFor(position?.executed ?? '', 20)
      const [waited] = await ends.new.session.query(wait.statement, [], { deadlineMs: 25_000 })
      if (!wait.reached(waited)) throw new Error('The new server did not catch up.')
    },
    stop: async () => {
      await Promise.all([ends.old.session.close(), ends.new.session.close()])
      await pair.stop()
    }
  }
}
