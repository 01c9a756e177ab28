import { numberOf } from '../../mysql/words'
import { type Check, eachServer, ok, warn } from '../check'
import { duration, setVariable, variable, variablesShown } from '../evidence'

const wantedSeconds = 3 * 86_400

export const logsKept: Check = {
  id: 'E08',
  group: 'binlog',
  title: 'Binary logs are kept long enough',
  why: 'While the new server is seeded, and as long as there is a way back, the other side needs every log.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const seconds = variable(server, 'binlog_expire_logs_seconds')
      const days = variable(server, 'expire_logs_days')
      const evidence = [variablesShown(server, 'binlog_expire_logs_seconds', 'expire_logs_days')]
      const kept = numberOf(seconds) || numberOf(days) * 86_400
      if (kept === 0 || kept >= wantedSeconds)
        return ok({ server, title: kept === 0 ? 'Until they are removed by hand' : `For ${duration(kept)}`, evidence })
      return warn({
        server,
        title: `Binary logs kept ${duration(kept)}, the move wants ${duration(wantedSeconds)}`,
        consequence: 'If the line is down for longer than that, the new server has to be seeded again.',
        evidence,
        remedies: [
          seconds === undefined
            ? setVariable(server, 'expire_logs_days', '10', 'Keep them for ten days; watch the disk.', true)
            : setVariable(
                server,
                'binlog_expire_logs_seconds',
                '864000',
                'Keep them for ten days; watch the disk.',
                true
              )
        ]
      })
    })
}
