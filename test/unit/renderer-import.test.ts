import { describe, expect, it } from 'vitest'
import {
  databaseDraftOf,
  databaseProblems,
  emptyDatabaseDraft,
  endpointOf
} from '../../src/renderer/stations/sites/database-draft'
import { draftFromImport, placeOf } from '../../src/renderer/stations/sites/import-draft'
import { readPasted } from '../../src/renderer/stations/sites/read-pasted'
import { emptyHop, emptyServerDraft, serverOfDraft } from '../../src/renderer/stations/sites/server-draft'
import type { ImportEntry } from '../../src/shared/import'
import { databaseEndpointSchema } from '../../src/shared/move'

const entry: ImportEntry = {
  id: 'x',
  source: 'dbeaver',
  name: 'Shop production',
  path: '/home/me/data-sources.json',
  host: '10.40.0.11',
  port: 3307,
  socketPath: null,
  user: null,
  tls: { mode: 'verify-ca', caPath: '/ca.pem', certPath: '/c.pem', keyPath: '/k.pem' },
  ssh: [{ host: 'bastion', port: 2222, user: 'mira', keyPath: '~/.ssh/id' }],
  password: 'sealed',
  leftOut: []
}

describe('a connection of another program', () => {
  it('fills in a form that can be saved', () => {
    const draft = draftFromImport(emptyServerDraft('web'), entry, 'shop')
    const parsed = serverOfDraft({ ...draft, id: 'shop' })
    expect(parsed.ok && parsed.server).toMatchObject({
      name: 'Shop production',
      kind: 'database',
      ssh: [{ host: 'bastion', port: 2222, user: 'mira', auth: { kind: 'key', path: '~/.ssh/id' } }],
      database: {
        host: '10.40.0.11',
        port: 3307,
        via: 'ssh',
        user: 'shop',
        tls: { mode: 'verify-ca', caPath: '/ca.pem', certPath: '/c.pem', keyPath: '/k.pem' }
      }
    })
  })

  it('through a socket of this computer asks for no SSH host', () => {
    const local = {
      ...entry,
      source: 'option-file' as const,
      name: '[client]',
      host: '127.0.0.1',
      ssh: [],
      user: 'root'
    }
    const draft = draftFromImport(emptyServerDraft('database'), { ...local, socketPath: '/run/m.sock' }, null)
    expect([draft.name, draft.hops, draft.database.via, draft.database.at]).toEqual(['', [], 'direct', 'socket'])
    const parsed = serverOfDraft({ ...draft, id: 'local', name: 'local' })
    expect(parsed.ok && parsed.server.database?.socketPath).toBe('/run/m.sock')
  })

  it('keeps a name and a way that were typed before', () => {
    const typed = { ...emptyServerDraft('database', [emptyHop({ host: 'db1', user: 'me' })]), name: 'fra-db1' }
    const draft = draftFromImport(typed, { ...entry, ssh: [] }, null)
    expect([draft.name, draft.hops.length, draft.database.via, draft.database.user]).toEqual([
      'fra-db1',
      1,
      'direct',
      ''
    ])
  })

  it('is told in one line', () => {
    expect(placeOf(entry)).toBe('10.40.0.11:3307 through bastion')
    expect(placeOf({ ...entry, host: '2001:db8::1', ssh: [], user: 'u' })).toBe('u@[2001:db8::1]:3307')
    expect(placeOf({ ...entry, socketPath: '/run/m.sock', ssh: [], user: 'u' })).toBe('u@/run/m.sock')
  })
})

describe('a pasted address of a database', () => {
  it('brings its TLS and its socket along', () => {
    expect(
      readPasted('mysql://shop@db1:3307/x?sslmode=verify-full&ssl-ca=/ca.pem&sslcert=/c&sslkey=/k')?.database
    ).toEqual({
      host: 'db1',
      port: 3307,
      via: 'ssh',
      user: 'shop',
      tls: 'verify-identity',
      caPath: '/ca.pem',
      certPath: '/c',
      keyPath: '/k'
    })
    const bySocket = { at: 'socket', socketPath: '/run/m.sock' }
    expect(readPasted('mariadb://root@localhost/?socket=/run/m.sock')?.database).toMatchObject(bySocket)
    expect(readPasted('mysql -u root -S /run/m.sock shop')).toMatchObject({
      words: 'database at /run/m.sock as root',
      database: { ...bySocket, user: 'root' }
    })
  })
})

describe('the database part of the form', () => {
  it('is saved as it was and comes back the same', () => {
    for (const more of [
      {},
      { socketPath: '/run/m.sock' },
      { tls: { mode: 'preferred', certPath: '/c', keyPath: '/k' } }
    ]) {
      const saved = databaseEndpointSchema.parse({ host: 'db', user: 'app', ...more })
      expect(databaseEndpointSchema.parse(endpointOf(databaseDraftOf(saved)))).toEqual(saved)
    }
  })

  it('wants both files of a client certificate or none, and an absolute socket', () => {
    const cert = { ...emptyDatabaseDraft, tls: 'required' as const, certPath: '/c.pem' }
    expect(databaseProblems(cert)).toEqual({ 'database.tls.keyPath': 'Name the certificate’s key.' })
    expect(databaseProblems({ ...cert, certPath: '', keyPath: '/k' })).toEqual({
      'database.tls.certPath': 'Name the certificate of this key.'
    })
    expect(databaseProblems({ ...cert, tls: 'disabled' })).toEqual({})
    const relative = endpointOf({ ...emptyDatabaseDraft, at: 'socket', socketPath: 'm.sock' })
    expect(databaseEndpointSchema.safeParse(relative).error?.issues[0]?.message).toBe('is not an absolute path')
  })
})
