import { type Check, guarded, ok, warn } from '../check'
import { duration, remedy, shown } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

export const noLongStatements: Check = {
  id: 'F08',
  group: 'blockers',
  title: 'No long statements',
  why: 'On MySQL the hold waits behind a running SELECT, and new writes wait behind the hold.',
  judge: (facts) => {
    const { active } = rolesOf(facts)
    const longSeconds = facts.move.thresholds.longTransactionSeconds
    return guarded(active, () => {
      const long = value(active.processes).filter(
        ({ command, seconds, user }) =>
          (command === 'Query' || command === 'Execute') &&
          seconds > longSeconds &&
          user !== 'system user' &&
          user !== 'event_scheduler'
      )
      const evidence = [
        shown(
          active.processes,
          ['connection', 'account', 'for', 'statement'],
          long.map((it) => [`${it.id}`, `${it.user}@${it.host}`, `${it.seconds} s`, it.info])
        )
      ]
      const longest = long[0]
      if (!longest) return ok({ server: active, title: `None older than ${longSeconds} s`, evidence })
      return warn({
        server: active,
        title: `A statement of ${longest.user} has run for ${duration(longest.seconds)}`,
        consequence: 'If it still runs at the cutover, the hold gives up after three seconds and nothing happens.',
        evidence,
        remedies: [
          remedy({
            text: 'Wait for it, or end the statement only.',
            server: active,
            statements: [`KILL QUERY ${longest.id}`]
          })
        ]
      })
    })
  }
}
