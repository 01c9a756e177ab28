import { describe, expect, it } from 'vitest'
import { beginCrawl, nextAsks, seedTarget } from '../../src/main/discovery/crawl'
import { discoveryOf } from '../../src/main/discovery/discovery-of'
import { askable, isUnreached } from '../../src/shared/discovery'
import {
  answers,
  at,
  begin,
  crawled,
  db1,
  found,
  linkLines,
  linkTo,
  noteKinds,
  replicas,
  seed,
  silent,
  told,
  uuidOf
} from './discovery-world'

const chosen = (...targets: string[]) => ({
  kind: 'chosen' as const,
  at: 500,
  asks: targets.map((target) => ({ target, like: 'db1' }))
})

describe('a search for servers', () => {
  it('asks the chosen seeds and nobody else', () => {
    const crawl = beginCrawl([seed('db1'), seed('db2')], ['db2'], 0)
    expect(nextAsks(crawl).map((target) => target.server)).toEqual(['db2'])
    expect(discoveryOf(crawl)).toMatchObject({ busy: 1, proposed: 1, seeds: ['db2'] })
  })

  it('proposes sources and replicas with who named them, and asks none before it is ticked', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, links: [linkTo(9, '10.0.0.9')], registered: [{ serverId: 2, host: '10.0.0.2' }] }))
    )
    expect(nextAsks(crawl)).toEqual([])
    const discovery = discoveryOf(crawl)
    expect(discovery.proposed).toBe(2)
    const source = found(crawl, '10.0.0.9:3306')
    expect(source.told).toEqual({ uuid: uuidOf(9), serverId: 9 })
    expect(askable(source)).toMatchObject([
      { host: '10.0.0.9', port: 3306, like: 'db1', user: 'siteswap', seenBy: [{ by: uuidOf(1), as: 'source' }] }
    ])
    expect(found(crawl, '10.0.0.2:3306').addresses[0]?.seenBy).toMatchObject([
      { as: 'replica', asked: 'SHOW REPLICAS' }
    ])
    expect(linkLines(discovery)).toEqual(['db1 follows 10.0.0.9:3306: running', '10.0.0.2:3306 follows db1: told'])
    expect(nextAsks(crawled(crawl, chosen(at('10.0.0.2')))).map((target) => target.id)).toEqual([at('10.0.0.2')])
  })

  it('goes down a chain one wave after the other and tells the roles', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, registered: [{ serverId: 2, host: '10.0.0.2', uuid: uuidOf(2) }] })),
      answers(
        at('10.0.0.2'),
        told({
          id: 2,
          links: [linkTo(1, '10.0.0.1')],
          registered: [{ serverId: 3, host: '10.0.0.3', uuid: uuidOf(3) }]
        })
      ),
      answers(at('10.0.0.3'), told({ id: 3, links: [linkTo(2, '10.0.0.2')] }))
    )
    const { servers } = discoveryOf(crawl)
    expect(servers.map(({ name, role, depth }) => [name, role, depth])).toEqual([
      ['db1', 'source', 0],
      ['db2', 'intermediate', 1],
      ['db3', 'replica', 2]
    ])
    expect(linkLines(discoveryOf(crawl))).toEqual(['db2 follows db1: running', 'db3 follows db2: running'])
    expect(discoveryOf(crawl)).toMatchObject({ proposed: 0, busy: 0, leftOut: [] })
  })

  it('ends in a circle: who is known by its uuid is not proposed again at another address', () => {
    const crawl = crawled(
      begin(),
      answers(
        db1,
        told({ id: 1, links: [linkTo(2, '10.0.0.2')], registered: [{ serverId: 2, host: 'db2.lan', uuid: uuidOf(2) }] })
      ),
      answers(
        at('10.0.0.2'),
        told({
          id: 2,
          links: [linkTo(1, '10.0.0.1')],
          registered: [{ serverId: 1, host: '10.0.0.1', uuid: uuidOf(1) }]
        })
      )
    )
    const { servers, links } = discoveryOf(crawl)
    expect(servers).toHaveLength(2)
    expect(links).toHaveLength(2)
    expect(servers.map(({ role }) => role)).toEqual(['both-ways', 'both-ways'])
    expect(noteKinds(found(crawl, 'db1'))).toContain('circular')
    expect(found(crawl, 'db1').addresses.map(({ state }) => state.kind)).toEqual(['answered', 'hidden'])
  })

  it('merges two addresses of one server, also of MariaDB, which has no uuid', () => {
    const replica = told({ id: 2, flavour: 'mariadb', links: [{ sourceHost: '10.0.0.1', sourcePort: 3306 }] })
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, flavour: 'mariadb', registered: replicas([2, '10.0.0.2'], [2, 'db2.lan']) })),
      answers(at('10.0.0.2'), replica),
      answers(at('db2.lan'), replica)
    )
    expect(discoveryOf(crawl).servers.map(({ name }) => name)).toEqual(['db1', 'db2'])
    expect(found(crawl, 'db2').addresses.map(({ host }) => host)).toEqual(['10.0.0.2', 'db2.lan'])
    expect(noteKinds(found(crawl, 'db2'))).toEqual(['several-addresses'])
  })

  it('does not take two MariaDB servers of one server id for one when anything else of them differs', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, flavour: 'mariadb', registered: replicas([7, 'a'], [7, 'b']) })),
      answers(at('a'), told({ id: 7, flavour: 'mariadb', hostname: 'a' })),
      answers(at('b'), told({ id: 7, flavour: 'mariadb', hostname: 'b' }))
    )
    expect(discoveryOf(crawl).servers.map(({ name }) => name)).toEqual(['db1', 'a', 'b'])
    expect(noteKinds(found(crawl, 'a'))).toContain('same-server-id')
  })

  it('takes a MariaDB source for the one server that has its id, and says by what', () => {
    const crawl = crawled(
      beginCrawl([seed('db1'), seed('db2')], ['db1', 'db2'], 0),
      answers(db1, told({ id: 1, flavour: 'mariadb' })),
      answers(
        seedTarget('db2'),
        told({ id: 2, flavour: 'mariadb', links: [{ sourceHost: '127.0.0.1', sourcePort: 13306, sourceServerId: 1 }] })
      )
    )
    expect(linkLines(discoveryOf(crawl))).toEqual(['db2 follows db1: running'])
    expect(noteKinds(found(crawl, 'db1'))).toEqual(['by-server-id'])
  })

  it('shows who follows several sources, and each channel', () => {
    const crawl = crawled(
      begin(),
      answers(
        db1,
        told({
          id: 1,
          links: [linkTo(2, 'a', { channel: 'one' }), linkTo(3, 'b', { channel: 'two', applier: 'stopped' })]
        })
      )
    )
    expect(discoveryOf(crawl).links.map(({ channel, state }) => [channel, state])).toEqual([
      ['one', 'running'],
      ['two', 'stopped']
    ])
    expect(noteKinds(found(crawl, 'db1'))).toEqual(['multi-source'])
  })

  it('shows a silent server as known but not reached, with what to fill in, and its replica as orphaned', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, links: [linkTo(9, '10.9.9.9')] })),
      silent(at('10.9.9.9'))
    )
    const lost = found(crawl, '10.9.9.9:3306')
    expect(isUnreached(lost)).toBe(true)
    expect(lost.fill[0]).toContain('SSH host of another server')
    expect(found(crawl, 'db1').notes).toContainEqual({
      tone: 'attention',
      kind: 'orphaned',
      text: 'Follows 10.9.9.9:3306, which nobody here has reached.'
    })
    expect(askable(lost)).toHaveLength(1)
  })

  it('asks an address like another server when a person says so, and never like one outside the move', () => {
    const crawl = crawled(
      beginCrawl([seed('db1'), seed('gate', { user: 'dba' })], ['db1'], 0),
      answers(db1, told({ id: 1, links: [linkTo(9, '10.9.9.9')] })),
      silent(at('10.9.9.9'))
    )
    const again = crawled(crawl, { kind: 'chosen', at: 1, asks: [{ target: at('10.9.9.9'), like: 'gate' }] })
    expect(nextAsks(again).map(({ id, like }) => [id, like])).toEqual([[at('10.9.9.9'), 'gate']])
    expect(found(again, '10.9.9.9:3306').addresses[0]).toMatchObject({ like: 'gate', user: 'dba' })
    const strange = crawled(crawl, { kind: 'chosen', at: 1, asks: [{ target: at('10.9.9.9'), like: 'nobody' }] })
    expect(nextAsks(strange)).toEqual([])
  })

  it('says that a listed replica does not follow', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, registered: [{ serverId: 2, host: 'db2', uuid: uuidOf(2) }] })),
      answers(at('db2'), told({ id: 2 }))
    )
    expect(linkLines(discoveryOf(crawl))).toEqual([])
    expect(found(crawl, 'db2').notes[0]?.text).toBe('db1 lists it as its replica, but it does not follow it.')
  })

  it('keeps within its bounds and says what it left out', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ serverId: n + 2, host: `10.0.1.${n}` }))
    const few = beginCrawl([seed('db1')], ['db1'], 0, { bounds: { servers: 11, depth: 1 } })
    const first = crawled(
      few,
      answers(db1, told({ id: 1, registered: many })),
      answers(db1, told({ id: 1, registered: many }))
    )
    expect(discoveryOf(first).proposed).toBe(10)
    expect(discoveryOf(first).leftOut).toEqual(['20 addresses are left out: 11 are the most in one search.'])
    const deep = crawled(first, answers(at('10.0.1.0'), told({ id: 2, links: [linkTo(99, 'far')] })))
    expect(discoveryOf(deep).leftOut[1]).toContain('more than 1 links away')
    const late = crawled(first, chosen(at('10.0.1.1'), at('10.0.1.2')), { kind: 'out-of-time', at: 9 })
    expect(nextAsks(late)).toEqual([])
    expect(discoveryOf(late).leftOut.at(-1)).toBe('2 addresses are not asked: the time was up. Ask again to go on.')
  })

  it('knows a server of the move that was not asked by the identity it had before', () => {
    const crawl = beginCrawl([seed('db1'), seed('db2')], ['db1'], 0, { knownAs: new Map([[uuidOf(2), 'db2']]) })
    const asked = crawled(
      crawl,
      answers(db1, told({ id: 1, registered: [{ serverId: 2, host: 'x', uuid: uuidOf(2) }] }))
    )
    expect(discoveryOf(asked).servers.filter(({ server }) => server === 'db2').length).toBeGreaterThan(0)
    expect(found(asked, 'db2').server).toBe('db2')
  })
})

describe('addresses across tunnels and NAT', () => {
  it('takes a loopback address for the SSH host’s own only when the database answers there', () => {
    const link = linkTo(9, '127.0.0.1', { sourcePort: 13306, sourceUuid: null, sourceServerId: 0 })
    const there = crawled(begin({ onSshHost: true }), answers(db1, told({ id: 1, links: [link] })))
    expect(askable(found(there, '127.0.0.1:13306'))).toHaveLength(1)
    const behind = found(crawled(begin(), answers(db1, told({ id: 1, links: [link] }))), '127.0.0.1:13306')
    expect(askable(behind)).toEqual([])
    expect(behind.addresses[0]?.state).toMatchObject({ kind: 'hidden', why: expect.stringContaining('tunnel or NAT') })
    expect(behind.fill).toHaveLength(2)
  })

  it('puts host and port together for the one replica that does not say where it is', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, registered: [{ serverId: 2, port: 3307 }], dumpThreads: ['10.0.0.2'] }))
    )
    expect(found(crawl, '10.0.0.2:3307').addresses[0]).toMatchObject({ guessed: true, state: { kind: 'proposed' } })
  })

  it('proposes each host of the dump threads when it is not known which replica comes from where', () => {
    const crawl = crawled(
      begin(),
      answers(
        db1,
        told({
          id: 1,
          registered: [{ serverId: 2 }, { serverId: 3 }],
          dumpThreads: ['10.0.0.2', '10.0.0.3', '127.0.0.1']
        })
      )
    )
    const { servers } = discoveryOf(crawl)
    expect(servers.map(({ name }) => name)).toEqual([
      'db1',
      'server id 2',
      'server id 3',
      '10.0.0.2:3306',
      '10.0.0.3:3306'
    ])
    expect(found(crawl, 'server id 2').addresses[0]?.state).toEqual({
      kind: 'hidden',
      why: 'It does not say where it is (report_host is empty).'
    })
    const asked = crawled(crawl, answers(at('10.0.0.2'), told({ id: 2, links: [linkTo(1, 'x')] })))
    expect(discoveryOf(asked).servers.map(({ name }) => name)).not.toContain('server id 2')
  })

  it('lets names stand for the same servers as the addresses of as many dump threads', () => {
    const crawl = crawled(
      begin(),
      answers(db1, told({ id: 1, registered: [{ serverId: 2, host: 'db2.lan' }], dumpThreads: ['10.0.0.2'] }))
    )
    expect(discoveryOf(crawl).servers.map(({ name }) => name)).toEqual(['db1', 'db2.lan:3306'])
  })
})
