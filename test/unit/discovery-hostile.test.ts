import { describe, expect, it } from 'vitest'
import { nextAsks } from '../../src/main/discovery/crawl'
import { discoveryOf } from '../../src/main/discovery/discovery-of'
import { newEntries, withNewServers } from '../../src/main/discovery/new-entries'
import { linkStatusOf } from '../../src/main/mysql/replica-status'
import { askable } from '../../src/shared/discovery'
import { moveSchema, serverEntrySchema } from '../../src/shared/move'
import type { SurveyedLink } from '../../src/shared/server'
import { surveyedLink } from '../scenarios/link-status'
import {
  answers,
  at,
  begin,
  crawled,
  db1,
  found,
  linkTo,
  noteKinds,
  replicas,
  silent,
  told,
  uuidOf
} from './discovery-world'

const hostile = [
  '-oProxyCommand=touch /tmp/x',
  'a b',
  'a;reboot',
  '`id`',
  '$(id)',
  '<img src=x onerror=alert(1)>',
  'db\u0000',
  'db\u202Egpj.exe',
  '\u001b[2J',
  "x' OR 1=1 --",
  'x'.repeat(10_000),
  '../../etc/passwd',
  'user@host'
]

describe('what hostile servers say', () => {
  it.each(hostile.map((host) => [JSON.stringify(host).slice(0, 40), host] as const))(
    'leads to no connection: %s',
    (_, host) => {
      const crawl = crawled(
        begin(),
        answers(db1, told({ id: 1, links: [linkTo(9, host)], registered: [{ serverId: 2, host }] }))
      )
      expect(discoveryOf(crawl).servers.flatMap(askable)).toEqual([])
      expect(discoveryOf(crawl).servers).toHaveLength(3)
      expect(nextAsks(crawled(crawl, { kind: 'chosen', at: 1, asks: [{ target: at(host), like: 'db1' }] }))).toEqual([])
    }
  )

  it.each([0, -1, 65_536, 1.5, Number.NaN, 1e12])('is no port: %d', (port) => {
    const crawl = crawled(begin(), answers(db1, told({ id: 1, links: [linkTo(9, '10.0.0.9', { sourcePort: port })] })))
    expect(discoveryOf(crawl).servers.flatMap(askable)).toEqual([])
    expect(discoveryOf(crawl).servers).toHaveLength(2)
  })

  it('is shown as it is: names, versions and comments stay data', () => {
    const name = '<b>\u202Edb\u0007</b>'
    const crawl = crawled(begin(), answers(db1, told({ id: 1, hostname: name })))
    const [server] = discoveryOf(crawl).servers
    expect(server?.identity?.hostname).toBe(name)
    expect(server?.name).toBe('db1')
  })

  it('cannot fill the search: a thousand of its names at most, and the bound holds', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => ({ serverId: n + 2, host: `h${n}` }))
    const discovery = discoveryOf(crawled(begin(), answers(db1, told({ id: 1, registered: many }))))
    expect(discovery.proposed).toBe(199)
    expect(discovery.servers.length).toBeLessThanOrEqual(1001)
  })

  it('follows forty channels, each once', () => {
    const links = Array.from({ length: 40 }, (_, n) => linkTo(n + 2, `10.0.2.${n}`, { channel: `c${n}` }))
    const crawl = crawled(begin(), answers(db1, told({ id: 1, links })))
    expect(discoveryOf(crawl).links).toHaveLength(40)
    expect(found(crawl, 'db1').notes.map(({ text }) => text)).toEqual(['Follows 40 sources, one channel each.'])
  })
})

describe('servers that change or answer in part', () => {
  it('another server at an address between two looks is said at both', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, registered: [{ serverId: 2, host: 'db2' }] })),
      answers(at('db2'), told({ id: 2, links: [linkTo(1, 'x')] }), 2000),
      answers(at('db2'), told({ id: 5, hostname: 'imposter' }), 3000)
    )
    expect(found(crawl, 'imposter').notes.map(({ text }) => text)).toContain(
      'At db2:3306 another server answered before: db2.'
    )
    expect(found(crawl, 'db2').notes.map(({ text }) => text)).toContain(
      'No longer answers at db2:3306: there imposter does now.'
    )
    expect(found(crawl, 'db2').addresses.every(({ state }) => state.kind !== 'answered')).toBe(true)
  })

  it('one that answers where another is meant is not taken for it', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, links: [linkTo(9, '10.0.0.9')] })),
      answers(at('10.0.0.9'), told({ id: 5, hostname: 'balancer' }))
    )
    expect(noteKinds(found(crawl, '10.0.0.9:3306'))).toEqual(['other-server-there'])
    expect(found(crawl, '10.0.0.9:3306').identity).toBeNull()
    expect(discoveryOf(crawl).links[0]?.source).toBe(`uuid ${uuidOf(9)}`)
  })

  it('two machines of one server_uuid are said to be a copied data directory', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, registered: replicas([2, 'a'], [3, 'b']) })),
      answers(at('a'), told({ id: 2, hostname: 'a' })),
      answers(at('b'), told({ id: 3, hostname: 'b', uuid: uuidOf(2) }))
    )
    expect(discoveryOf(crawl).servers.flatMap(noteKinds)).toContain('same-uuid')
  })

  it('an answer in part says which part is missing, one after a failure stays', () => {
    const untold = [{ asked: 'SHOW REPLICAS', why: 'Access denied; you need REPLICATION SLAVE.' }]
    const crawl = crawled(begin(), answers(db1, told({ id: 1, more: { untold } })), silent(db1))
    expect(found(crawl, 'db1').notes.map(({ text }) => text)).toEqual([
      'Did not answer “SHOW REPLICAS”: Access denied; you need REPLICATION SLAVE.'
    ])
    expect(found(crawl, 'db1').addresses[0]?.state.kind).toBe('failed')
    expect(found(crawl, 'db1').identity?.serverId).toBe(1)
  })

  it('a survey of an earlier version, without what was added since, is understood', () => {
    const { registered: _r, registeredAsked: _a, ...old } = told({ id: 1, links: [linkTo(2, 'x')] })
    expect(discoveryOf(crawled(begin(), answers(db1, old))).servers).toHaveLength(2)
  })

  it('an event about an address nobody knows changes nothing', () => {
    const crawl = begin()
    expect(discoveryOf(crawled(crawl, answers('nowhere', told({ id: 7 }))))).toMatchObject({
      servers: [{ name: 'db1' }]
    })
  })

  it('a status row with columns missing, renamed or new becomes a link all the same', () => {
    const rows: Record<string, string | null>[] = [
      {},
      { Something_New: 'x', Source_Host: 'a', Source_Port: '3306' },
      { Master_Host: 'a', Master_Port: 'many', Master_Server_Id: '-5', Slave_IO_Running: null }
    ]
    const links: SurveyedLink[] = rows.map((row) => surveyedLink(linkStatusOf(row)))
    const discovery = discoveryOf(crawled(begin(), answers(db1, { ...told({ id: 1 }), links })))
    expect(discovery.servers[0]?.name).toBe('db1')
    expect(discovery.links.length).toBeGreaterThan(0)
  })
})

describe('adding what was found', () => {
  const move = moveSchema.parse({
    ...{ format: 'siteswap.move', version: 2, id: 'm', name: 'm', createdAt: 0, new: { name: 'Lisbon' } },
    old: {
      name: 'Frankfurt',
      servers: [
        {
          ...{ id: 'db1', name: 'db1', kind: 'database' },
          ssh: [{ host: 'gate', user: 'ops', auth: { kind: 'agent' } }],
          database: {
            host: '10.0.0.1',
            user: 'dba',
            socketPath: '/run/s',
            tls: { mode: 'verify-identity', serverName: 'db1' }
          }
        }
      ]
    }
  })
  const crawl = crawled(
    begin(),
    answers(db1, told({ id: 1, registered: [{ serverId: 2, host: '10.0.0.2' }] })),
    answers(at('10.0.0.2'), told({ id: 2, hostname: 'Ünïcode <b>' }))
  )
  const { servers } = discoveryOf(crawl)

  it('makes an entry that the move takes, reached like the one it was asked like', () => {
    const [added] = newEntries(move, servers, [{ server: uuidOf(2), side: 'old', name: 'Ünïcode <b>' }])
    expect(serverEntrySchema.safeParse(added?.entry).success).toBe(true)
    expect(added).toMatchObject({
      like: 'db1',
      entry: { id: 'unicode-b', ssh: [{ host: 'gate' }], database: { host: '10.0.0.2', user: 'dba', via: 'ssh' } }
    })
    expect(added?.entry.database?.socketPath).toBeUndefined()
    expect(added?.entry.database?.tls).toEqual({ mode: 'verify-identity' })
  })

  it('pairs the only two databases there are, and adds at the end of each site', () => {
    const [alone] = newEntries(move, servers, [{ server: uuidOf(2), side: 'new', name: 'lis' }])
    const next = withNewServers(move, alone ? [alone] : [])
    expect(next.pairs).toEqual([{ old: 'db1', new: 'lis' }])
    expect(moveSchema.safeParse(next).success).toBe(true)
    const [beside] = newEntries(next, servers, [{ server: uuidOf(2), side: 'old', name: 'db2' }])
    expect(withNewServers(next, beside ? [beside] : []).old.servers.map(({ id }) => id)).toEqual(['db1', 'db2'])
  })

  it('gives ids that are free, and refuses who is in the move or nowhere', () => {
    const twice = newEntries(move, servers, [
      { server: uuidOf(2), side: 'old', name: 'db1' },
      { server: uuidOf(2), side: 'new', name: 'db1' }
    ])
    expect(twice.map(({ entry }) => entry.id)).toEqual(['db1-2', 'db1-3'])
    expect(() => newEntries(move, servers, [{ server: uuidOf(1), side: 'old', name: 'x' }])).toThrow(/part of the move/)
    expect(() => newEntries(move, servers, [{ server: 'who', side: 'old', name: 'x' }])).toThrow(/nobody knows where/)
  })
})
