import { type Check, ok, stop } from '../check'
import { variable, variablesShown } from '../evidence'

export const sameLowerCase: Check = {
  id: 'H01',
  group: 'variables',
  title: 'Table names are compared the same way',
  why: 'With another lower_case_table_names, a table that is found on one server is missing on the other.',
  judge: (facts) => {
    const [old, fresh] = [variable(facts.old, 'lower_case_table_names'), variable(facts.new, 'lower_case_table_names')]
    const evidence = [
      variablesShown(facts.old, 'lower_case_table_names'),
      variablesShown(facts.new, 'lower_case_table_names')
    ]
    return old === fresh
      ? [ok({ title: `Both ${old}`, evidence })]
      : [
          stop({
            title: `lower_case_table_names is ${old} on the old and ${fresh} on the new server`,
            consequence: 'Replication stops at the first table written in another case, and so does the shop.',
            evidence,
            remedies: [
              {
                text: `Initialise the new server again with lower_case_table_names = ${old}; it cannot be changed later.`,
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
        ]
  }
}
