import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteId, quoteTable, quoteText } from '../../src/main/mysql/identifiers'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import type { Session } from '../../src/main/mysql/session'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { failureFrom } from './own/failure-of'

const password = 'tést-pass ’word'

describe.each(['m1011', 'my97'] as const)('a session on %s', (flavour) => {
  let database: OwnDatabase
  const opened: Session[] = []

  const open = async (options: Partial<SessionTarget> = {}): Promise<Session> => {
    const session = await openSession({
      name: 'test',
      server: 'db',
      label: `app@127.0.0.1:${database.port}`,
      stream: await dialTcp('127.0.0.1', database.port, 20_000),
      user: 'app',
      password,
      host: '127.0.0.1',
      tls: { mode: 'disabled' },
      trusted: true,
      ...options
    })
    opened.push(session)
    return session
  }

  beforeAll(async () => {
    database = await startOwnDatabase(flavour, {
      extra: ["sql_mode='NO_BACKSLASH_ESCAPES,ANSI_QUOTES'", "default_time_zone='+03:00'", 'local_infile=1']
    })
    await database.asRoot(
      "SET SESSION sql_mode=''",
      `CREATE USER app@'%' IDENTIFIED BY ${quoteText(password)}`,
      "CREATE USER limited@'%' IDENTIFIED BY 'limited-password'",
      "GRANT ALL ON *.* TO app@'%'",
      'CREATE DATABASE box'
    )
  })
  afterAll(async () => {
    for (const session of opened) session.destroy()
    await database?.stop()
  })

  it('is pinned to a known quoting, UTC and lock waits that end, whatever the server defaults to', async () => {
    const session = await open()
    const [row] = await session.query(
      'SELECT @@sql_mode AS mode, @@time_zone AS zone, @@autocommit AS auto, @@lock_wait_timeout AS meta, @@innodb_lock_wait_timeout AS rowlock, @@character_set_client AS client, @@character_set_results AS results, CONNECTION_ID() AS id'
    )
    expect(row).toEqual({
      mode: 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',
      zone: '+00:00',
      auto: '1',
      meta: '10',
      rowlock: '10',
      client: 'utf8mb4',
      results: 'utf8mb4',
      id: String(session.connectionId)
    })
  })

  it('answers every value as the text the server wrote, so that nothing is rounded', async () => {
    const session = await open()
    const [row] = await session.query(
      `SELECT 18446744073709551615 AS big, CAST('12345678901234567890.123456789012345678901234567890' AS DECIMAL(65,30)) AS dec_,
        CAST('0001-02-03 04:05:06.789012' AS DATETIME(6)) AS moment, '2038-01-19' AS day_, JSON_OBJECT('a', 1) AS doc,
        'ñ€😀' AS words, X'FFFE00' AS bytes, X'6162' AS plain, NULL AS nothing, '' AS empty_, 1.5e0 AS float_`
    )
    expect(row).toEqual({
      big: '18446744073709551615',
      dec_: '12345678901234567890.123456789012345678901234567890',
      moment: '0001-02-03 04:05:06.789012',
      day_: '2038-01-19',
      doc: '{"a": 1}',
      words: 'ñ€😀',
      bytes: '0xFFFE00',
      plain: 'ab',
      nothing: null,
      empty_: '',
      float_: '1.5'
    })
  })

  it('keeps columns of the same or a hostile name', async () => {
    const session = await open()
    const table = await session.table('SELECT 1 AS a, 2 AS a, 3 AS `__proto__`')
    expect(table).toEqual({ columns: ['a', 'a', '__proto__'], rows: [['1', '2', '3']] })
    const [row] = await session.query('SELECT 3 AS `__proto__`, 4 AS `toString`')
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', '3'],
      ['toString', '4']
    ])
  })

  it('carries values of every kind to the server and back', async () => {
    const session = await open()
    const values = [
      'it\'s \\ "quoted" ? -- #',
      '\0\n\r\u001a😀',
      -1.5,
      2n ** 63n,
      null,
      new Uint8Array([0, 255, 39])
    ] as const
    const [row] = await session.query(
      "SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, HEX(?) AS f, '?' AS g -- ?\n",
      values
    )
    expect(row).toEqual({
      a: values[0],
      b: values[1],
      c: '-1.5',
      d: '9223372036854775808',
      e: null,
      f: '00FF27',
      g: '?'
    })
  })

  it('quotes hostile names so that the server keeps them as they are', async () => {
    const session = await open()
    const names = [
      'a`b',
      'a"b',
      "a'b",
      'a\\',
      'a;DROP TABLE x',
      'select',
      '..',
      ' lead',
      'ünïcödé',
      '-- x',
      '/*!50000 x*/',
      '?',
      'x'.repeat(64),
      'Ⅰ',
      'a\u202eb',
      'a\nb'
    ]
    for (const name of names) {
      await session.query(
        `CREATE TABLE ${quoteTable('box', name)} (${quoteId(name)} INT PRIMARY KEY COMMENT ${quoteText(name)})`
      )
      const rows = await session.query(
        `SELECT TABLE_NAME AS t, COLUMN_NAME AS c, COLUMN_COMMENT AS m FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'box' AND BINARY TABLE_NAME = BINARY ${quoteText(name)}`
      )
      expect(rows).toEqual([{ t: name, c: name, m: name }])
      await session.query(`DROP TABLE ${quoteTable('box', name)}`)
    }
  })

  it('quotes texts so that they stay texts even where backslashes do not escape', async () => {
    const session = await open()
    await session.query("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'")
    const rows = await session.query(`SELECT ${quoteText("\\' OR 1=1 -- ")} AS word, 1 AS one`)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.one).toBe('1')
    await session.close()
  })

  it('runs several statements in one packet only when it was opened for that', async () => {
    const session = await open({ packets: true })
    const lists = await session.packet(['SET @x := 41', 'SELECT @x + 1 AS answer;', 'SELECT 1 AS a UNION SELECT 2'])
    expect(lists).toEqual([[], [{ answer: '42' }], [{ a: '1' }, { a: '2' }]])
    expect(await session.packet(['SELECT 7 AS only'])).toEqual([[{ only: '7' }]])
    const plain = await open()
    expect((await failureFrom(plain.query('SELECT 1; SELECT 2'))).code).toBe(1064)
    expect((await failureFrom(plain.packet(['SELECT 1']))).kind).toBe('internal')
  })

  it('tells which statement of a packet failed', async () => {
    const session = await open({ packets: true })
    const failure = await failureFrom(
      session.packet(['SET @a := 1', 'SELECT 1', 'SELECT * FROM box.missing', 'SELECT 2'])
    )
    expect(failure.kind).toBe('not-found')
    expect(failure.code).toBe(1146)
    expect(failure.why).toBe(
      'Statement 3 of 4 in the packet failed; the earlier ones have run, the later ones have not.'
    )
    expect(await session.query('SELECT 1 AS alive')).toEqual([{ alive: '1' }])
  })

  it('drops itself when an answer takes longer than its deadline', async () => {
    const session = await open()
    const whys: string[] = []
    session.onClose((why) => whys.push(why))
    const began = Date.now()
    const failure = await failureFrom(session.query('SELECT SLEEP(20)', [], { deadlineMs: 300 }))
    expect(failure.kind).toBe('timeout')
    expect(failure.what).toBe(`app@127.0.0.1:${database.port} did not answer within 300 ms.`)
    expect(Date.now() - began).toBeLessThan(15_000)
    expect(session.open).toBe(false)
    expect(whys).toEqual([failure.what])
    expect((await failureFrom(session.query('SELECT 1'))).kind).toBe('timeout')
  })

  it('ends a statement whose caller gave up', async () => {
    const session = await open()
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    expect((await failureFrom(session.query('SELECT SLEEP(20)', [], { signal: abort.signal }))).kind).toBe('cancelled')
    expect(session.open).toBe(false)
  })

  it('refuses a wrong password in one sentence, with the server’s words and without the password', async () => {
    const failure = await failureFrom(open({ password: 'wrong-secret-word' }))
    expect(failure.kind).toBe('auth')
    expect(failure.code).toBe(1045)
    expect(failure.what).toBe(`app@127.0.0.1:${database.port} refused the sign-in of app.`)
    expect(failure.words).toContain("Access denied for user 'app'")
    expect(JSON.stringify(failure)).not.toContain('wrong-secret-word')
  })

  it('names the missing grant', async () => {
    const session = await open({ user: 'limited', password: 'limited-password' })
    const failure = await failureFrom(session.query('SET GLOBAL read_only = 1'))
    expect(failure.kind).toBe('denied')
    expect(failure.code).toBe(1227)
    expect(failure.what).toMatch(
      /^The account limited lacks the grant .*(READ_ONLY ADMIN|READ ONLY ADMIN|SUPER|SYSTEM_VARIABLES_ADMIN).*\.$/
    )
  })

  it('keeps passwords out of the words of a refused statement', async () => {
    const session = await open()
    const failure = await failureFrom(session.query("CREATE USER 'x'@'y' IDENTIFIED BY 'very-secret-7' FOO BAR"))
    expect(failure.code).toBe(1064)
    expect(JSON.stringify(failure)).not.toContain('very-secret-7')
  })

  it('notices at once when the server ends it', async () => {
    const session = await open()
    const gone = new Promise<string>((resolve) => session.onClose(resolve))
    await database.asRoot(`KILL ${session.connectionId}`)
    expect(await gone).not.toBe('')
    expect(session.open).toBe(false)
    const failure = await failureFrom(session.query('SELECT 1'))
    expect(failure.kind).toBe('unreachable')
    expect(failure.what).toBe(`The session “test” on app@127.0.0.1:${database.port} is closed.`)
  })

  it('refuses LOAD DATA LOCAL even where the server allows it', async () => {
    const session = await open()
    await session.query('CREATE TABLE IF NOT EXISTS box.files (line TEXT)')
    const failure = await failureFrom(session.query("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE box.files"))
    expect(['server', 'refused']).toContain(failure.kind)
    const after = await open()
    expect(await after.query('SELECT COUNT(*) AS n FROM box.files')).toEqual([{ n: '0' }])
  })

  it('speaks TLS when asked, and says what is wrong with a certificate it cannot check', async () => {
    if (flavour === 'm1011') {
      const failure = await failureFrom(open({ tls: { mode: 'required' } }))
      expect(failure.kind).toBe('tls')
      expect(failure.what).toBe(`app@127.0.0.1:${database.port} offers no TLS.`)
      return
    }
    const session = await open({ tls: { mode: 'required' } })
    const [row] = await session.query("SHOW SESSION STATUS LIKE 'Ssl_version'")
    expect(row?.Value).toMatch(/^TLSv1\.[23]$/)
    const unsigned = await failureFrom(open({ tls: { mode: 'verify-ca' } }))
    expect(unsigned.kind).toBe('tls')
    expect(unsigned.what).toBe(`The certificate of app@127.0.0.1:${database.port} is not signed by a CA known here.`)
  })

  it('does not seal a password with a key that nobody vouches for', async () => {
    if (flavour !== 'my97') return
    await database.asRoot("CREATE USER fresh@'%' IDENTIFIED BY 'fresh-pass'")
    const failure = await failureFrom(open({ user: 'fresh', password: 'fresh-pass', trusted: false }))
    expect(failure.kind).toBe('tls')
    expect(failure.what).toContain('wants the password sealed with a key that nobody vouches for.')
    const inTunnel = await open({ user: 'fresh', password: 'fresh-pass', trusted: true })
    expect(await inTunnel.query('SELECT 1 AS a')).toEqual([{ a: '1' }])
  })

  it('closes politely and leaves no connection behind', async () => {
    const session = await open()
    const id = session.connectionId
    await session.close()
    expect(session.open).toBe(false)
    const watcher = await open()
    const rows = await watcher.query('SELECT ID FROM information_schema.PROCESSLIST WHERE ID = ?', [id])
    expect(rows).toEqual([])
  })
})
