import type { Action } from '../../../../shared/runbook'
import type { Step } from '../../../runbook/step'
import { type CutoverFacts, type CutoverSide, sessionNames } from '../facts'

const persistOn = (side: CutoverSide, readOnly: boolean): Action => {
  const statements = side.say.persistReadOnly(readOnly)
  return statements.length
    ? { kind: 'sql', server: side.id, session: sessionNames.operate, statements, onePacket: false, changes: true }
    : {
        kind: 'app',
        text: `In the option file of ${side.name}, under [mysqld], so that it stays so after a restart: ${side.say.configLine(readOnly)}`
      }
}

/** Both servers keep their new roles over a restart; where the server cannot write that down itself, the line is shown. */
export const roles = (): Step<CutoverFacts> => ({
  id: 'roles',
  group: 'After, at leisure',
  title: 'Keep the roles',
  why: 'After a restart the old server must not take writes, and the new one must.',
  server: () => 'both',
  deadlineMs: 8000,
  actions: ({ fixed }) => [persistOn(fixed.from, true), persistOn(fixed.to, false)],
  perform: async (hands, _facts, actions) => {
    for (const action of actions) {
      if (action.kind === 'sql') await hands.sql(action)
      else if (action.kind === 'app') hands.note(action.text)
    }
  },
  confirm: async (hands, { fixed }) => {
    const [[sealed], [open]] = await Promise.all([
      hands.read(fixed.from.id, sessionNames.watch, fixed.from.say.showReadOnly()),
      hands.read(fixed.to.id, sessionNames.watch, fixed.to.say.showReadOnly())
    ])
    if (sealed?.read_only !== '1' || open?.read_only !== '0')
      return { done: false, why: 'The roles are not as they should be.' }
    const kept = fixed.from.say.persistReadOnly(true).length > 0
    return {
      done: true,
      evidence: kept ? 'both servers keep their role over a restart' : 'the lines for the option files are noted'
    }
  },
  undo: () => ({ kind: 'impossible', why: 'The way back is Reverse.' })
})
