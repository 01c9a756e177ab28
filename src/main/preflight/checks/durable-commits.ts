import { type Check, eachServer, ok, warn } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'

export const durableCommits: Check = {
  id: 'E15',
  group: 'binlog',
  title: 'Commits survive a crash',
  why: 'A server that loses its last second in a crash loses orders, and its binary log no longer agrees with its data.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const lax = (['sync_binlog', 'innodb_flush_log_at_trx_commit'] as const).filter(
        (name) => variable(server, name) !== '1'
      )
      const evidence = [variablesShown(server, 'sync_binlog', 'innodb_flush_log_at_trx_commit')]
      if (lax.length === 0) return ok({ server, title: 'Both are 1', evidence })
      return warn({
        server,
        title: lax.map((name) => `${name} is ${variable(server, name)}`).join(', '),
        consequence: 'If this host crashes during the move, its last orders may be gone, or be on one side only.',
        evidence,
        remedies: lax.map((name) =>
          setVariable(server, name, '1', `${name} = 1 for the time of the move; commits get a little slower.`, false)
        )
      })
    })
}
