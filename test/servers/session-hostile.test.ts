import { generateKeyPairSync } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { answerLimits } from '../../src/main/mysql/answer-guard'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { failureFrom } from './own/failure-of'
import { type HostileServer, type Hostility, startHostileServer } from './own/hostile-server'
import { column, error, greetingPacket, ok, oneColumn, packet, round } from './own/protocol-packets'

const password = 'very-secret-password'
const servers: HostileServer[] = []
const start = async (hostility: Hostility): Promise<HostileServer> => {
  const server = await startHostileServer(hostility)
  servers.push(server)
  return server
}
const target = async (port: number, more: Partial<SessionTarget> = {}): Promise<SessionTarget> => ({
  name: 'test',
  server: 'db',
  label: 'app@hostile',
  stream: await dialTcp('127.0.0.1', port, 20_000),
  user: 'app',
  password,
  host: '127.0.0.1',
  tls: { mode: 'disabled' },
  trusted: true,
  deadlineMs: 20_000,
  ...more
})
const refusalOf = async (hostile: HostileServer, more: Partial<SessionTarget> = {}) =>
  failureFrom(openSession(await target(hostile.port, more)))

const strange = 'What answers at app@hostile does not speak the database’s protocol as it should.'
const wantsFile = 'app@hostile asked for a file of this computer.'
const wantsSeal = 'app@hostile wants the password sealed with a key that nobody vouches for.'
const moreData = (sequence: number, ...bytes: (Buffer | number)[]) =>
  packet(
    sequence,
    Buffer.concat([Buffer.from([1]), ...bytes.map((one) => (typeof one === 'number' ? Buffer.from([one]) : one))])
  )
const switchTo = (plugin: string) =>
  packet(2, Buffer.concat([Buffer.from([0xfe]), Buffer.from(`${plugin}\0`), Buffer.alloc(20, 7), Buffer.from([0])]))
const publicKey = () =>
  Buffer.from(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }))

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

describe('a server that asks for a file', () => {
  it.each(['/etc/passwd', '\\\\evil\\share', '', '\0'])(
    'named %j instead of answering a statement loses the session and gets nothing',
    async (file) => {
      const hostile = await start({ kind: 'infile', file, at: 'first-statement' })
      const failure = await refusalOf(hostile)
      expect([failure.kind, failure.what]).toEqual(['refused', wantsFile])
      expect(await hostile.afterRequest()).toBe(0)
    }
  )

  it('instead of answering the sign-in loses the session and gets nothing', async () => {
    const hostile = await start({ kind: 'infile', file: '/etc/passwd', at: 'sign-in' })
    const failure = await refusalOf(hostile)
    expect([failure.kind, failure.what]).toEqual(['refused', wantsFile])
    expect(await hostile.afterRequest()).toBe(0)
  })

  it.each([1, 3])('instead of answering statement %i of an open session loses the session', async (at) => {
    const hostile = await start({ kind: 'infile', file: '/etc/passwd', at })
    const session = await openSession(await target(hostile.port))
    const whys: string[] = []
    session.onClose((why) => whys.push(why))
    for (let statement = 1; statement < at; statement++) await session.query('DO 1')
    const failure = await failureFrom(session.query('SELECT 1'))
    expect([failure.kind, failure.what, session.open, whys]).toEqual(['refused', wantsFile, false, [wantsFile]])
    expect(await hostile.afterRequest()).toBe(0)
    expect((await failureFrom(session.query('SELECT 1'))).what).toBe(wantsFile)
  })

  it('in the middle of a packet of statements loses the session', async () => {
    const more = packet(1, Buffer.from([0, 0, 0, 0x0a, 0, 0, 0]))
    const request = packet(2, Buffer.concat([Buffer.from([0xfb]), Buffer.from('/etc/passwd')]))
    const hostile = await start({ kind: 'script', answers: [ok(2), ok(1), Buffer.concat([more, request])] })
    const session = await openSession(await target(hostile.port, { packets: true }))
    const failure = await failureFrom(session.packet(['DO 1', 'DO 2']))
    expect([failure.what, session.open]).toEqual([wantsFile, false])
  })
})

describe('a server that wants the password', () => {
  it.each(['mysql_old_password', 'auth_gssapi_client', 'authentication_ldap_simple', '__proto__', 'toString'])(
    'by %s gets nothing',
    async (plugin) => {
      const hostile = await start({ kind: 'switch', plugin })
      const failure = await refusalOf(hostile)
      expect([failure.kind, failure.what]).toEqual([
        'auth',
        `The account app signs in with ${plugin}, which Siteswap does not do.`
      ])
      expect(hostile.heard()).not.toContain(password)
    }
  )

  it('in the way of a time before MySQL 4.1 gets nothing', async () => {
    const failure = await refusalOf(await start({ kind: 'script', answers: [packet(2, Buffer.from([0xfe]))] }))
    expect([failure.kind, failure.what]).toEqual(['auth', 'app@hostile asks for a sign-in of a time before MySQL 4.1.'])
  })

  it('by mysql_clear_password gets nothing without TLS, not even inside SSH', async () => {
    const hostile = await start({ kind: 'switch', plugin: 'mysql_clear_password' })
    const failure = await refusalOf(hostile, { trusted: true })
    expect([failure.kind, failure.what]).toEqual([
      'auth',
      'The account app signs in with mysql_clear_password, which hands over the password itself.'
    ])
    expect(hostile.heard()).not.toContain(password)
  })

  it.each([
    ['sha256_password', [switchTo('sha256_password'), moreData(4, publicKey())]],
    ['caching_sha2_password', [switchTo('caching_sha2_password'), moreData(4, 4), moreData(6, publicKey())]]
  ] as const)('by %s, sealed with its own key, gets nothing in the open', async (_plugin, answers) => {
    const hostile = await start({ kind: 'script', answers: [...answers] })
    const failure = await refusalOf(hostile, { trusted: false })
    expect([failure.kind, failure.what]).toEqual(['tls', wantsSeal])
  })

  it('sealed with a key that is none is refused in words, even inside SSH', async () => {
    const answers = [switchTo('caching_sha2_password'), moreData(4, 4), moreData(6, Buffer.from('no key at all'))]
    const failure = await refusalOf(await start({ kind: 'script', answers }))
    expect([failure.kind, failure.what]).toEqual([
      'refused',
      'app@hostile asked for the password in a way that makes no sense.'
    ])
  })

  it.each(['client_ed25519', 'parsec'])('by %s with too short a challenge is refused', async (plugin) => {
    const failure = await refusalOf(await start({ kind: 'switch', plugin }))
    expect([failure.kind, failure.what]).toEqual([
      'refused',
      `app@hostile asks for a sign-in by ${plugin.replace('client_', '')} in a way that plugin does not have.`
    ])
  })

  it('by parsec cannot keep this computer busy with billions of rounds', async () => {
    const challenge = Buffer.concat([Buffer.from([0xfe]), Buffer.from('parsec\0'), Buffer.alloc(32, 7)])
    const salt = packet(4, Buffer.concat([Buffer.from([0x50, 30]), Buffer.alloc(18, 1)]))
    const failure = await refusalOf(await start({ kind: 'script', answers: [packet(2, challenge), salt] }))
    expect(failure.what).toBe('app@hostile asks for a sign-in by parsec in a way that plugin does not have.')
  })

  it('again and again, without end, is left', async () => {
    const failure = await refusalOf(await start({ kind: 'rounds', plugin: 'mysql_native_password' }))
    expect([failure.kind, failure.what]).toEqual([
      'refused',
      'app@hostile kept asking during the sign-in and never came to an end.'
    ])
  })
})

describe('a server that greets', () => {
  it('not at all is left after the deadline', async () => {
    const failure = await refusalOf(await start({ kind: 'silent' }), { deadlineMs: 500 })
    expect([failure.kind, failure.what]).toEqual([
      'timeout',
      'The database at app@hostile did not greet within 500 ms.'
    ])
  })

  it.each([
    ['in SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
    ['in SMTP', Buffer.from('220 mail.example ESMTP\r\n')],
    ['with an empty packet', packet(0, Buffer.alloc(0))],
    ['with a greeting cut short', packet(0, Buffer.from([10, 56, 46, 48]))],
    ['in version 9 of the protocol', greetingPacket({ protocol: 9 })],
    ['in a protocol older than 4.1', greetingPacket({ without: 0x0200 })],
    ['without a challenge worth the name', greetingPacket({ without: 0x8000 })]
  ])('%s is named as something else', async (_how, bytes) => {
    const hostile = await start({ kind: 'bytes', bytes })
    const failure = await refusalOf(hostile)
    expect([failure.kind, failure.what]).toEqual(['refused', strange])
    expect(hostile.heard()).toBe('')
  })

  it('with a version of a thousand pictures is talked to like any other', async () => {
    const greeting = greetingPacket({ version: '💥'.repeat(1000) })
    const seen: string[] = []
    const onGreeting = (version: string) => seen.push(version)
    const hostile = await start({ kind: 'script', greeting, answers: [ok(2), ok(1)] })
    const session = await openSession(await target(hostile.port, { onGreeting }))
    expect([session.open, seen.map((version) => version.length)]).toEqual([true, [80]])
    session.destroy()
  })

  it('with a refusal of many words keeps its number, and few of the words', async () => {
    const refusal = packet(0, Buffer.concat([Buffer.from([0xff, 0x10, 0x04]), Buffer.alloc(9000, 'x')]))
    const failure = await refusalOf(await start({ kind: 'bytes', bytes: refusal }))
    expect([failure.code, failure.what]).toEqual([
      1040,
      'app@hostile has no free connection: its max_connections is used up.'
    ])
    expect(failure.words?.length).toBeLessThanOrEqual(2000)
  })

  it('a closed port is named before any session is tried', async () => {
    const hostile = await start({ kind: 'silent' })
    await hostile.stop()
    const failure = await failureFrom(dialTcp('127.0.0.1', hostile.port, 1000))
    expect(failure.what).toBe(`Nothing answers at 127.0.0.1:${hostile.port}: the connection was refused.`)
  })
})

describe('a server that sends too much', () => {
  const row = (sequence: number) => packet(sequence, Buffer.from([1, 0x61]))
  const endless = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 4]), Buffer.alloc(0xff_ffff)])
  const parts = Buffer.concat(
    Array.from({ length: 8 }, (_, at) => {
      endless[3] = at + 4
      return Buffer.from(endless)
    })
  )
  const tooMuch = 'app@hostile sent more in one answer than this program can hold.'

  it('during the sign-in is left at once', async () => {
    const hostile = await start({ kind: 'flood', at: 0, head: Buffer.alloc(0), piece: endless })
    const failure = await refusalOf(hostile)
    expect([failure.kind, failure.what]).toEqual(['refused', 'app@hostile sent far more than a sign-in takes.'])
  })

  it('in one row without end is left after its first 64 MiB', async () => {
    const hostile = await start({ kind: 'flood', at: 2, head: oneColumn(), piece: parts })
    const session = await openSession(await target(hostile.port))
    const failure = await failureFrom(session.query('SELECT 1'))
    expect([failure.kind, failure.what]).toEqual(['server', 'app@hostile sent one row of more than 64 MiB.'])
    expect(session.open).toBe(false)
    expect(await hostile.sent()).toBeLessThanOrEqual(parts.length * 2)
  })

  it.each([
    ['rows', oneColumn(), round(4, row)],
    ['columns', packet(1, Buffer.from([0xfc, 0xff, 0xff])), round(2, column)]
  ])('in endless %s is left when memory would run out', async (_what, head, piece) => {
    const hostile = await start({ kind: 'flood', at: 2, head, piece })
    const limits = { ...answerLimits, answerBytes: 4 * 1024 * 1024 }
    const session = await openSession(await target(hostile.port, { limits }))
    const failure = await failureFrom(session.query('SELECT 1'))
    expect([failure.kind, failure.what, session.open]).toEqual(['server', tooMuch, false])
  })

  it('with rows out of order is left', async () => {
    const answers = [ok(2), ok(1), Buffer.concat([oneColumn(), row(4), row(6)])]
    const session = await openSession(await target((await start({ kind: 'script', answers })).port))
    const failure = await failureFrom(session.query('SELECT 1'))
    expect([failure.kind, failure.what, session.open]).toEqual([
      'refused',
      'app@hostile sent the pieces of an answer out of order.',
      false
    ])
  })

  it('with a column that cannot be read is left', async () => {
    const answers = [ok(2), ok(1), Buffer.concat([packet(1, Buffer.from([1])), packet(2, Buffer.from([3, 100]))])]
    const session = await openSession(await target((await start({ kind: 'script', answers })).port))
    const failure = await failureFrom(session.query('SELECT 1'))
    expect([failure.kind, failure.what, session.open]).toEqual(['refused', strange, false])
  })

  it('of what nobody asked for loses the session', async () => {
    const hostile = await start({ kind: 'script', answers: [ok(2), Buffer.concat([ok(1), ok(2)])] })
    const opened = await openSession(await target(hostile.port)).catch(() => null)
    const gone = opened && new Promise<string>((resolve) => opened.onClose(resolve))
    if (gone) expect(await gone).not.toBe('')
    expect(opened?.open ?? false).toBe(false)
  })

  it('in an error keeps its number, and few of the words', async () => {
    const answers = [ok(2), ok(1), error(1, 1105, '<b>%s</b>'.repeat(7000))]
    const session = await openSession(await target((await start({ kind: 'script', answers })).port))
    const failure = await failureFrom(session.query('SELECT 1'))
    expect([failure.code, failure.words?.length]).toEqual([1105, 2000])
    expect(session.open).toBe(true)
    session.destroy()
  })

  it('by its own account, with a value longer than its row, gets no more than an error or what there is', async () => {
    const row = packet(4, Buffer.from([0xfd, 0xff, 0xff, 0xff, 0x61]))
    const end = packet(5, Buffer.from([0xfe, 0, 0, 2, 0]))
    const answers = [ok(2), ok(1), Buffer.concat([oneColumn(), row, end])]
    const session = await openSession(await target((await start({ kind: 'script', answers })).port))
    const rows = await session.query('SELECT 1').catch((reason: Error) => reason.message)
    expect(JSON.stringify(rows).length).toBeLessThan(500)
    session.destroy()
  })
})
