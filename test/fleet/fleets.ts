import { createHash } from 'node:crypto'
import type { SiteSide } from '../../src/shared/move'
import type { FleetLink, FleetServer, Model } from './world'

/** A fleet before it listens: which server stands on which side, and who is whose counterpart. */
export interface FleetPlan {
  servers: { side: SiteSide; server: FleetServer }[]
  pairs: { old: string; new: string }[]
}

const uuidOf = (name: string): string => {
  const hash = createHash('md5').update(name).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-1${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

let places = 0

/** One server that is well, on the next free address of this computer. */
export const fleetServer = (name: string, model: Model, wanted: Partial<FleetServer> = {}): FleetServer => {
  places += 1
  return {
    name,
    model,
    host: `127.88.${Math.floor(places / 250) % 250}.${(places % 250) + 1}`,
    port: 33_060,
    serverId: 1000 + places,
    uuid: uuidOf(`${name} ${places}`),
    datadir: '/var/lib/mysql/',
    readOnly: false,
    links: [],
    mood: { kind: 'well' },
    writesPerSecond: 0,
    variables: {},
    missingColumns: [],
    newColumns: {},
    accounts: [],
    reportsHost: false,
    ...wanted
  }
}

/** A link from this source that runs. */
export const followsServer = (source: string, wanted: Partial<FleetLink> = {}): FleetLink => ({
  channel: '',
  source,
  mood: 'running',
  lagSeconds: 0.1,
  gtid: true,
  delaySeconds: 0,
  ...wanted
})

/** What the applier says when a row it should insert is there already; recorded words of a real server. */
export const duplicateRow = {
  code: 1062,
  text: "Could not execute Write_rows_v1 event on table shop.orders; Duplicate entry '4711' for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log binlog.000042, end_log_pos 1234"
}

/** Old and new model of each group: every one of these pairs is one that Siteswap moves. */
const generations: [Model, Model][] = [
  ['m1011', 'm118'],
  ['my97', 'my97'],
  ['m105', 'm1011'],
  ['my56', 'my56']
]

const troubleOf = (index: number): Partial<FleetLink> => {
  if (index % 41 === 17) return { mood: 'broken', error: duplicateRow, lagSeconds: 300 }
  if (index % 37 === 11) return { mood: 'stopped', lagSeconds: 60 }
  if (index % 23 === 7) return { mood: 'lagging', lagSeconds: 30 }
  return index % 53 === 21 ? { mood: 'connecting', lagSeconds: 5 } : {}
}

/**
 * So many servers on two sites, in groups: a writer, sources between, replicas; on the new site the same again, whose
 * first server follows the writer across. Some links are broken, stopped or late.
 */
export const fleetOf = (count: number, groupSize = 25): FleetPlan => {
  const plan: FleetPlan = { servers: [], pairs: [] }
  const put = (side: SiteSide, server: FleetServer): FleetServer => {
    plan.servers.push({ side, server })
    return server
  }
  const oldCount = Math.ceil(count / 2)
  const groups = Math.max(1, Math.round(oldCount / groupSize))
  const nameOf = (side: SiteSide, group: number, at: number) =>
    `${side === 'old' ? 'fra' : 'lis'}-db${group + 1}-${String(at + 1).padStart(2, '0')}`
  for (const side of ['old', 'new'] as const) {
    const ofSide = side === 'old' ? oldCount : count - oldCount
    for (let group = 0; group < groups; group += 1) {
      const size = Math.floor(ofSide / groups) + (group < ofSide % groups ? 1 : 0)
      const model = generations[group % generations.length]?.[side === 'old' ? 0 : 1] ?? 'm1011'
      const domain: Record<string, string> = model.startsWith('m1') ? { gtid_domain_id: String(group + 1) } : {}
      const between = size > 8 ? 3 : 0
      for (let at = 0; at < size; at += 1) {
        const name = nameOf(side, group, at)
        const index = plan.servers.length
        const above = at === 0 ? null : at <= between ? 0 : between === 0 ? 0 : 1 + (at % between)
        const source = above === null ? (side === 'new' ? nameOf('old', group, 0) : null) : nameOf(side, group, above)
        const writes = source === null
        put(
          side,
          fleetServer(name, model, {
            readOnly: !writes,
            variables: domain,
            writesPerSecond: writes ? 200 : 0,
            accounts: writes ? [{ user: 'shop', host: '10.0.0.5', count: 40 }] : [],
            links: source === null ? [] : [followsServer(source, at === 0 ? {} : troubleOf(index))]
          })
        )
      }
      if (side === 'new' && size > 0) plan.pairs.push({ old: nameOf('old', group, 0), new: nameOf('new', group, 0) })
    }
  }
  return plan
}
