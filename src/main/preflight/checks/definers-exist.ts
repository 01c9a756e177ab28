import { quoteAccount } from '../../mysql/identifiers'
import { splitAccount } from '../../mysql/words'
import { type Check, eachServer, ok, stop, warn } from '../check'
import { count, remedy, shown, some } from '../evidence'
import { type ServerFacts, value } from '../facts'
import { isLinked, rolesOf } from '../stage'

const missingOn = (owner: ServerFacts, judged: ServerFacts) => {
  const accounts = new Set(value(judged.accounts).map(({ user, host }) => `${user}@${host}`))
  return value(owner.definers).filter(({ definer }) => {
    const { user, host } = splitAccount(definer)
    return definer !== '' && !accounts.has(`${user}@${host}`) && !accounts.has(`${user}@`)
  })
}

export const definersExist: Check = {
  id: 'G03',
  group: 'schema',
  title: 'The accounts that views, routines, triggers and events run as exist',
  why: 'An object whose definer is missing fails with error 1449 when it is used.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    return eachServer(facts, (server) => {
      const isPassive = server === roles.passive
      if (isPassive && !isLinked(roles)) return []
      const missing = missingOn(isPassive ? roles.active : server, server)
      const names = missing.map((it) => `${it.kind} ${it.schema}.${it.name}`)
      const evidence = [
        shown(
          server.definers,
          ['object', 'definer'],
          missing.map((it, index) => [names[index] ?? '', it.definer])
        )
      ]
      if (missing.length === 0) return ok({ server, title: 'All exist', evidence })
      const definers = [...new Set(missing.map(({ definer }) => definer))]
      const words = {
        server,
        title: `${count(definers.length, 'definer')} missing: ${some(definers)}`,
        consequence: `${some(names)} would fail with error 1449 on ${server.name}${isPassive ? ' as soon as the shop uses it' : ', and on the new site as well'}.`,
        evidence,
        remedies: [
          remedy({
            text: 'Create the account locked, with the rights its objects need, or give the objects another definer.',
            server,
            statements: definers.map((definer) => {
              const { user, host } = splitAccount(definer)
              return `CREATE USER ${quoteAccount(user, host)} ACCOUNT LOCK`
            }),
            undo: definers.map((definer) => {
              const { user, host } = splitAccount(definer)
              return `DROP USER ${quoteAccount(user, host)}`
            })
          })
        ]
      }
      return isPassive ? stop(words) : warn(words)
    })
  }
}
