import type { Step } from '../../../runbook/step'
import { type CutoverFacts, eventsMustRest, sessionNames } from '../facts'

const scheduler = (on: boolean) => `SET GLOBAL event_scheduler = ${on ? 'ON' : 'OFF'}`
const schedulerState = 'SELECT @@global.event_scheduler AS state'

/** Events of accounts that write past the seal would write on both sides: they rest from before the hold until they run on the new side. */
export const restEvents = (): Step<CutoverFacts> => ({
  id: 'rest-events',
  group: 'Prepare, writes go on',
  title: 'Events rest',
  why: 'An event whose definer may write past read_only, and which comes due while writes wait, would run right after the seal.',
  server: (facts) => facts.from.id,
  deadlineMs: 8000,
  actions: (facts) =>
    !eventsMustRest(facts)
      ? [{ kind: 'app', text: 'No event may write past the seal.' }]
      : [
          {
            kind: 'sql',
            server: facts.fixed.from.id,
            session: sessionNames.operate,
            statements: [scheduler(false)],
            onePacket: false,
            changes: true
          }
        ],
  confirm: async (hands, facts) => {
    const { fixed } = facts
    if (!eventsMustRest(facts)) return { done: true, evidence: 'no event may write past the seal' }
    const [row] = await hands.read(fixed.from.id, sessionNames.watch, schedulerState)
    return row?.state === 'OFF'
      ? { done: true, evidence: 'event_scheduler is OFF' }
      : { done: false, why: `event_scheduler is ${row?.state}.` }
  },
  undo: (facts) =>
    eventsMustRest(facts)
      ? {
          kind: 'actions',
          actions: [
            {
              kind: 'sql',
              server: facts.fixed.from.id,
              session: sessionNames.operate,
              statements: [scheduler(true)],
              onePacket: false,
              changes: true
            }
          ]
        }
      : { kind: 'nothing' },
  confirmUndone: async (hands, facts) => {
    const { fixed } = facts
    if (!eventsMustRest(facts)) return { done: true, evidence: 'nothing to put back' }
    const [row] = await hands.read(fixed.from.id, sessionNames.watch, schedulerState)
    return row?.state === 'ON'
      ? { done: true, evidence: 'event_scheduler is ON again' }
      : { done: false, why: `event_scheduler is ${row?.state}.` }
  }
})
