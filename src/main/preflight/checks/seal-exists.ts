import { type Check, eachServer, info, ok } from '../check'
import { variablesShown } from '../evidence'
import { value } from '../facts'

export const sealExists: Check = {
  id: 'B01',
  group: 'bypass',
  title: 'What seals the server',
  why: 'super_read_only refuses everybody; read_only lets privileged accounts through.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const evidence = [variablesShown(server, 'read_only', 'super_read_only')]
      return value(server.capabilities).superReadOnly
        ? ok({ server, title: 'super_read_only refuses every account', evidence })
        : info({
            server,
            title: 'read_only is the only seal here',
            consequence:
              'Accounts that may write past read_only are named by check B02; the hold stops them as well while it lasts.',
            evidence
          })
    })
}
