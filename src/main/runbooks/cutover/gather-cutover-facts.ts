import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { fail, failureOf } from '../../../shared/failure'
import { databasePair, type Move, type ServerEntry, type SiteSide, serversOf } from '../../../shared/move'
import { linkStatusOf } from '../../mysql/replica-status'
import type { Row } from '../../mysql/session'
import { type EventName, statementsFor } from '../../mysql/statements'
import type { Reach } from '../../reach/reach'
import { addressesOf, addressOf } from '../../redirect/connections'
import { readCommand } from '../../redirect/file-commands'
import { fileState } from '../../redirect/plan-edit'
import { clientCommand } from './armed-redirect'
import { type CutoverFacts, type CutoverSide, type RedirectHost, sessionNames } from './facts'
import { guardedTables, guardedTablesQuery } from './guarded'
import { connectionList } from './words'

export interface GatherCutover {
  reach: Reach
  kind: CutoverFacts['kind']
  operator: string
  epoch: number
  /** Short name of the run: letters and digits. A resumed run gives the one it had. */
  tag: string
  /** Which site takes writes before the switch; null: look. A resumed run knows it. */
  from: SiteSide | null
}

const read = async (reach: Reach, server: string, statement: string): Promise<Row[]> =>
  (await reach.session(server, sessionNames.watch)).query(statement, [], { deadlineMs: 15_000 })

const sideOf = async (
  reach: Reach,
  site: SiteSide,
  entry: ServerEntry,
  other: ServerEntry
): Promise<CutoverSide & { readOnly: boolean }> => {
  const capabilities = await reach.capabilities(entry.id)
  const others = await reach.capabilities(other.id)
  const say = statementsFor(capabilities)
  const links = (await read(reach, entry.id, say.showLinks())).map(linkStatusOf)
  const link = links.find((status) => status.sourceServerId === others.identity.serverId) ?? links[0] ?? null
  const [state] = await read(reach, entry.id, say.showReadOnly())
  return {
    site,
    siteName: reach.move[site].name,
    id: entry.id,
    name: entry.name,
    capabilities,
    say,
    link: link && { channel: link.channel, running: link.receiver === 'running' && link.applier === 'running' },
    readOnly: state?.read_only !== '0'
  }
}

const eventsOf = async (reach: Reach, side: CutoverSide): Promise<{ events: EventName[]; mustRest: boolean }> => {
  const rows = await read(
    reach,
    side.id,
    "SELECT EVENT_SCHEMA AS s, EVENT_NAME AS n, DEFINER AS definer FROM information_schema.EVENTS WHERE STATUS = 'ENABLED' AND EVENT_SCHEMA NOT IN ('mysql', 'sys')"
  )
  const events = rows.map((row) => ({ schema: row.s ?? '', name: row.n ?? '', definer: row.definer ?? '' }))
  if (side.capabilities.superReadOnly || events.length === 0) return { events, mustRest: false }
  const [scheduler] = await read(reach, side.id, 'SELECT @@global.event_scheduler AS state')
  const strong = await read(
    reach,
    side.id,
    "SELECT DISTINCT REPLACE(GRANTEE, '''', '') AS account FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE IN ('SUPER', 'READ_ONLY ADMIN', 'READ ONLY ADMIN')"
  )
  const accounts = new Set(strong.map((row) => row.account))
  return { events, mustRest: scheduler?.state === 'ON' && events.some((event) => accounts.has(event.definer)) }
}

const fileHosts = async (reach: Reach, move: Move, connections: Row[]): Promise<RedirectHost[]> =>
  Promise.all(
    serversOf(move).flatMap(({ side, server }) => {
      const { redirect } = server
      if (redirect.kind !== 'file') return []
      const addresses = new Set(addressesOf(server))
      const accounts = [
        ...new Set(
          connections
            .filter((row) => addresses.has(addressOf(row.host ?? '')) && !/^siteswap/.test(row.user ?? ''))
            .map((row) => row.user ?? '')
        )
      ]
      const look = async (): Promise<RedirectHost> => {
        try {
          const host = await reach.ssh(server.id)
          const [file, client] = await Promise.all([
            host.exec(readCommand(redirect.path), { deadlineMs: 10_000 }),
            host.exec(clientCommand, { deadlineMs: 10_000 })
          ])
          if (file.code !== 0)
            throw fail('not-found', 'The configuration file cannot be read.', {
              where: `${server.name}: ${redirect.path}`,
              words: file.stderr.trim(),
              try: ['Check the path and the rights of the SSH account.']
            })
          const points = fileState(file.stdout, redirect)
          const failure = points
            ? null
            : fail('invalid', `The texts of the redirect do not stand exactly once in ${redirect.path}.`, {
                where: server.name,
                try: ['Correct the texts in the move.']
              }).failure
          return { server, side, redirect, points, failure, accounts, canAsk: /^yes$/m.test(client.stdout) }
        } catch (error) {
          return { server, side, redirect, points: null, failure: failureOf(error), accounts, canAsk: false }
        }
      }
      return [look()]
    })
  )

/** Reads once what the switch is made from; changes nothing. */
export const gatherCutoverFacts = async (options: GatherCutover): Promise<CutoverFacts> => {
  const { reach, kind } = options
  const { move } = reach
  const pair = databasePair(move)
  if (!pair)
    throw fail('invalid', 'This move has no pair of database servers yet.', {
      try: ['On Topology, drag from the old database server to its new counterpart.']
    })
  const [oldSide, newSide] = await Promise.all([
    sideOf(reach, 'old', pair.old, pair.new),
    sideOf(reach, 'new', pair.new, pair.old)
  ])
  const fromSite: SiteSide =
    options.from ??
    (kind === 'reverse' ? 'new' : kind === 'cutover' ? 'old' : oldSide.readOnly && !newSide.readOnly ? 'new' : 'old')
  const [{ readOnly: _, ...from }, { readOnly: __, ...to }] =
    fromSite === 'old' ? [oldSide, newSide] : [newSide, oldSide]
  const connections = await read(reach, from.id, connectionList(from.say))
  const [guarded, { events, mustRest }, files] = await Promise.all([
    read(reach, from.id, guardedTablesQuery(move.schemas)).then(guardedTables),
    eventsOf(reach, from),
    fileHosts(reach, move, connections)
  ])
  return {
    kind,
    move,
    from,
    to,
    operator: options.operator,
    computer: hostname(),
    epoch: options.epoch,
    tag: options.tag,
    tokenUuid: randomUUID(),
    guarded,
    events,
    eventsMustRest: mustRest,
    files,
    byHand:
      kind === 'rehearsal'
        ? []
        : serversOf(move).flatMap(({ server }) =>
            server.redirect.kind === 'manual' ? [{ server, note: server.redirect.note }] : []
          )
  }
}
