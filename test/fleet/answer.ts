import { linkRows } from './link-rows'
import { likePattern, listedNames, selectItems } from './select-list'
import type { Answer } from './wire'
import { type FleetServer, heldBy, isMaria, positionText, type Recording, type World } from './world'

type Rows = Extract<Answer, { kind: 'rows' }>

const rows = (columns: string[], list: (string | null)[][]): Rows => ({ kind: 'rows', columns, rows: list })
const refused = (code: number, state: string, text: string): Answer => ({ kind: 'error', code, state, text })

/** What one server of a fleet answers to one statement; null: nothing of the kind was recorded. Pure but for the clock it is told. */
export const answerOf = (sql: string, server: FleetServer, world: World, at: number): Answer | null => {
  const recording = world.recordings[server.model]
  const words = sql.trim().replace(/\s+/g, ' ')
  const start = words.toUpperCase()
  if (server.mood.kind === 'refuses' && new RegExp(server.mood.what, 'i').test(words))
    return refused(
      1227,
      '42000',
      'Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT privilege(s) for this operation'
    )
  const recorded = recording.answers[words]
  if (recorded?.kind === 'error') return recorded
  if (/^SHOW (GLOBAL |SESSION )?VARIABLES/.test(start)) return named(words, variablesOf(server, world, recording, at))
  if (/^SHOW (GLOBAL |SESSION )?STATUS/.test(start)) return named(words, statusOf(server, world, recording, at))
  if (/^SHOW (ALL SLAVES|REPLICA|SLAVE)( '[^']*')? STATUS/.test(start)) return linkStatus(words, server, world, at)
  if (/^SHOW (REPLICAS|SLAVE HOSTS|REPLICA HOSTS)/.test(start)) return replicas(words, server, world)
  if (/^SHOW (MASTER STATUS|BINARY LOG STATUS|BINLOG STATUS)/.test(start)) return binlog(words, server, world, at)
  if (/^(SET|USE|FLUSH|KILL|BEGIN|COMMIT|ROLLBACK|START TRANSACTION)\b/.test(start)) return { kind: 'ok' }
  if (/\bSITESWAP\.\w+/.test(start))
    return refused(1146, '42S02', `Table 'siteswap.${/siteswap\.(\w+)/i.exec(words)?.[1] ?? ''}' doesn't exist`)
  if (/\bFROM (information_schema|performance_schema)\.processlist/i.test(words)) return processes(words, server, world)
  if (/\bAS bytes FROM information_schema\.TABLES/i.test(words)) return rows(['bytes'], [[String(4 * 2 ** 30)]])
  if (recorded) return recorded
  return start.startsWith('SELECT ') ? selected(words, server, world, recording, at) : null
}

/** Recorded values, and those of this server that stand before them; null: it has none of the name. */
interface Values {
  own: Readonly<Record<string, string | null>>
  recorded: Readonly<Record<string, string>>
}

const toldBy = ({ own, recorded }: Values, name: string): string | undefined => {
  const mine = own[name]
  if (mine === null) return undefined
  return mine ?? recorded[name]
}

const named = (sql: string, values: Values): Rows => {
  const like = likePattern(sql)
  const names =
    listedNames(sql)?.map((name) => spelled(values, name)) ??
    [...new Set([...Object.keys(values.recorded), ...Object.keys(values.own)])].sort()
  return rows(
    ['Variable_name', 'Value'],
    names.flatMap((name) => {
      const value = like && !like.test(name) ? undefined : toldBy(values, name)
      return value === undefined ? [] : [[name, value]]
    })
  )
}

/** Status names begin with a capital, which whoever asks need not know. */
const spelled = ({ own, recorded }: Values, name: string): string => {
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  return capital in recorded || capital in own ? capital : name
}

const variablesOf = (server: FleetServer, world: World, recording: Recording, at: number): Values => {
  const held = positionText(heldBy(server, world, at), world, server.model)
  return {
    recorded: recording.variables,
    own: {
      hostname: server.name,
      port: String(server.port),
      server_id: String(server.serverId),
      datadir: server.datadir,
      read_only: server.readOnly ? 'ON' : 'OFF',
      ...(isMaria(server.model)
        ? { gtid_binlog_pos: held, gtid_current_pos: held, gtid_slave_pos: server.links.length > 0 ? held : '' }
        : { server_uuid: server.uuid, gtid_executed: held }),
      ...('super_read_only' in recording.variables ? { super_read_only: server.readOnly ? 'ON' : 'OFF' } : {}),
      ...server.variables
    }
  }
}

const statusOf = (server: FleetServer, world: World, recording: Recording, at: number): Values => {
  const seconds = Math.max(0, (at - world.since) / 1000)
  const writes = String(100_000 + Math.floor(seconds * server.writesPerSecond))
  return {
    recorded: recording.status,
    own: {
      Uptime: String(86_400 + Math.floor(seconds)),
      Threads_connected: String(2 + server.accounts.reduce((sum, account) => sum + account.count, 0)),
      ...(isMaria(server.model) ? { Handler_write: writes } : { Innodb_rows_inserted: writes })
    }
  }
}

const linkStatus = (sql: string, server: FleetServer, world: World, at: number): Answer | null => {
  const recorded =
    world.recordings[server.model].answers[
      sql.replace(/ FOR CHANNEL '[^']*'/i, '').replace(/^(SHOW SLAVE) '[^']*' STATUS/i, '$1 STATUS')
    ]
  if (recorded?.kind !== 'rows') return recorded ?? null
  const channel = /FOR CHANNEL '([^']*)'|SLAVE '([^']*)' STATUS/i.exec(sql)
  const name = channel?.[1] ?? channel?.[2]
  // MariaDB answers its default connection alone unless all are asked for.
  const onlyDefault = isMaria(server.model) && !/ALL SLAVES/i.test(sql) && name === undefined
  const links = server.links.filter((link) => {
    if (onlyDefault) return link.channel === ''
    return name === undefined || link.channel === name
  })
  return linkRows(recorded, links, server, world, at)
}

const followersOf = (server: FleetServer, world: World): FleetServer[] =>
  [...world.servers.values()].filter((one) =>
    one.links.some((link) => link.source === server.name && (link.mood === 'running' || link.mood === 'lagging'))
  )

const replicas = (sql: string, server: FleetServer, world: World): Answer | null => {
  const recorded = world.recordings[server.model].answers[sql]
  if (recorded?.kind !== 'rows') return recorded ?? null
  return rows(
    recorded.columns,
    followersOf(server, world).map((one) =>
      recorded.columns.map((column) => {
        switch (column.toLowerCase()) {
          case 'server_id':
            return String(one.serverId)
          case 'host':
            return one.reportsHost ? one.host : ''
          case 'port':
            return String(one.port)
          case 'source_id':
          case 'master_id':
            return String(server.serverId)
          case 'replica_uuid':
          case 'slave_uuid':
            return one.uuid
          default:
            return ''
        }
      })
    )
  )
}

const binlog = (sql: string, server: FleetServer, world: World, at: number): Answer | null => {
  const recording = world.recordings[server.model]
  const recorded = recording.answers[sql]
  if (recorded?.kind !== 'rows') return recorded ?? null
  if ((server.variables.log_bin ?? recording.variables.log_bin) !== 'ON') return rows(recorded.columns, [])
  const told: Record<string, string> = {
    file: 'binlog.000042',
    position: String(1000 + (Math.floor(at / 1000) % 1e9)),
    executed_gtid_set: positionText(heldBy(server, world, at), world, server.model)
  }
  return rows(recorded.columns, [recorded.columns.map((column) => told[column.toLowerCase()] ?? '')])
}

/** Connections of the shop, dump threads of those who follow, threads of its own links. */
const processes = (sql: string, server: FleetServer, world: World): Answer => {
  const dumps = followersOf(server, world).map((one) => ({ user: 'siteswap_repl', host: one.host, dump: '1', n: 1 }))
  const own = server.links.length > 0 ? [{ user: 'system user', host: '', dump: '0', n: server.links.length * 2 }] : []
  const shop = server.accounts.map(({ user, host, count }) => ({ user, host, dump: '0', n: count }))
  const items = selectItems(sql)
  if (/GROUP BY/i.test(sql))
    return rows(
      items.map(({ name }) => name),
      [...shop, ...dumps, ...own].map((one) =>
        items.map(({ name }) => ({ account: one.user, peer: one.host, dump: one.dump, n: String(one.n) })[name] ?? null)
      )
    )
  const each = [...shop, ...dumps, ...own].flatMap((one) => Array.from({ length: one.n }, () => one))
  return rows(
    items.map(({ name }) => name),
    each.map((one, index) =>
      items.map(({ text }) => {
        const column = text.replace(/[`\w]*\./g, '').toUpperCase()
        if (column === 'ID') return String(100 + index)
        if (column === 'USER') return one.user
        if (column === 'HOST') return one.host === '' ? '' : `${one.host}:${40_000 + index}`
        if (column === 'COMMAND') return one.dump === '1' ? 'Binlog Dump GTID' : 'Sleep'
        return column === 'TIME' ? '1' : null
      })
    )
  )
}

/** A SELECT of system variables, constants and the clock, without a table. */
const selected = (sql: string, server: FleetServer, world: World, recording: Recording, at: number): Answer | null => {
  if (/\sfrom\s+(?!dual)/i.test(sql)) return null
  const values = variablesOf(server, world, recording, at)
  const row: (string | null)[] = []
  const items = selectItems(sql)
  for (const { text } of items) {
    const variable = /^@@(?:global\.|session\.)?`?(\w+)`?$/i.exec(text)?.[1]
    if (variable !== undefined) {
      const value = toldBy(values, variable.toLowerCase()) ?? extra[variable.toLowerCase()]
      if (value === undefined) return refused(1193, 'HY000', `Unknown system variable '${variable}'`)
      row.push(value === 'ON' ? '1' : value === 'OFF' ? '0' : value)
    } else if (/^null$/i.test(text)) row.push(null)
    else if (/^'[^']*'$|^-?\d+$/.test(text)) row.push(text.replace(/^'|'$/g, ''))
    else if (/^TIMESTAMPDIFF\(MICROSECOND/i.test(text)) row.push(String(BigInt(at) * 1000n))
    else if (/^1 \/\*!\d+ \+ 1 \*\/$/.test(text))
      row.push(isMaria(server.model) ? '1' : reads(text, toldBy(values, 'version')))
    else if (/^VERSION\(\)$/i.test(text)) row.push(toldBy(values, 'version') ?? '')
    else if (/^CONNECTION_ID\(\)$/i.test(text)) row.push('7')
    else return null
  }
  return rows(
    items.map(({ name }) => name),
    [row]
  )
}

/** `2` from the release on that the comment of `1 /*!80200 + 1 *\/` names, `1` before it. */
const reads = (text: string, version = ''): string => {
  const [major = 0, minor = 0, patch = 0] = (/\d+\.\d+\.\d+/.exec(version)?.[0] ?? '').split('.').map(Number)
  return major * 10_000 + minor * 100 + patch >= Number(/\d{5,}/.exec(text)?.[0]) ? '2' : '1'
}

/** Variables that SHOW does not list, as every server here answers them. */
const extra: Record<string, string> = { gtid_purged: '', gtid_binlog_state: '' }
