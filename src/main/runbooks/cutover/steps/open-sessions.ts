import { fail } from '../../../../shared/failure'
import type { Hands, Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverSide, type CutoverTools, sessionNames } from '../facts'
import { guardedCheck } from '../guarded'
import type { Live } from '../live'
import { mariadbToken } from '../positions'
import { mariadbTokenParts, preparedXa, sameServer } from '../words'

const readingsTaken = 6

const openOne = (side: CutoverSide, session: string) => ({
  kind: 'sql' as const,
  server: side.id,
  session,
  statements: [sameServer(side.capabilities.identity), 'SELECT CONNECTION_ID() AS id'],
  onePacket: true,
  changes: false
})

/** An earlier run may have left this session under its lease. */
const freeOfLease = (side: CutoverSide) => ({
  ...openOne(side, sessionNames.hold),
  statements: [sameServer(side.capabilities.identity), 'SET SESSION wait_timeout = 900']
})

/** What a server's clock is ahead of this computer's monotonic one, ms, by the quickest of a few readings: half its way is all that it can be wrong by. */
const clockAhead = async (hands: Hands, side: CutoverSide, session: string): Promise<number> => {
  let best = { trip: Number.POSITIVE_INFINITY, ahead: 0 }
  for (let turn = 0; turn < readingsTaken; turn++) {
    const sent = hands.now()
    const [row] = await hands.read(side.id, session, side.say.clock())
    const heard = hands.now()
    if (heard - sent < best.trip) best = { trip: heard - sent, ahead: Number(row?.now_us) / 1000 - (sent + heard) / 2 }
  }
  return best.ahead
}

const idOf = async (hands: Hands, side: CutoverSide, session: string): Promise<string> => {
  const answers = await hands.sql(openOne(side, session))
  const id = answers[1]?.[0]?.id
  if (!id) throw fail('server', 'A session did not tell its number.', { where: side.name })
  return id
}

/** Everything that is needed while writes wait is opened and tried before: no new connection is made then. */
export const openSessions = (live: Live, tools: CutoverTools): Step<CutoverFacts> => ({
  id: 'open-sessions',
  group: 'Prepare, writes go on',
  title: 'Open sessions',
  why: 'A new connection costs many round trips; the reads of the verification run once, so that nothing is met for the first time while writes wait.',
  server: () => 'both',
  deadlineMs: 30_000,
  actions: ({ fixed }) => [
    freeOfLease(fixed.from),
    openOne(fixed.from, sessionNames.hold),
    openOne(fixed.from, sessionNames.operate),
    openOne(fixed.to, sessionNames.operate),
    ...(fixed.kind === 'rehearsal' ? [] : [openOne(fixed.to, sessionNames.arm)])
  ],
  perform: async (hands, { fixed }) => {
    const check = guardedCheck(fixed.guarded)
    const warm = (side: CutoverSide) =>
      hands.sql(
        {
          ...openOne(side, sessionNames.operate),
          statements: [
            sameServer(side.capabilities.identity),
            side.say.openTransactions(),
            preparedXa,
            side.say.position(),
            side.say.showLinks(),
            check
          ]
        },
        { deadlineMs: 20_000 }
      )
    // The lease may end at this very moment: a second try opens a new session.
    const free = freeOfLease(fixed.from)
    await hands.sql(free).catch(() => hands.sql(free))
    await Promise.all([
      idOf(hands, fixed.from, sessionNames.hold),
      ...(fixed.kind === 'rehearsal' ? [] : [idOf(hands, fixed.to, sessionNames.arm)]),
      hands.read(fixed.from.id, sessionNames.watch, 'SELECT 1'),
      hands.read(fixed.to.id, sessionNames.watch, 'SELECT 1'),
      ...fixed.files.map((host) => tools.reach.ssh(host.server.id)),
      warm(fixed.from),
      warm(fixed.to)
    ])
    live.clocks.set(fixed.from.id, await clockAhead(hands, fixed.from, sessionNames.hold))
    if (fixed.kind !== 'rehearsal') live.clocks.set(fixed.to.id, await clockAhead(hands, fixed.to, sessionNames.arm))
  },
  confirm: async (hands, { fixed, learned }) => {
    const holdId = await idOf(hands, fixed.from, sessionNames.hold)
    const armId = fixed.kind === 'rehearsal' ? '' : await idOf(hands, fixed.to, sessionNames.arm)
    const token = learned.token ?? (await freshToken(hands, fixed))
    return {
      done: true,
      evidence: `hold session ${holdId} on ${fixed.from.name}${armId ? `, armed session ${armId} on ${fixed.to.name}` : ''}`,
      learned: { holdId, armId, token }
    }
  },
  undo: () => ({ kind: 'nothing' })
})

const freshToken = async (hands: Hands, facts: CutoverFacts): Promise<string> => {
  if (facts.from.capabilities.flavour === 'mysql') return `${facts.tokenUuid}:1`
  const [parts] = await hands.read(facts.from.id, sessionNames.watch, mariadbTokenParts)
  return mariadbToken(parts ?? {})
}
