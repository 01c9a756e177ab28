import { failureOf } from '../../../../shared/failure'
import type { SqlAction } from '../../../../shared/runbook'
import type { Hands, RunFacts, Step } from '../../../runbook/step'
import { armSecondsOf, type CutoverFacts, sessionNames } from '../facts'
import { type Live, momentThere } from '../live'
import { armedSessions, sameServer } from '../words'

export const tokenOf = (learned: Readonly<Record<string, string>>): string => learned.token ?? '0-0-0'

/** The packet that waits for the token and opens the server only if it came. */
export const armPacket = (
  { fixed, learned }: RunFacts<CutoverFacts>,
  session: string,
  seconds = armSecondsOf(fixed.move)
): SqlAction => ({
  kind: 'sql',
  server: fixed.to.id,
  session,
  statements: [
    sameServer(fixed.to.capabilities.identity),
    ...fixed.to.say.arm({ position: tokenOf(learned) }, seconds)
  ],
  onePacket: true,
  changes: true
})

/** Ends whatever waits for this token on the new server. */
export const endArmed = async (hands: Hands, { fixed, learned }: RunFacts<CutoverFacts>): Promise<void> => {
  for (const row of await hands.read(fixed.to.id, sessionNames.watch, armedSessions(fixed.to.say, tokenOf(learned)))) {
    const kill: SqlAction = {
      kind: 'sql',
      server: fixed.to.id,
      session: sessionNames.watch,
      statements: [fixed.to.say.kill(row.id ?? '0')],
      onePacket: false,
      changes: true
    }
    // It may have ended between the look and the word.
    await hands.sql(kill).catch(() => undefined)
  }
}

/** The new server is told to open itself when, and only when, the token has arrived. */
export const arm = (live: Live): Step<CutoverFacts> => ({
  id: 'arm',
  group: 'Prepare, writes go on',
  title: 'Arm',
  why: 'Once armed, the new server needs nobody: it opens for writes when the token has been applied, and stays closed when its time passes without it.',
  server: (facts) => facts.to.id,
  deadlineMs: 8000,
  actions: (facts) => [armPacket(facts, sessionNames.arm)],
  perform: async (hands, { fixed }, actions) => {
    const [action] = actions
    if (action?.kind !== 'sql') return
    const seconds = armSecondsOf(fixed.move)
    live.armedAnswer = null
    const sent = hands.now()
    live.armedUntil = sent + seconds * 1000
    const answered = hands.sql(action, { deadlineMs: (seconds + 15) * 1000 }).then(
      (answers) => {
        const heard = hands.now()
        const row = answers.at(-1)?.[0]
        const there = momentThere(live, fixed.to.id, row, { sent, heard }, heard)
        live.armedAnswer = fixed.to.say.armOpened(row)
          ? { kind: 'opened', at: { heard, there } }
          : { kind: 'closed', why: 'Its time passed without the token.' }
        return live.armedAnswer
      },
      (error: unknown) => {
        live.armedAnswer = { kind: 'closed', why: failureOf(error).words ?? failureOf(error).what }
        return live.armedAnswer
      }
    )
    live.armed = answered
  },
  confirm: async (hands, facts) => {
    if (live.armedAnswer?.kind === 'closed') throw new Error(live.armedAnswer.why)
    const rows = await hands.read(
      facts.fixed.to.id,
      sessionNames.watch,
      armedSessions(facts.fixed.to.say, tokenOf(facts.learned))
    )
    return rows.length > 0
      ? { done: true, evidence: `session ${rows[0]?.id} waits for the token on ${facts.fixed.to.name}` }
      : { done: false, why: 'No session is seen to wait for the token.' }
  },
  undo: ({ fixed, learned }) => ({
    kind: 'actions',
    actions: [
      {
        kind: 'sql',
        server: fixed.to.id,
        session: sessionNames.watch,
        statements: [fixed.to.say.kill(learned.armId || '0')],
        onePacket: false,
        changes: true
      },
      {
        kind: 'app',
        text: `See that no session on ${fixed.to.name} waits for the token, and that it is still read-only.`
      }
    ]
  }),
  performUndo: endArmed,
  confirmUndone: async (hands, facts) => {
    const { fixed, learned } = facts
    const waiting = await hands.read(fixed.to.id, sessionNames.watch, armedSessions(fixed.to.say, tokenOf(learned)))
    if (waiting.length > 0) {
      await endArmed(hands, facts)
      return { done: false, why: 'The armed session is still there.' }
    }
    const [state] = await hands.read(fixed.to.id, sessionNames.watch, fixed.to.say.showReadOnly())
    return state?.read_only === '1'
      ? { done: true, evidence: `nobody waits for the token; ${fixed.to.name} is read-only` }
      : { done: false, why: `${fixed.to.name} is not read-only.` }
  }
})
