import { type Check, ok, stop } from '../check'
import { remedy, shown } from '../evidence'
import { value } from '../facts'

export const serverIds: Check = {
  id: 'A04',
  group: 'identity',
  title: 'Server ids differ and are not 0',
  why: 'A server ignores transactions that carry its own server id: with equal ids nothing is replicated and no error is shown.',
  judge: (facts) => {
    const [old, fresh] = [value(facts.old.capabilities).identity, value(facts.new.capabilities).identity]
    const evidence = [
      shown(
        facts.old.capabilities,
        ['server', 'server_id'],
        [
          [facts.old.name, `${old.serverId}`],
          [facts.new.name, `${fresh.serverId}`]
        ]
      )
    ]
    if (old.serverId !== fresh.serverId && old.serverId !== 0 && fresh.serverId !== 0)
      return [ok({ title: `Server ids ${old.serverId} and ${fresh.serverId}`, evidence })]
    const server = old.serverId === 0 ? facts.old : facts.new
    const other = server === facts.old ? fresh.serverId : old.serverId
    return [
      stop({
        server,
        title: old.serverId === fresh.serverId ? `Both servers have server id ${old.serverId}` : 'A server id is 0',
        consequence: 'Orders written on one side would be skipped on the other as if they were its own.',
        evidence,
        remedies: [
          remedy({
            text: `Give ${server.name} an id of its own, and write it into its configuration (server_id) as well.`,
            server,
            statements: [`SET GLOBAL server_id = ${other + 1}`],
            undo: [`SET GLOBAL server_id = ${server === facts.old ? old.serverId : fresh.serverId}`]
          })
        ]
      })
    ]
  }
}
