import { type Check, eachServer, ok, stopUnlessWaived } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'

export const noSkippedErrors: Check = {
  id: 'D07',
  group: 'replication',
  title: 'Replication errors are not skipped',
  why: 'A skipped error is a row that differs from then on.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const skip = (variable(server, 'replica_skip_errors') ?? 'OFF').toUpperCase()
      const lenient = (variable(server, 'replica_exec_mode') ?? 'STRICT').toUpperCase() !== 'STRICT'
      const evidence = [variablesShown(server, 'replica_skip_errors', 'replica_exec_mode')]
      if ((skip === 'OFF' || skip === '') && !lenient) return ok({ server, title: 'None', evidence })
      return stopUnlessWaived({
        server,
        title: lenient ? 'The applier passes over missing and doubled rows' : `Errors ${skip} are skipped`,
        consequence: 'The two servers may differ already, and nothing would tell.',
        evidence,
        remedies: lenient
          ? [
              setVariable(
                server,
                'replica_exec_mode',
                'STRICT',
                'Make the applier strict, then compare the data.',
                false
              )
            ]
          : [
              {
                text: 'Remove slave_skip_errors from the configuration, restart, then compare the data.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
      })
    })
}
