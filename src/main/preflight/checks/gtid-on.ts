import { isOn } from '../../mysql/words'
import { type Check, eachServer, info, ok, stop } from '../check'
import { remedy, variable, variablesShown } from '../evidence'
import { value } from '../facts'

const wayOn = [
  'SET GLOBAL enforce_gtid_consistency = WARN',
  'SET GLOBAL enforce_gtid_consistency = ON',
  'SET GLOBAL gtid_mode = OFF_PERMISSIVE',
  'SET GLOBAL gtid_mode = ON_PERMISSIVE',
  'SET GLOBAL gtid_mode = ON'
]
const modes = ['OFF', 'OFF_PERMISSIVE', 'ON_PERMISSIVE', 'ON']

export const gtidOn: Check = {
  id: 'E12',
  group: 'binlog',
  title: 'Transactions have global ids',
  why: 'The hold is verified, and the token is waited for, by transaction id.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      if (value(server.capabilities).flavour === 'mariadb') {
        return info({
          server,
          title: 'Always on in MariaDB',
          evidence: [variablesShown(server, 'gtid_domain_id', 'gtid_strict_mode')]
        })
      }
      const mode = (variable(server, 'gtid_mode') ?? 'OFF').toUpperCase()
      const strict = isOn(variable(server, 'enforce_gtid_consistency'))
      const evidence = [variablesShown(server, 'gtid_mode', 'enforce_gtid_consistency')]
      if (mode === 'ON' && strict) return ok({ server, title: 'gtid_mode is ON', evidence })
      const already = modes.indexOf(mode)
      const left = wayOn.filter((_, index) => (index < 2 ? !strict : index - 1 > already))
      return stop({
        server,
        title: mode === 'ON' ? 'enforce_gtid_consistency is off' : `gtid_mode is ${mode}`,
        consequence: 'Without global ids it cannot be proved that every order has arrived.',
        evidence,
        remedies: [
          remedy({
            text: 'One statement after the other; before the last, wait until the status Ongoing_anonymous_transaction_count is 0 on both servers. Write both settings into the configuration.',
            server,
            statements: left,
            undo: modes
              .slice(already, 3)
              .reverse()
              .map((step) => `SET GLOBAL gtid_mode = ${step}`)
          })
        ]
      })
    })
}
