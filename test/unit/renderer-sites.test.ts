import { describe, expect, it } from 'vitest'
import { tlsDoctor, wellDoctor } from '../../src/renderer/gallery/fixtures/doctors'
import { emptyMove, shopDomain, shopMove } from '../../src/renderer/gallery/fixtures/shop-move'
import { doctorLines, doctorStatus } from '../../src/renderer/stations/sites/doctor-layers'
import { domainOfDraft, draftOfDomain, emptyDomainDraft } from '../../src/renderer/stations/sites/domain-draft'
import {
  putBack,
  sameEndpoint,
  serverIdFrom,
  withoutServer,
  withServer
} from '../../src/renderer/stations/sites/edit-servers'
import { readPasted } from '../../src/renderer/stations/sites/read-pasted'
import { draftOf, emptyHop, emptyServerDraft, serverOfDraft } from '../../src/renderer/stations/sites/server-draft'
import { secretRefOf } from '../../src/renderer/stations/sites/server-panel'
import { moveSchema, type ServerEntry, serverOf, serversOf } from '../../src/shared/move'

const entry = (id: string): ServerEntry => {
  const found = serverOf(shopMove, id)?.server
  if (!found) throw new Error(`no ${id} in the fixture`)
  return found
}
const hopsOf = (text: string) => readPasted(text)?.hops?.map(({ key: _key, from: _from, ...hop }) => hop)

describe('a pasted text', () => {
  it('is read as user, host and port', () => {
    expect(hopsOf('deploy@db1.fra.example.com:2222')).toEqual([
      { host: 'db1.fra.example.com', port: 2222, user: 'deploy', auth: 'agent', path: '', passphrase: false }
    ])
  })

  it('is read as an ssh command with jump hosts, port and key in any order', () => {
    expect(hopsOf('ssh -p 2200 -J a@jump1:2022,jump2 -i ~/.ssh/id_x root@10.0.0.5')).toEqual([
      { host: 'jump1', port: 2022, user: 'a', auth: 'agent', path: '', passphrase: false },
      { host: 'jump2', port: 22, user: '', auth: 'agent', path: '', passphrase: false },
      { host: '10.0.0.5', port: 2200, user: 'root', auth: 'key', path: '~/.ssh/id_x', passphrase: false }
    ])
    expect(
      readPasted("ssh -o 'ProxyJump=gw' host.example -l me")?.hops?.map((hop) => `${hop.user}@${hop.host}`)
    ).toEqual(['@gw', 'me@host.example'])
  })

  it('is read as a mysql address whose password is handed over apart and never said', () => {
    const pasted = readPasted('mysql://shop:p%40ss@db1.internal:3307/shop')
    expect(pasted?.database).toEqual({ host: 'db1.internal', port: 3307, via: 'ssh', user: 'shop' })
    expect(pasted?.password).toBe('p@ss')
    expect(pasted?.words).not.toContain('p@ss')
    expect(pasted?.words).not.toContain('p%40ss')
  })

  it('is read as a mysql command and as an ssh config block', () => {
    expect(readPasted('mysql -h 10.0.0.9 -P 3310 -u root -p')?.database).toEqual({
      host: '10.0.0.9',
      port: 3310,
      via: 'ssh',
      user: 'root'
    })
    const block = readPasted('Host fra-db1\n  HostName 10.40.0.12\n  User deploy\n  Port 2201\n  ProxyJump bastion')
    expect(block?.name).toBe('fra-db1')
    expect(block?.hops?.map((hop) => `${hop.user}@${hop.host}:${hop.port}`)).toEqual([
      '@bastion:22',
      'deploy@10.40.0.12:2201'
    ])
  })

  it.each([
    '',
    'hello',
    'two words here',
    '-oProxyCommand=evil',
    'ssh -oProxyCommand=evil',
    'http://shop.example.com/'
  ])('is left alone when it is %j', (text) => {
    expect(readPasted(text)).toBeNull()
  })
})

describe('a server form', () => {
  it('gives back every server of a move as it was', () => {
    for (const { server } of serversOf(shopMove)) {
      const parsed = serverOfDraft(draftOf(server))
      expect(parsed).toEqual({ ok: true, server: JSON.parse(JSON.stringify(server)) })
    }
  })

  it('says in plain words which field needs what', () => {
    const draft = emptyServerDraft('database')
    draft.hops[0] = emptyHop({ host: '-oProxyCommand=x', port: null, auth: 'key' })
    const parsed = serverOfDraft({ ...draft, id: 'x' })
    expect(parsed.ok ? {} : parsed.problems).toEqual({
      name: 'Fill this in.',
      'ssh.0.host': 'This is not a host name or address.',
      'ssh.0.port': 'Fill this in.',
      'ssh.0.user': 'Fill this in.',
      'ssh.0.auth.path': 'Fill this in.'
    })
  })

  it('does not accept a database through SSH without a host, nor a CA check without a CA', () => {
    const draft = draftOf(entry('lis-db1'))
    const without = serverOfDraft({ ...draft, hops: [] })
    expect(without.ok ? null : without.problems.ssh).toBe('Add the SSH host, or choose “directly” for the database.')
    const noCa = serverOfDraft({ ...draft, database: { ...draft.database, caPath: ' ' } })
    expect(noCa.ok ? null : noCa.problems['database.tls.caPath']).toBe(
      'Name the file with the CA, or choose another mode.'
    )
  })

  it('names secrets by server and place of the hop', () => {
    expect(secretRefOf('db1', 'database', [])).toBe('db/db1')
    expect(secretRefOf('db1', 'b/password', ['a', 'b'])).toBe('ssh/db1/1/password')
    expect(secretRefOf('db1', 'a/passphrase', ['a', 'b'])).toBe('ssh/db1/0/passphrase')
    expect(secretRefOf('db1', 'gone/password', ['a'])).toBeNull()
  })
})

describe('editing the servers of a move', () => {
  it('makes readable ids that nobody has', () => {
    expect(serverIdFrom('Fra DB 1', shopMove)).toBe('fra-db-1')
    expect(serverIdFrom('fra-db1', shopMove)).toBe('fra-db1-2')
    expect(serverIdFrom('数据库', shopMove)).toBe('server')
  })

  it('pairs the two databases when each side has exactly one', () => {
    const one = withServer(emptyMove, 'old', entry('fra-db1'))
    const two = withServer(one, 'new', entry('lis-db1'))
    expect(two.pairs).toEqual([{ old: 'fra-db1', new: 'lis-db1' }])
    expect(withServer(two, 'new', entry('lis-db2')).pairs).toEqual([{ old: 'fra-db1', new: 'lis-db1' }])
  })

  it('takes a server out with all that names it, and puts it back where it stood', () => {
    const without = withoutServer(shopMove, 'fra-web1')
    expect(serverOf(without, 'fra-web1')).toBeUndefined()
    expect(without.canary.hosts).toEqual([])
    expect(moveSchema.safeParse(without).success).toBe(true)
    const back = putBack(without, shopMove, 'fra-web1')
    expect(back.old.servers.map((server) => server.id)).toEqual(shopMove.old.servers.map((server) => server.id))
    expect(back.canary.hosts).toEqual(['fra-web1'])
    expect(back.pairs).toContainEqual({ old: 'fra-web1', new: 'lis-web1' })
  })

  it('sees two entries that lead to one server', () => {
    const twin = { ...entry('lis-db1'), ssh: entry('fra-db1').ssh }
    expect(sameEndpoint(shopMove, twin)?.id).toBe('fra-db1')
    expect(sameEndpoint(shopMove, entry('fra-db1'))).toBeUndefined()
  })
})

describe('the doctor in a list', () => {
  it('folds jump hosts that let through and keeps every layer of the rest', () => {
    const lines = tlsDoctor.kind === 'done' ? doctorLines(tlsDoctor) : []
    expect(lines.map((line) => line.name)).toEqual([
      'Jump 1',
      'TCP',
      'SSH',
      'Host key',
      'SSH sign-in',
      'Command',
      'Forward',
      'Handshake',
      'Not reached'
    ])
    expect(lines.at(-1)?.words).toBe('5 more layers')
    const through = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']
    expect(lines.map((line) => line.status)).toEqual([...through, 'danger', 'todo'])
  })

  it('has one word for each state', () => {
    expect(doctorStatus(undefined)).toEqual({ status: 'todo', words: 'not checked' })
    expect(doctorStatus(wellDoctor('fra-db1', 'database'))).toEqual({ status: 'ok', words: 'connected' })
    expect(doctorStatus(tlsDoctor)).toEqual({ status: 'danger', words: 'failed' })
  })
})

describe('a domain form', () => {
  it('gives back a domain as it was', () => {
    expect(domainOfDraft(draftOfDomain(shopDomain))).toEqual({ ok: true, domain: shopDomain })
  })

  it('reads ports, bare IPv6 addresses and names of resolvers', () => {
    const parsed = domainOfDraft({
      ...emptyDomainDraft,
      name: 'shop.test',
      type: 'AAAA',
      oldValues: '2001:db8::1',
      newValues: '2001:db8::2',
      authoritative: 'ns1.test:5353',
      resolvers: 'my office 10.0.0.1:5300\n[2001:db8::53]:5301\n2001:db8::54'
    })
    expect(parsed.ok && parsed.domain.authoritative).toEqual([{ host: 'ns1.test', port: 5353 }])
    expect(parsed.ok && parsed.domain.resolvers).toEqual([
      { name: 'my office', host: '10.0.0.1', port: 5300 },
      { name: '[2001:db8::53]:5301', host: '2001:db8::53', port: 5301 },
      { name: '2001:db8::54', host: '2001:db8::54', port: 53 }
    ])
  })

  it('puts the problem of a list item at the field it is typed in', () => {
    const parsed = domainOfDraft({ ...emptyDomainDraft, name: 'shop.test', oldValues: 'a, $(x)', newValues: '' })
    expect(parsed.ok ? {} : parsed.problems).toEqual({
      oldValues: 'Entry 2: This is not a host name or address.',
      newValues: 'Fill in what it shall answer.'
    })
  })
})
