import { numberOf } from '../../mysql/words'
import { type Check, eachServer, ok, warn } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'

const longestSeconds = 30

export const silentLineNoticed: Check = {
  id: 'D17',
  group: 'replication',
  title: 'A silent line is noticed soon',
  why: 'A replica whose line was cut keeps saying that all is well until this time has passed.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const seconds = numberOf(variable(server, 'replica_net_timeout'))
      const evidence = [variablesShown(server, 'replica_net_timeout')]
      return seconds > 0 && seconds <= longestSeconds
        ? ok({ server, title: `After ${seconds} s`, evidence })
        : warn({
            server,
            title: `A cut line is noticed only after ${seconds} s`,
            consequence:
              'For that long the link looks healthy while no order arrives. Siteswap’s heartbeat sees it sooner; the server reconnects later.',
            evidence,
            remedies: [
              setVariable(
                server,
                'replica_net_timeout',
                '10',
                'Notice it after 10 s (the station Replicate does it, too).',
                true
              )
            ]
          })
    })
}
