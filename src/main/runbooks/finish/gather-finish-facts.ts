import type { Failure } from '../../../shared/failure'
import type { SiteSide } from '../../../shared/move'
import { quoteText } from '../../mysql/identifiers'
import { linkStatusOf } from '../../mysql/replica-status'
import { statementsFor } from '../../mysql/statements'
import { isOn, numberOf } from '../../mysql/words'
import type { Reach } from '../../reach/reach'
import { gatherLinkFacts } from '../link/gather-link-facts'
import type { LinkFacts } from '../link/link-facts'
import { type PairEnd, type Prepare, pairOf } from '../link/pair'
import { shellRun } from '../link/shell'
import { canaryAccount, channelOf, replicationAccount } from '../replicate/replicate-facts'
import type { FinishEnd, FinishFacts } from './finish-facts'

/** Reads what Siteswap has left on the servers and who takes writes. */
export const gatherFinishFacts = async ({ reach, move }: Prepare): Promise<FinishFacts> => {
  const pair = pairOf(move)
  const blockers: Failure[] = []
  const warnings: string[] = []
  const [old, fresh] = await Promise.all([gatherEnd(reach, pair.old), gatherEnd(reach, pair.new)])
  const active: SiteSide = fresh.readOnly ? 'old' : 'new'
  if (old.readOnly === fresh.readOnly)
    blockers.push({
      kind: 'conflict',
      what: old.readOnly ? 'Neither server takes writes.' : 'Both servers take writes.',
      try: ['Make exactly one of them the active one before the links are removed.']
    })
  const link: LinkFacts | null = move.bridge ? await gatherLinkFacts({ reach, move }) : null
  const through = link ? await throughBridge(reach, fresh) : 0
  if (active === 'new' && through > 0)
    blockers.push({
      kind: 'conflict',
      what: `${through} connection(s) of applications still reach ${fresh.name} through the bridge.`,
      why: 'Without the bridge the old web servers would lose their database.',
      try: ['Wait until DNS has moved everybody, or stop the old web servers.']
    })
  if (active === 'old') warnings.push('The old server still takes the writes: this ends the move without a cutover.')
  warnings.push('After this there is no way back by Reverse: the old server no longer follows.')
  return { moveId: move.id, old, new: fresh, active, link, blockers, warnings }
}

const gatherEnd = async (reach: Reach, end: PairEnd): Promise<FinishEnd> => {
  const can = await reach.capabilities(end.id)
  const session = await reach.session(end.id, 'operate')
  const links = (await session.query(statementsFor(can).showLinks())).map(linkStatusOf)
  const own = links.find((link) => link.channel === channelOf(can) && link.sourceHost !== '')
  const [role] = await session.query(statementsFor(can).showReadOnly())
  const accounts = await session.query(
    `SELECT User AS user, Host AS host FROM mysql.user WHERE User IN (${[replicationAccount, canaryAccount].map(quoteText).join(', ')})`
  )
  const [schema] = await session.query(
    "SELECT COUNT(*) AS n FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'siteswap'"
  )
  return {
    ...end,
    can,
    linked: own !== undefined,
    linkRuns: own?.receiver === 'running' && own.applier === 'running',
    readOnly: isOn(role?.read_only),
    accounts: accounts.map((row) => ({ user: row.user ?? '', host: row.host ?? '' })),
    schema: numberOf(schema?.n) > 0
  }
}

/** Applications' connections on the new server that an ssh of its own host carries: old web servers behind the bridge. */
const throughBridge = async (reach: Reach, end: FinishEnd): Promise<number> => {
  const host = await reach.ssh(end.id)
  const script = `ss -Htnp state established "dport = :${end.database.port}" 2>/dev/null | grep '"ssh"' | awk '{print $3}'; exit 0`
  const answer = await host.exec(shellRun(script), { deadlineMs: 10_000 })
  const ports = answer.stdout.split('\n').flatMap((line) => /:(\d+)$/.exec(line.trim())?.[1] ?? [])
  const rows = await (await reach.session(end.id, 'operate')).query(
    `SELECT HOST AS host FROM ${statementsFor(end.can).processTable} WHERE USER NOT IN (?, ?, ?, 'system user', 'event_scheduler') AND COMMAND NOT LIKE 'Binlog Dump%'`,
    [end.database.user, replicationAccount, canaryAccount]
  )
  return rows.filter(({ host: from }) => ports.includes(from?.split(':').at(-1) ?? '')).length
}
