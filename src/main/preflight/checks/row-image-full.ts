import { type Check, eachServer, ok, warn } from '../check'
import { setVariable, variable, variablesShown } from '../evidence'

export const rowImageFull: Check = {
  id: 'E05',
  group: 'binlog',
  title: 'Whole rows are logged',
  why: 'With part of a row the applier cannot tell that the rest differs.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const image = (variable(server, 'binlog_row_image') ?? 'FULL').toUpperCase()
      const evidence = [variablesShown(server, 'binlog_row_image')]
      return image === 'FULL'
        ? ok({ server, title: 'FULL', evidence })
        : warn({
            server,
            title: `binlog_row_image is ${image}`,
            consequence: 'A row that differs between the sites would be changed without an error.',
            evidence,
            remedies: [setVariable(server, 'binlog_row_image', 'FULL', 'Log whole rows.', true)]
          })
    })
}
