import type { Action, SqlAction } from '../../../../shared/runbook'
import type { EventName } from '../../../mysql/statements'
import { quoteText } from '../../../mysql/words'
import type { Hands, Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverSide, eventsMustRest, eventsOf, sessionNames } from '../facts'

const on = (side: CutoverSide, statements: string[]): SqlAction => ({
  kind: 'sql',
  server: side.id,
  session: sessionNames.operate,
  statements,
  onePacket: true,
  changes: true
})

/** A server with super_read_only refuses ALTER EVENT once it is sealed, and does not run its events either. */
const canDisable = (side: CutoverSide): boolean => !side.capabilities.superReadOnly

const stateOn = async (hands: Hands, side: CutoverSide, list: readonly EventName[]): Promise<Map<string, string>> => {
  if (list.length === 0) return new Map()
  const schemas = [...new Set(list.map((event) => event.schema))].map(quoteText).join(', ')
  const rows = await hands.read(
    side.id,
    sessionNames.watch,
    `SELECT EVENT_SCHEMA AS s, EVENT_NAME AS n, STATUS AS status FROM information_schema.EVENTS WHERE EVENT_SCHEMA IN (${schemas})`
  )
  return new Map(rows.map((row) => [`${row.s}.${row.n}`, row.status ?? '']))
}

/** Events run where writes are: enabled on the new side exactly as they were on the old one. */
export const events = (): Step<CutoverFacts> => ({
  id: 'events',
  group: 'After, at leisure',
  title: 'Hand over events',
  why: 'Scheduled events run on the side that takes writes, and only there.',
  server: () => 'both',
  deadlineMs: 8000,
  actions: (facts) => {
    const { from, to } = facts.fixed
    const list = eventsOf(facts)
    const actions: Action[] = []
    const quiet = (side: CutoverSide, statements: string[]) =>
      on(side, [side.say.sessionBinlogOff(), ...statements, side.say.sessionBinlogOn()])
    if (list.length === 0) return [{ kind: 'app', text: 'There are no enabled events.' }]
    if (canDisable(from))
      actions.push(
        quiet(
          from,
          list.map((event) => from.say.disableEvent(event))
        )
      )
    actions.push(
      quiet(
        to,
        list.map((event) => to.say.enableEvent(event))
      )
    )
    if (eventsMustRest(facts)) actions.push(on(from, ['SET GLOBAL event_scheduler = ON']))
    return actions
  },
  confirm: async (hands, facts) => {
    const { fixed } = facts
    const list = eventsOf(facts)
    const [there, here] = await Promise.all([stateOn(hands, fixed.to, list), stateOn(hands, fixed.from, list)])
    const name = (event: { schema: string; name: string }) => `${event.schema}.${event.name}`
    const asleep = list.filter((event) => there.get(name(event)) !== 'ENABLED')
    if (asleep.length) return { done: false, why: `Not enabled on ${fixed.to.name}: ${asleep.map(name).join(', ')}.` }
    const awake = canDisable(fixed.from) ? list.filter((event) => here.get(name(event)) === 'ENABLED') : []
    if (awake.length) return { done: false, why: `Still enabled on ${fixed.from.name}: ${awake.map(name).join(', ')}.` }
    return {
      done: true,
      evidence: `${list.length} events run on ${fixed.to.name}${canDisable(fixed.from) ? `, none on ${fixed.from.name}` : `; ${fixed.from.name} runs none while sealed`}`
    }
  },
  undo: () => ({ kind: 'impossible', why: 'Events follow the side that takes writes: the way back is Reverse.' })
})
