import { type Check, guarded, ok, warn } from '../check'
import { count, duration, remedy, shown } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

export const noLongTransactions: Check = {
  id: 'F01',
  group: 'blockers',
  title: 'No long transactions',
  why: 'A transaction that is open when the seal comes fails at its COMMIT.',
  judge: (facts) => {
    const { active } = rolesOf(facts)
    const limit = facts.move.thresholds.longTransactionSeconds
    return guarded(active, () => {
      const processes = active.processes.known ? active.processes.value : []
      const long = value(active.transactions).filter(({ seconds }) => seconds > limit)
      const who = (connection: number) => processes.find(({ id }) => id === connection)
      const evidence = [
        shown(
          active.transactions,
          ['connection', 'account', 'open for', 'rows changed', 'now'],
          long.map((it) => [
            `${it.connection}`,
            `${who(it.connection)?.user ?? '?'}@${who(it.connection)?.host ?? '?'}`,
            `${it.seconds} s`,
            `${it.rowsModified}`,
            who(it.connection)?.command ?? ''
          ])
        )
      ]
      if (long.length === 0) return ok({ server: active, title: `None older than ${limit} s`, evidence })
      const oldest = Math.max(...long.map(({ seconds }) => seconds))
      return warn({
        server: active,
        title: `${count(long.length, 'transaction')} open for up to ${duration(oldest)}`,
        consequence:
          'Started again and again, it would be cut off by the cutover, and what it did would be rolled back.',
        evidence,
        remedies: long.slice(0, 10).map((it) =>
          remedy({
            text: `Ask who it is, then end connection ${it.connection}: what it changed is rolled back.`,
            server: active,
            statements: [`KILL ${it.connection}`]
          })
        )
      })
    })
  }
}
