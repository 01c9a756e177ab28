import type { Answer } from './wire'
import { type FleetLink, type FleetServer, heldBy, isMaria, positionText, type World } from './world'

type Rows = Extract<Answer, { kind: 'rows' }>

/** The recorded status of a real link with what is different on this one, in whatever words the server has for it. */
const valuesOf = (link: FleetLink, server: FleetServer, world: World, at: number): Record<string, string | null> => {
  const source = world.servers.get(link.source)
  const mine = positionText(heldBy(server, world, at), world, server.model)
  const from = source ? positionText(heldBy(source, world, at), world, server.model) : ''
  const works = link.mood === 'running' || link.mood === 'lagging'
  const error = link.error ?? { code: 0, text: '' }
  // Errors of the line are the receiver's: 1236, 1593, 2xxx, 13114 …; those of rows are the applier's.
  const isLine = error.code >= 2000 || error.code === 1236 || error.code === 1593
  const applierStands = link.mood === 'stopped' || (link.mood === 'broken' && !isLine)
  const receiverStands = link.mood === 'stopped' || (link.mood === 'broken' && isLine)
  const host = link.at?.host ?? source?.host ?? '192.0.2.1'
  const port = String(link.at?.port ?? source?.port ?? 3306)
  const pick = (wanted: boolean, value: string, other: string) => (wanted ? value : other)
  return {
    channel_name: link.channel,
    connection_name: link.channel,
    source_host: host,
    master_host: host,
    source_port: port,
    master_port: port,
    source_server_id: source ? String(source.serverId) : '0',
    master_server_id: source ? String(source.serverId) : '0',
    source_uuid: source && !isMaria(source.model) ? source.uuid : '',
    master_uuid: source && !isMaria(source.model) ? source.uuid : '',
    replica_io_running: pick(receiverStands, 'No', pick(link.mood === 'connecting', 'Connecting', 'Yes')),
    slave_io_running: pick(receiverStands, 'No', pick(link.mood === 'connecting', 'Connecting', 'Yes')),
    replica_sql_running: pick(applierStands, 'No', 'Yes'),
    slave_sql_running: pick(applierStands, 'No', 'Yes'),
    last_io_errno: isLine ? String(error.code) : '0',
    last_io_error: isLine ? error.text : '',
    last_sql_errno: isLine ? '0' : String(error.code),
    last_sql_error: isLine ? '' : error.text,
    last_errno: isLine ? '0' : String(error.code),
    last_error: isLine ? '' : error.text,
    seconds_behind_source: works ? String(Math.round(link.lagSeconds)) : null,
    seconds_behind_master: works ? String(Math.round(link.lagSeconds)) : null,
    auto_position: link.gtid ? '1' : '0',
    using_gtid: link.gtid ? 'Slave_Pos' : 'No',
    sql_delay: String(link.delaySeconds),
    retrieved_gtid_set: link.gtid ? from : '',
    executed_gtid_set: link.gtid ? mine : '',
    gtid_io_pos: link.gtid ? from : '',
    gtid_slave_pos: mine
  }
}

/** Status rows of links, in the columns of a recorded answer, less what the server lacks and more what is new there. */
export const linkRows = (
  recorded: Rows,
  links: readonly FleetLink[],
  server: FleetServer,
  world: World,
  at: number
): Rows => {
  const template = recorded.rows[0] ?? recorded.columns.map(() => null)
  const missing = new Set(server.missingColumns.map((name) => name.toLowerCase()))
  const kept = recorded.columns.flatMap((name, index) => (missing.has(name.toLowerCase()) ? [] : [{ name, index }]))
  const fresh = Object.entries(server.newColumns)
  return {
    kind: 'rows',
    columns: [...kept.map(({ name }) => name), ...fresh.map(([name]) => name)],
    rows: links.map((link) => {
      const values = valuesOf(link, server, world, at)
      return [
        ...kept.map(({ name, index }) => {
          const value = values[name.toLowerCase()]
          return value === undefined ? (template[index] ?? null) : value
        }),
        ...fresh.map(([, value]) => value)
      ]
    })
  }
}
