import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseMove } from '../../src/main/store/parse-move'
import type { Move, ServerEntry, SshEntry } from '../../src/shared/move'
import { secretMapping } from '../../src/shared/secret-mapping'

const file = readFileSync(join(import.meta.dirname, 'moves/version-1-whole.siteswap.json'), 'utf8')
const move = parseMove(JSON.parse(file), 'file')
const hop = (host: string): SshEntry => ({ host, port: 22, user: 'deploy', auth: { kind: 'password' } })

const withServer = (id: string, change: (server: ServerEntry) => ServerEntry): Move => ({
  ...move,
  old: { ...move.old, servers: move.old.servers.map((server) => (server.id === id ? change(server) : server)) }
})
const chain = (...hosts: string[]): Move => withServer('fra-web1', (server) => ({ ...server, ssh: hosts.map(hop) }))
const passwords = (before: string[], after: string[]): Record<string, string | null> => {
  const mapping = secretMapping(chain(...before), chain(...after))
  return Object.fromEntries(
    before.map((host, place) => {
      const to = mapping(`ssh/fra-web1/${place}/password`)
      return [host, to === null ? null : (after[Number(to.split('/')[2])] ?? to)]
    })
  )
}

describe('the secrets of a move after an edit', () => {
  it.each([
    ['a jump put before', ['web'], ['jump', 'web'], { web: 'web' }],
    ['a jump taken away', ['jump', 'web'], ['web'], { jump: null, web: 'web' }],
    ['jumps exchanged', ['one', 'two', 'web'], ['two', 'one', 'web'], { one: 'one', two: 'two', web: 'web' }],
    ['a jump between', ['one', 'web'], ['one', 'two', 'web'], { one: 'one', web: 'web' }],
    ['the first of three away', ['one', 'two', 'web'], ['two', 'web'], { one: null, two: 'two', web: 'web' }],
    ['the address of a jump mended', ['one', 'web'], ['uno', 'web'], { one: 'uno', web: 'web' }],
    ['a jump added and the host renamed', ['web'], ['jump', 'web2'], { web: 'web2' }],
    ['all hops away', ['one', 'web'], [], { one: null, web: null }],
    ['the same twice', ['web', 'web'], ['web'], { web: null }],
    ['nothing', ['one', 'web'], ['one', 'web'], { one: 'one', web: 'web' }]
  ])('%s: each stays with its host', (_what, before, after, expected) => {
    expect(passwords(before, after)).toEqual(expected)
  })

  it('leave with their server and come along when its id is changed', () => {
    const gone: Move = { ...move, old: { ...move.old, servers: move.old.servers.slice(1) } }
    const removed = secretMapping(move, gone)
    expect(removed('db/fra-db1')).toBeNull()
    expect(removed('ssh/fra-db1/1/passphrase')).toBeNull()
    expect(removed('ssh/fra-db1/config-bastion/password')).toBeNull()
    expect(removed('ssh/fra-web1/0/password')).toBe('ssh/fra-web1/0/password')
    const renamed = secretMapping(
      move,
      withServer('fra-db1', (server) => ({ ...server, id: 'db-one' }))
    )
    expect(renamed('db/fra-db1')).toBe('db/db-one')
    expect(renamed('ssh/fra-db1/1/passphrase')).toBe('ssh/db-one/1/passphrase')
    expect(renamed('ssh/fra-db1/config-bastion/password')).toBe('ssh/db-one/config-bastion/password')
    const named = secretMapping(
      move,
      withServer('fra-db1', (server) => ({ ...server, name: 'Die Datenbank' }))
    )
    expect(named('db/fra-db1')).toBe('db/fra-db1')
  })

  it('never go to a server that only took the place of another', () => {
    const other = withServer('fra-db1', (server) => ({ ...server, id: 'evil', ssh: [hop('evil.example.com')] }))
    expect(secretMapping(move, other)('db/fra-db1')).toBeNull()
  })

  it('follow a domain that was renamed and leave with one that was removed', () => {
    const renamed = { ...move, domains: move.domains.map((domain) => ({ ...domain, name: 'www.example.com' })) }
    expect(secretMapping(move, renamed)('dns/shop.example.com')).toBe('dns/www.example.com')
    expect(secretMapping(move, { ...move, domains: [] })('dns/shop.example.com')).toBeNull()
  })

  it('stay when they are nobody’s: made by Siteswap, or typed for what is not saved yet', () => {
    const mapping = secretMapping(move, { ...move, old: { ...move.old, servers: [] } })
    expect(mapping('made/replication')).toBe('made/replication')
    expect(mapping('db/not-yet')).toBe('db/not-yet')
    expect(secretMapping(chain('web'), chain('jump', 'web'))('ssh/fra-web1/1/password')).toBe('ssh/fra-web1/1/password')
  })
})
