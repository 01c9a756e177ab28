import { type Check, ok, stop } from '../check'
import { shown } from '../evidence'
import { value } from '../facts'

export const differentServers: Check = {
  id: 'A01',
  group: 'identity',
  title: 'Old and new are different servers',
  why: 'Two names or two tunnels can lead to one server; moving it to itself would lose what was written meanwhile.',
  judge: (facts) => {
    const [old, fresh] = [value(facts.old.capabilities).identity, value(facts.new.capabilities).identity]
    const columns = ['server', 'uuid', 'server_id', 'hostname', 'port', 'datadir']
    const row = (name: string, it: typeof old) => [
      name,
      it.uuid ?? '',
      `${it.serverId}`,
      it.hostname,
      `${it.port}`,
      it.datadir
    ]
    const evidence = [shown(facts.old.capabilities, columns, [row(facts.old.name, old), row(facts.new.name, fresh)])]
    return old.key === fresh.key
      ? [
          stop({
            title: 'Both sites lead to the same database server',
            consequence: 'There is nothing to move: the old and the new entry are one server behind two names.',
            evidence,
            remedies: [
              {
                text: 'Correct the address, port or SSH host of one of the two in the station Sites.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
        ]
      : [ok({ title: 'Two different servers', evidence })]
  }
}
