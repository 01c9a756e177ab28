import { statementsFor } from '../../mysql/statements'
import { isOn } from '../../mysql/words'
import { type Check, guarded, info, ok, stop } from '../check'
import { count, remedy, shown, some, variable } from '../evidence'
import { value } from '../facts'
import { isLinked, notYet, rolesOf } from '../stage'

export const eventsDisabled: Check = {
  id: 'G04',
  group: 'schema',
  title: 'Events are disabled on the passive server',
  why: 'An event that runs on both servers does its work twice: two invoices, two clean-ups.',
  judge: (facts) => {
    const roles = rolesOf(facts)
    const { passive } = roles
    return guarded(passive, () => {
      const enabled = value(passive.events).filter(({ status }) => status.toUpperCase() === 'ENABLED')
      const scheduler = isOn(variable(passive, 'event_scheduler'))
      const names = enabled.map(({ schema, name }) => `${schema}.${name}`)
      const evidence = [
        shown(
          passive.events,
          ['event', 'status'],
          value(passive.events).map((it) => [`${it.schema}.${it.name}`, it.status])
        )
      ]
      if (enabled.length === 0)
        return isLinked(roles)
          ? ok({ server: passive, title: 'None is enabled', evidence })
          : info({ server: passive, title: notYet, evidence })
      const words = statementsFor(value(passive.capabilities))
      // super_read_only refuses even this; read_only stays on meanwhile.
      const sealed = isOn(variable(passive, 'super_read_only'))
      const around = (statements: string[]) => [
        ...(sealed ? ['SET GLOBAL super_read_only = 0'] : []),
        words.sessionBinlogOff(),
        ...statements,
        words.sessionBinlogOn(),
        ...(sealed ? ['SET GLOBAL super_read_only = 1'] : [])
      ]
      const remedies = [
        remedy({
          text: 'Disable them the way a replica does; the cutover enables them again.',
          server: passive,
          statements: around(enabled.map((event) => words.disableEvent(event))),
          undo: around(enabled.map((event) => words.enableEvent(event))),
          safe: true
        })
      ]
      const title = `${count(enabled.length, 'event')} enabled on ${passive.name}: ${some(names)}`
      return scheduler
        ? stop({
            server: passive,
            title,
            consequence:
              'They run here and on the active server: their work is done twice, and rows of their own appear on the passive side.',
            evidence,
            remedies
          })
        : info({
            server: passive,
            title: `${title}; the scheduler is off`,
            consequence: 'They would run as soon as somebody turns it on.',
            evidence,
            remedies
          })
    })
  }
}
