import { linkStatusOf } from '../../../mysql/replica-status'
import type { Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames } from '../facts'

/** The way back runs before anything is switched: the first order on the new side flows back at once. */
export const reverseLink = (): Step<CutoverFacts> => ({
  id: 'reverse-link',
  group: 'Prepare, writes go on',
  title: 'Reverse link',
  why: 'The server that takes writes now must follow the other one before the switch, so that there is a way back from the first order on.',
  server: (facts) => facts.from.id,
  deadlineMs: 15_000,
  actions: ({ fixed }) =>
    fixed.from.link
      ? [
          {
            kind: 'sql',
            server: fixed.from.id,
            session: sessionNames.operate,
            statements: fixed.from.say.startLink(fixed.from.link.channel),
            onePacket: false,
            changes: true
          }
        ]
      : [{ kind: 'app', text: `${fixed.from.name} has no link that follows ${fixed.to.name}: run Replicate first.` }],
  perform: async (hands, { fixed }, actions) => {
    for (const action of actions) if (action.kind === 'sql' && !fixed.from.link?.running) await hands.sql(action)
  },
  confirm: async (hands, { fixed }) => {
    const rows = await hands.read(fixed.from.id, sessionNames.watch, fixed.from.say.showLinks())
    const link = rows
      .map(linkStatusOf)
      .find(
        (status) =>
          status.sourceServerId === fixed.to.capabilities.identity.serverId ||
          status.channel === fixed.from.link?.channel
      )
    if (link?.receiver === 'running' && link.applier === 'running')
      return { done: true, evidence: `${fixed.from.name} follows ${fixed.to.name}, receiver and applier running` }
    return {
      done: false,
      why: link
        ? (link.applierError?.text ?? link.receiverError?.text ?? `Receiver ${link.receiver}, applier ${link.applier}.`)
        : 'There is no such link.'
    }
  },
  undo: ({ fixed }) =>
    fixed.from.link && !fixed.from.link.running
      ? {
          kind: 'actions',
          actions: [
            {
              kind: 'sql',
              server: fixed.from.id,
              session: sessionNames.operate,
              statements: fixed.from.say.stopLink(fixed.from.link.channel),
              onePacket: false,
              changes: true
            }
          ]
        }
      : { kind: 'nothing' }
})
