import { type Check, guarded, ok, stopUnlessWaived, warn } from '../check'
import { remedy, setVariable, shown, variable, variablesShown } from '../evidence'
import { value } from '../facts'
import { rolesOf } from '../stage'

export const sameTimeZone: Check = {
  id: 'H03',
  group: 'variables',
  title: 'Time zones are the same',
  why: 'NOW() and every DATETIME that the shop writes follow the server’s zone.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    return guarded(null, () => {
      const zone = (server: typeof active) => {
        const own = variable(server, 'time_zone') ?? 'SYSTEM'
        return own.toUpperCase() === 'SYSTEM' ? (variable(server, 'system_time_zone') ?? '') : own
      }
      const evidence = [active, passive].map((server) =>
        variablesShown(server, 'time_zone', 'system_time_zone', 'explicit_defaults_for_timestamp')
      )
      if (zone(active) !== zone(passive))
        return stopUnlessWaived({
          title: `${active.name} runs in ${zone(active)}, ${passive.name} in ${zone(passive)}`,
          consequence: 'New orders would carry another time of day than the old ones.',
          evidence,
          remedies: /^[+-]\d\d:\d\d$/.test(variable(active, 'time_zone') ?? '')
            ? [
                setVariable(
                  passive,
                  'time_zone',
                  variable(active, 'time_zone') ?? '',
                  'Set the same zone; write it into the configuration as well.',
                  true
                )
              ]
            : [
                {
                  text: `Set the zone of ${passive.name}’s host to ${zone(active)} and restart the server.`,
                  server: null,
                  statements: [],
                  undo: [],
                  safe: false
                }
              ]
        })
      if (variable(active, 'explicit_defaults_for_timestamp') !== variable(passive, 'explicit_defaults_for_timestamp'))
        return warn({
          title: 'explicit_defaults_for_timestamp differs',
          consequence: 'A TIMESTAMP column created after the move behaves differently.',
          evidence
        })
      const [named, same] = [value(active.timeZoneTables), value(passive.timeZoneTables)]
      if (named && !same)
        return warn({
          server: passive,
          title: 'Time zone tables are not loaded on the new server',
          consequence: 'CONVERT_TZ with a name like Europe/Paris gives NULL there.',
          evidence: [...evidence, shown(passive.timeZoneTables, ['CONVERT_TZ works'], [['no']])],
          remedies: [
            remedy({ text: `On ${passive.name}’s host: mysql_tzinfo_to_sql /usr/share/zoneinfo | mysql mysql` })
          ]
        })
      return ok({ title: `Both in ${zone(active)}`, evidence })
    })
  }
}
