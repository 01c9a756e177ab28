import { type Check, guarded, ok, stopUnlessWaived } from '../check'
import { count, shown } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

const waiting =
  /waiting for (table metadata|global read|commit|backup|table level|schema metadata|table flush|table) ?(lock|flush)?/i

export const noForeignLocks: Check = {
  id: 'F05',
  group: 'blockers',
  title: 'Nobody holds table locks',
  why: 'The hold waits behind them, and every new order waits behind the hold.',
  judge: (facts) => {
    const { active } = rolesOf(facts)
    return guarded(active, () => {
      const held = value(active.heldLocks)
      const queue = value(active.processes).filter(({ state, user }) => user !== 'system user' && waiting.test(state))
      const evidence = [
        shown(
          active.heldLocks,
          ['connection', 'holds'],
          held.map((it) => [`${it.connection}`, it.what])
        ),
        shown(
          active.processes,
          ['connection', 'account', 'state', 'for', 'statement'],
          queue.map((it) => [`${it.id}`, `${it.user}@${it.host}`, it.state, `${it.seconds} s`, it.info])
        )
      ]
      if (held.length === 0 && queue.length === 0) return ok({ server: active, title: 'None', evidence })
      return stopUnlessWaived({
        server: active,
        title:
          held.length > 0
            ? `${count(held.length, 'lock')} held by others: ${held[0]?.what}`
            : `${count(queue.length, 'session')} waiting for a lock`,
        consequence: 'The hold could not begin; behind it customers would wait until it gives up.',
        evidence,
        remedies: [
          {
            text: 'Wait until the backup or the schema change is done, or ask its owner to end it.',
            server: null,
            statements: [],
            undo: [],
            safe: false
          }
        ]
      })
    })
  }
}
