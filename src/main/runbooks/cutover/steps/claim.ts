import { fail, failureOf } from '../../../../shared/failure'
import type { SqlAction } from '../../../../shared/runbook'
import type { Hands, Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverSide, sessionNames, tagOf } from '../facts'
import { claimIsMine, epochRow, epochSeen, epochTable, lastClaim, releaseClaim, sameServer, takeClaim } from '../words'

const noSuchTable = 1146

const lockOn = (side: CutoverSide): SqlAction => ({
  kind: 'sql',
  server: side.id,
  session: sessionNames.claim,
  statements: [sameServer(side.capabilities.identity), takeClaim],
  onePacket: true,
  changes: false
})

const isMine = async (hands: Hands, side: CutoverSide): Promise<boolean> => {
  const [rows] = await hands.sql({ ...lockOn(side), statements: [claimIsMine] })
  return rows?.[0]?.mine === '1'
}

/** Takes the claim on both servers; rejects with who has it. */
export const claimBoth = async (hands: Pick<Hands, 'sql' | 'read'>, facts: CutoverFacts): Promise<void> => {
  for (const side of [facts.from, facts.to]) {
    const answers = await hands.sql(lockOn(side), { deadlineMs: 8000 })
    if (answers[1]?.[0]?.got === '1') continue
    const [who] = await hands.read(side.id, sessionNames.watch, lastClaim).catch(() => [])
    throw fail('conflict', 'Somebody else is working on this pair of servers.', {
      where: side.name,
      ...(who ? { why: `${who.operator} on ${who.computer} claimed it at ${who.since} for a ${who.kind}.` } : {}),
      try: [
        'Ask them to end or abort their run.',
        'If it was an app of yours that died, its claim ends with its connection: try again in a minute.'
      ]
    })
  }
}

/** Gives the claim back; a lost session has given it back already. */
export const releaseBoth = async (hands: Pick<Hands, 'sql'>, facts: CutoverFacts): Promise<void> => {
  for (const side of [facts.from, facts.to])
    await hands.sql({ ...lockOn(side), statements: [releaseClaim] }, { deadlineMs: 3000 }).catch(() => undefined)
}

/** One operator at a time: an advisory lock on both servers, and a row whose arrival measures the lag. */
export const claim = (): Step<CutoverFacts> => ({
  id: 'claim',
  group: 'Prepare, writes go on',
  title: 'Claim',
  why: 'Nobody else acts on these two servers meanwhile; a row written on the old one shows on the new one how far it is behind.',
  server: () => 'both',
  deadlineMs: 15_000,
  actions: (facts) => [
    lockOn(facts.fixed.from),
    lockOn(facts.fixed.to),
    {
      kind: 'sql',
      server: facts.fixed.from.id,
      session: sessionNames.operate,
      statements: [sameServer(facts.fixed.from.capabilities.identity), epochTable, epochRow(facts.fixed, tagOf(facts))],
      onePacket: true,
      changes: true
    }
  ],
  perform: async (hands, { fixed }, actions) => {
    await claimBoth(hands, fixed)
    const row = actions[2]
    if (row?.kind === 'sql') await hands.sql(row)
  },
  confirm: async (hands, facts) => {
    const { fixed } = facts
    const [mineFrom, mineTo] = await Promise.all([isMine(hands, fixed.from), isMine(hands, fixed.to)])
    if (!mineFrom || !mineTo) return { done: false, why: 'The claim is not held on both servers.' }
    const [row] = await hands.read(fixed.to.id, sessionNames.watch, epochSeen(tagOf(facts))).catch((error: unknown) => {
      // The first claim makes its table, and that too has to travel.
      if (failureOf(error).code === noSuchTable) return []
      throw error
    })
    if (!row) return { done: false, why: `The claim's row has not arrived on ${fixed.to.name}.` }
    return {
      done: true,
      evidence: `claimed on both; the row is on ${fixed.to.name}`,
      learned: {
        tag: tagOf(facts),
        events: JSON.stringify(fixed.events),
        eventsMustRest: fixed.eventsMustRest ? 'yes' : 'no'
      }
    }
  },
  undo: ({ fixed }) => ({
    kind: 'actions',
    actions: [fixed.from, fixed.to].map((side) => ({ ...lockOn(side), statements: [releaseClaim] }))
  }),
  performUndo: (hands, { fixed }) => releaseBoth(hands, fixed)
})
