import { isOn } from '../../mysql/words'
import { type Check, eachServer, ok, stop } from '../check'
import { variable, variablesShown } from '../evidence'

export const binaryLogOn: Check = {
  id: 'E01',
  group: 'binlog',
  title: 'The binary log is on',
  why: 'Without it the old server cannot be followed, and without it on the new server there is no way back.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const evidence = [variablesShown(server, 'log_bin')]
      return isOn(variable(server, 'log_bin'))
        ? ok({ server, title: 'On', evidence })
        : stop({
            server,
            title: server.side === 'old' ? 'log_bin is off: it cannot be followed' : 'log_bin is off: no way back',
            consequence:
              server.side === 'old'
                ? 'Orders written here cannot reach the new site.'
                : 'After the cutover the old site could not follow, so the move could not be reversed.',
            evidence,
            remedies: [
              {
                text: `Add to the configuration of ${server.name} and restart it: log_bin = binlog, server_id = a number of its own.`,
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
    })
}
