import { duplicateRow, type FleetPlan, fleetServer, followsServer } from './fleets'
import type { FleetServer, Model } from './world'

const onOldSite = (servers: FleetServer[]): FleetPlan => ({
  servers: servers.map((server) => ({ side: 'old' as const, server })),
  pairs: []
})

/** One replica that follows so many sources, each on a channel of its own; some are stopped or broken. */
export const manyChannels = (channels = 40, model: Model = 'my97'): FleetPlan => {
  const sources = Array.from({ length: channels }, (_, index) =>
    fleetServer(`shard-${String(index + 1).padStart(2, '0')}`, model, {
      writesPerSecond: 5,
      variables: model.startsWith('m1') ? { gtid_domain_id: String(index + 1) } : {}
    })
  )
  const gathering = fleetServer('warehouse', model, {
    readOnly: true,
    links: sources.map(({ name }, index) =>
      followsServer(name, {
        channel: `from_${name.replace('-', '_')}`,
        ...(index % 13 === 5 ? { mood: 'broken' as const, error: duplicateRow, lagSeconds: 900 } : {}),
        ...(index % 11 === 3 ? { mood: 'stopped' as const, lagSeconds: 60 } : {})
      })
    )
  })
  return onOldSite([gathering, ...sources])
}

/** So many servers in a circle, each following the one before it; all take writes. */
export const ring = (count = 4, model: Model = 'm1011'): FleetPlan => {
  const names = Array.from({ length: count }, (_, index) => `ring-${index + 1}`)
  return onOldSite(
    names.map((name, index) =>
      fleetServer(name, model, {
        writesPerSecond: 10,
        variables: model.startsWith('m1') ? { gtid_domain_id: String(index + 1) } : {},
        links: [followsServer(names[(index + count - 1) % count] ?? name)]
      })
    )
  )
}

/** So many servers, each following the one before it. */
export const chain = (count = 6, model: Model = 'my97'): FleetPlan =>
  onOldSite(
    Array.from({ length: count }, (_, index) =>
      fleetServer(`chain-${index + 1}`, model, {
        readOnly: index > 0,
        writesPerSecond: index === 0 ? 50 : 0,
        links: index === 0 ? [] : [followsServer(`chain-${index}`)],
        reportsHost: true
      })
    )
  )

/** A writer, a replica behind an address that only it knows, one of a source nobody knows, and one that nobody follows. */
export const scattered = (model: Model = 'm1011'): FleetPlan =>
  onOldSite([
    fleetServer('writer', model, { writesPerSecond: 20 }),
    fleetServer('behind-nat', model, {
      readOnly: true,
      links: [followsServer('writer', { at: { host: '10.255.0.7', port: 13_306 } })]
    }),
    fleetServer('stray', model, { readOnly: true, links: [followsServer('unheard-of', { mood: 'connecting' })] }),
    fleetServer('alone', model)
  ])

/** Texts that a server may hold where a person reads them: markup, commands for terminals, reversed and endless names. */
export const hostileTexts = {
  markup: '<img src=x onerror=alert(1)>',
  terminal: '\u001b[2J\u001b[31mowned\u0007',
  reversed: 'db-\u202egpj.exe',
  endless: 'x'.repeat(3000),
  prototype: '__proto__',
  emoji: 'база-数据库-🗄️',
  csv: '=cmd|calc',
  broken: "'; DROP TABLE shop.orders; --"
}

/** Servers whose names, comments, channels, errors and columns are hostile, missing or new. */
export const hostileFleet = (): FleetPlan => {
  const servers = Object.entries(hostileTexts).map(([kind, text], index) =>
    fleetServer(`host-${kind}`, index % 2 === 0 ? 'my97' : 'm1011', {
      readOnly: index > 0,
      variables: { version_comment: text, hostname: text, gtid_domain_id: index % 2 === 0 ? null : '1' },
      accounts: [{ user: text.slice(0, 80), host: text.slice(0, 60), count: 3 }],
      links:
        index < 2
          ? []
          : [
              followsServer(index % 2 === 0 ? 'host-markup' : 'host-terminal', {
                channel: text.slice(0, 60),
                mood: 'broken',
                lagSeconds: 12,
                error: { code: 1062, text }
              })
            ],
      missingColumns: index === 4 ? ['Seconds_Behind_Source', 'Channel_Name', 'Last_SQL_Error'] : [],
      newColumns: index === 5 ? { Hologram_state: 'Yes', __proto__2: text } : {}
    })
  )
  return onOldSite(servers)
}
