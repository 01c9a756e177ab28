import { replicationSecret, secretPlaceholder } from '../../../shared/secret'
import type { LinkStatus } from '../../../shared/server'
import { linkStatusOf } from '../../mysql/replica-status'
import { type StartPosition, statementsFor } from '../../mysql/statements'
import type { Hands, Seen } from '../../runbook/step'
import { channelOf, type ReplicateEnd, replicationAccount } from './replicate-facts'

/** Statements that make `replica` follow `source` through the bridge, encrypted by it. */
export const followStatements = (replica: ReplicateEnd, source: ReplicateEnd, start: StartPosition): string[] =>
  statementsFor(replica.can).configureLink(
    {
      sourceHost: source.at.host,
      sourcePort: source.at.port,
      user: replicationAccount,
      password: secretPlaceholder(replicationSecret),
      channel: channelOf(replica.can)
    },
    start
  )

/** The status of our own link on a server; undefined when it is not configured. */
export const ownLink = async (hands: Hands, replica: ReplicateEnd): Promise<LinkStatus | undefined> => {
  const rows = await hands.read(replica.id, 'operate', statementsFor(replica.can).showLinks())
  return rows.map(linkStatusOf).find((link) => link.channel === channelOf(replica.can) && link.sourceHost !== '')
}

/** Both threads run and the source is the server it should be, by uuid or server id: the address proves nothing. */
export const seeRunning = async (hands: Hands, replica: ReplicateEnd, source: ReplicateEnd): Promise<Seen> => {
  const link = await ownLink(hands, replica)
  if (!link) return { done: false, why: `${replica.name} has no link.` }
  const error = link.receiverError ?? link.applierError
  if (error) return { done: false, why: `${error.code}: ${error.text}` }
  if (link.receiver !== 'running' || link.applier !== 'running')
    return { done: false, why: `The receiver is ${link.receiver}, the applier ${link.applier}.` }
  const { identity } = source.can
  const same = link.sourceUuid ? link.sourceUuid === identity.uuid : link.sourceServerId === identity.serverId
  if (!same)
    return {
      done: false,
      why: `The source is another server: ${link.sourceUuid ?? `server_id ${link.sourceServerId}`}, not ${source.name}.`
    }
  const name = identity.uuid ?? `server_id ${identity.serverId}`
  return { done: true, evidence: `${replica.name} receives and applies; its source is ${source.name} (${name})` }
}
