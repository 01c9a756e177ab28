import { numberOf } from '../../mysql/words'
import { type Check, eachServer, info, ok } from '../check'
import { duration, shown } from '../evidence'
import { value } from '../facts'

const quietSeconds = 600

export const upLongEnough: Check = {
  id: 'A17',
  group: 'identity',
  title: 'The servers have been up for a while',
  why: 'A server that has just restarted may do so again.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const uptime = numberOf(value(server.status).Uptime)
      const evidence = [shown(server.status, ['Uptime'], [[`${uptime}`]])]
      return uptime >= quietSeconds
        ? ok({ server, title: `Up for ${duration(uptime)}`, evidence })
        : info({
            server,
            title: `Started only ${duration(uptime)} ago`,
            consequence: 'Look into its error log if nobody restarted it on purpose.',
            evidence
          })
    })
}
