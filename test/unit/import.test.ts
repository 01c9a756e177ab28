import { createCipheriv } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foundInDsn as readDsn } from '../../src/main/import/dsn'
import { readLoginPaths } from '../../src/main/import/login-path'
import { makeImports } from '../../src/main/import/make-imports'
import { connectionsOf, groupsOf } from '../../src/main/import/option-groups'
import { readOptionLines } from '../../src/main/import/option-lines'
import { importPlaces } from '../../src/main/import/places'
import { readWorkbench } from '../../src/main/import/workbench'
import { failureFrom } from '../servers/own/failure-of'
import { dataSources, loginPathFile, workbenchFile } from './import-fixtures'

const fromOptions = (text: string) => connectionsOf(groupsOf(readOptionLines(text)))

describe('an option file', () => {
  it('is read with its quotes, escapes, comments and spellings', () => {
    const [found] = fromOptions(
      '\uFEFF# mine\r\n[client]\r\nuser = app # not the admin\r\npassword="a#b\\"c\\\\d;e"\r\nhost=db1.example\r\nport=3307\r\n; end\r\nssl_ca = \'/etc/my ca.pem\'\r\nloose-thing\r\n'
    )
    expect(found).toMatchObject({
      name: '[client]',
      user: 'app',
      host: 'db1.example',
      port: 3307,
      password: 'stored',
      secret: 'a#b"c\\d;e',
      tls: { mode: 'verify-ca', caPath: '/etc/my ca.pem' }
    })
  })

  it('gives one connection for the groups that every client reads, the later group counting', () => {
    const found = fromOptions(
      '[client]\nuser=a\nhost=one\n[mysql]\nuser=b\n[mysqld]\nport=9\nuser=mysql\n[client_old]\nhost=two\n[dump-10.11]\nuser=x\n[staging]\nhost=three\nuser=c\n'
    )
    expect(found.map(({ name, host, user }) => [name, host, user])).toEqual([
      ['[client] [mysql]', 'one', 'b'],
      ['[client_old]', 'two', 'a'],
      ['[staging]', 'three', 'c']
    ])
  })

  it('means the socket when the host is localhost, as the client does', () => {
    const [local, remote] = fromOptions('[a]\nhost=localhost\nsocket=/run/m.sock\n[b]\nhost=db\nsocket=/run/m.sock\n')
    expect([local?.socketPath, local?.host, remote?.socketPath]).toEqual(['/run/m.sock', '127.0.0.1', null])
  })

  it.each([
    ['ssl-mode=REQUIRED', 'required'],
    ['ssl_mode=VERIFY_IDENTITY', 'verify-identity'],
    ['ssl-mode=preferred', 'preferred'],
    ['skip-ssl', 'disabled'],
    ['ssl=0', 'disabled'],
    ['ssl-verify-server-cert', 'verify-identity'],
    ['ssl', 'required'],
    ['', 'preferred']
  ])('with “%s” means TLS %s', (line, mode) => {
    expect(fromOptions(`[client]\nhost=db\n${line}\n`)[0]?.tls.mode).toBe(mode)
  })
})

describe('a login path file', () => {
  it('of the real mysql_config_editor is opened', () => {
    const text = readLoginPaths(loginPathFile(), '.mylogin.cnf')
    expect([...groupsOf(readOptionLines(text))].map(([name, options]) => [name, Object.fromEntries(options)])).toEqual([
      ['old-shop', { user: 'shop', password: 's3cr"t#\\ wörd', host: 'db1.example', port: '3307' }],
      ['local', { user: 'root', password: 'second', socket: '/run/mysqld/mysqld.sock' }]
    ])
  })

  it('that is cut, changed or something else is refused, whatever byte it is', async () => {
    const bytes = loginPathFile()
    for (const length of [0, 10, 25, 27, 40, bytes.length - 1])
      expect((await failureFrom(attempt(() => readLoginPaths(bytes.subarray(0, length), 'f')))).kind).toBe('invalid')
    const other = Buffer.from(bytes)
    other[5] = (other[5] ?? 0) ^ 0x55
    expect((await failureFrom(attempt(() => readLoginPaths(other, 'f')))).what).toBe('f is not a login path file.')
  })
})

const attempt = async (run: () => unknown): Promise<unknown> => run()

describe('an address', () => {
  it('is read with account, port, socket and TLS', () => {
    expect(
      readDsn('mysql://shop%40eu:p%40ss:w%C3%B6rd@db1.example:3307/shop?ssl-mode=VERIFY_CA&ssl-ca=/etc/ca.pem')
    ).toMatchObject({
      user: 'shop@eu',
      secret: 'p@ss:wörd',
      host: 'db1.example',
      port: 3307,
      password: 'stored',
      tls: { mode: 'verify-ca', caPath: '/etc/ca.pem' }
    })
    expect(readDsn('mariadb://app@[2001:db8::1]:3310')).toMatchObject({ host: '2001:db8::1', port: 3310, secret: null })
    expect(readDsn('mysql2://u:a@b@c@host/x')).toMatchObject({ user: 'u', secret: 'a@b@c', host: 'host' })
    expect(readDsn('jdbc:mysql://h:1/x?user=me&password=pw&useSSL=true&verifyServerCertificate=true')).toMatchObject({
      user: 'me',
      secret: 'pw',
      tls: { mode: 'verify-ca' }
    })
    expect(readDsn('mysql+pymysql://u@localhost/x?unix_socket=/run/m.sock')).toMatchObject({
      host: '127.0.0.1',
      socketPath: '/run/m.sock'
    })
    expect(readDsn('mysql://u@a:1,b:2/x')).toMatchObject({
      host: 'a',
      leftOut: ['Only the first of several hosts is taken.']
    })
  })

  it.each([
    '',
    'postgres://x',
    'mysql://',
    'mysql://-oProxyCommand=x/',
    'mysql://h ost',
    `mysql://${'a'.repeat(5000)}`
  ])('“%s” is none, or leads nowhere else', (text) => {
    const found = readDsn(text)
    expect(found === null || found.host === '127.0.0.1').toBe(true)
  })
})

describe('a file of MySQL Workbench', () => {
  it('gives its connections with SSH host, socket and TLS', () => {
    const [tunnel, socket] = readWorkbench(workbenchFile, 'connections.xml')
    expect(tunnel).toMatchObject({
      name: 'AWS <via> bastion & co',
      host: '10.1.0.7',
      user: 'ops',
      tls: { mode: 'verify-identity', caPath: '/etc/ca.pem', certPath: null },
      ssh: [{ host: 'bastion.example.com', port: 2200, user: 'ec2-user', keyPath: '~/.ssh/aws.pem' }],
      password: 'none'
    })
    expect(socket).toMatchObject({
      name: 'Socket',
      socketPath: '/run/mysqld/mysqld.sock',
      tls: { mode: 'disabled' },
      ssh: []
    })
  })

  it('that is cut, or brings entities of its own, is refused', async () => {
    const bomb = '<!DOCTYPE data [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><data><value>&b;</value></data>'
    for (const text of [workbenchFile.slice(0, -20), bomb, 'not xml'])
      expect((await failureFrom(attempt(() => readWorkbench(text, 'f')))).kind).toBe('invalid')
  })
})

describe('what other programs know', () => {
  let home: string
  const put = (path: string, content: string | Buffer) => {
    const file = join(home, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return file
  }
  const imports = () => makeImports({ home, platform: 'linux', environment: {} })
  const dbeaver = '.local/share/DBeaverData/workspace6/General/.dbeaver'
  const sealedWith = (key: string) => {
    const iv = Buffer.alloc(16, 3)
    const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'hex'), iv)
    const text = JSON.stringify({ 'mysql8-1': { '#connection': { user: 'shop', password: 'dbeaver-secret' } } })
    return Buffer.concat([iv, cipher.update(text), cipher.final()])
  }

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'siteswap-import-'))
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  it('is nothing where nothing is', async () => {
    expect(await imports().list(null)).toEqual({ entries: [], places: [] })
  })

  it('is listed from every place, without a single password', async () => {
    const myCnf = put(
      '.my.cnf',
      '[client]\nhost=one\nuser=a\npassword=cnf-secret\n!include more.cnf\n!includedir conf.d\n'
    )
    put('more.cnf', '[extra]\nhost=two\nuser=b\n!include .my.cnf\n')
    put('conf.d/z.cnf', '[last]\nhost=three\n')
    put('conf.d/ignored.txt', '[no]\nhost=four\n')
    const login = put('.mylogin.cnf', loginPathFile())
    const sources = put(`${dbeaver}/data-sources.json`, dataSources)
    put(`${dbeaver}/credentials-config.json`, sealedWith('babb4a9f774ab853c96c2d653dfe544a'))
    const workbench = put('.mysql/workbench/connections.xml', workbenchFile)
    const list = await imports().list('mysql://u:dsn-secret@db.example')
    expect(list.entries.map(({ source, name, password }) => [source, name, password])).toEqual([
      ['dsn', 'db.example', 'stored'],
      ['option-file', '[client]', 'stored'],
      ['option-file', '[extra]', 'none'],
      ['option-file', '[last]', 'none'],
      ['login-path', 'old-shop', 'stored'],
      ['login-path', 'local', 'stored'],
      ['dbeaver', 'Shop', 'sealed'],
      ['dbeaver', 'Old one', 'stored'],
      ['workbench', 'AWS <via> bastion & co', 'none'],
      ['workbench', 'Socket', 'none']
    ])
    expect(list.places.map((place) => [place.path, place.kind])).toEqual(
      [myCnf, login, sources, workbench].map((path) => [path, 'read'])
    )
    expect(JSON.stringify(list)).not.toMatch(/secret|s3cr|second/)
    expect(list.entries.find(({ name }) => name === 'Shop')).toMatchObject({
      host: 'db.shop.example',
      port: 3306,
      user: null,
      tls: { mode: 'verify-ca', caPath: '/etc/shop-ca.pem' },
      ssh: [
        { host: 'outer.example', port: 2022, user: 'door', keyPath: null },
        { host: 'inner.example', port: 22, user: '', keyPath: '/home/me/.ssh/inner' },
        { host: 'jump.shop.example', port: 2222, user: 'me', keyPath: '/home/me/.ssh/id' }
      ]
    })
  })

  it('gives up a password for one entry at a time, and account names out of DBeaver’s sealed file only when asked', async () => {
    put('.my.cnf', '[client]\nhost=one\npassword=cnf-secret\n')
    put(`${dbeaver}/data-sources.json`, dataSources)
    put(`${dbeaver}/credentials-config.json`, sealedWith('babb4a9f774ab853c96c2d653dfe544a'))
    const all = imports()
    const { entries } = await all.list('mysql://u:dsn-secret@db.example')
    const idOf = (name: string) => entries.find((entry) => entry.name === name)?.id ?? ''
    expect(await all.secret(idOf('[client]'))).toBe('cnf-secret')
    expect(await all.secret(idOf('Shop'))).toBe('dbeaver-secret')
    expect(await all.user(idOf('Shop'))).toBe('shop')
    expect(await all.secret(idOf('Old one'))).toBe('plain-old')
    expect(await all.secret(idOf('db.example'))).toBe('dsn-secret')
    put('.my.cnf', '[client]\nhost=another\npassword=other\n')
    expect((await failureFrom(all.secret(idOf('[client]')))).kind).toBe('not-found')
  })

  it('says so when DBeaver’s file is locked with a password of its own', async () => {
    put(`${dbeaver}/data-sources.json`, dataSources)
    put(`${dbeaver}/credentials-config.json`, sealedWith('000102030405060708090a0b0c0d0e0f'))
    const all = imports()
    const shop = (await all.list(null)).entries.find(({ name }) => name === 'Shop')
    expect((await failureFrom(all.secret(shop?.id ?? ''))).what).toContain('does not open with DBeaver’s usual key')
  })

  it('survives files that are folders, huge or broken, and says which', async () => {
    mkdirSync(join(home, '.my.cnf'))
    put('.mylogin.cnf', Buffer.alloc(9 * 1024 * 1024))
    put(`${dbeaver}/data-sources.json`, '{"connections": {"__proto__": {"provider": "mysql"}, "x": [')
    const list = await imports().list(null)
    expect(list.entries).toEqual([])
    expect(list.places.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed'])
    const hostile =
      '{"connections": {"__proto__": {"provider": "mysql", "name": "p"}, "a": null, "b": {"provider": "mysql", "configuration": []}}}'
    put(`${dbeaver}/data-sources.json`, hostile)
    expect((await imports().list(null)).entries.map(({ name }) => name)).toEqual(['p', 'b'])
  })

  it('is looked for where each system keeps it', () => {
    const mac = importPlaces({ home: '/Users/me', platform: 'darwin', environment: {} })
    expect(mac.workbenchFile).toBe('/Users/me/Library/Application Support/MySQL/Workbench/connections.xml')
    const windows = importPlaces({ home: 'C:\\Users\\me', platform: 'win32', environment: { APPDATA: 'D:\\R' } })
    expect([windows.loginPathFile, windows.dbeaverWorkspaces]).toEqual([
      'D:\\R\\MySQL\\.mylogin.cnf',
      ['D:\\R\\DBeaverData\\workspace6']
    ])
  })
})
