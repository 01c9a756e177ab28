import { describe, expect, it } from 'vitest'
import { bindValues, quoteAccount, quoteId, quoteTable, quoteText, quoteValue } from '../../src/main/mysql/identifiers'
import { mysqlFailure } from '../../src/main/mysql/mysql-failure'
import { redact } from '../../src/main/mysql/redact'
import { readResults } from '../../src/main/mysql/results'

describe('names and texts in statements', () => {
  it('stand in backticks, each inner one doubled', () => {
    expect(quoteId('a`b``c')).toBe('`a``b````c`')
    expect(quoteTable('s`', 't')).toBe('`s```.`t`')
    expect(quoteId('😀'.repeat(64))).toHaveLength(130)
  })

  it.each(['', 'a\0b', 'x'.repeat(65), '\ud800'])('refuses the name %j', (name) => {
    expect(() => quoteId(name)).toThrow('A name cannot be used in a statement.')
  })

  it('never leave their literal, with or without backslash escapes', () => {
    const hostile = ["'", "\\'", "\\\\'", "'--", '\\', '\\\\', "a'b\\'c", '\u001a\0\n\r', '’', "\\' OR 1=1 -- "]
    for (const text of hostile) {
      const literal = quoteText(text)
      // With backslashes as ordinary characters, quotes must be paired; with escapes, the last one must not be escaped.
      const inner = literal.slice(1, -1)
      expect(inner.replaceAll("''", '')).not.toContain("'")
      expect(/(\\*)$/.exec(inner.replaceAll("''", ''))?.[1]?.length ?? 0).toSatisfy((count: number) => count % 2 === 0)
    }
    expect(quoteText("a'b\\c\n")).toBe("'a''b\\\\c\\n'")
    expect(quoteAccount("o'hara", '%')).toBe("'o''hara'@'%'")
  })

  it('fill the places of question marks outside texts, names and comments', () => {
    const sql = "SELECT ?, '?', \"?\", `?`, 'it''s ?', '\\'?' -- ?\n, ? /* ? */ # ?\n, ?"
    expect(bindValues(sql, [1, 'b', null])).toBe(
      "SELECT 1, '?', \"?\", `?`, 'it''s ?', '\\'?' -- ?\n, 'b' /* ? */ # ?\n, NULL"
    )
    expect(bindValues("SELECT '?'", [])).toBe("SELECT '?'")
    expect(bindValues('SELECT ?', ['$& $1 ?'])).toBe("SELECT '$& $1 ?'")
  })

  it('must be as many as there are places', () => {
    expect(() => bindValues('SELECT ?', [1, 2])).toThrow('A statement has 1 places for 2 values.')
    expect(() => bindValues('SELECT ?, ?', [1])).toThrow('A statement has 2 places for 1 values.')
  })

  it('keep numbers and bytes exact', () => {
    expect(quoteValue(2n ** 64n)).toBe('18446744073709551616')
    expect(quoteValue(new Uint8Array([0, 255]))).toBe("X'00FF'")
    expect(quoteValue(new Uint8Array())).toBe("''")
    expect(() => quoteValue(Number.NaN)).toThrow()
  })
})

describe('words of a server', () => {
  it.each([
    ["CREATE USER a IDENTIFIED BY 'se''cret'", "CREATE USER a IDENTIFIED BY '‹secret›'"],
    [
      "ALTER USER a IDENTIFIED WITH caching_sha2_password BY 'x\\'y' ACCOUNT LOCK",
      "ALTER USER a IDENTIFIED WITH caching_sha2_password BY '‹secret›' ACCOUNT LOCK"
    ],
    ["near 'IDENTIFIED BY PASSWORD '*AB12'' at line 1", "near 'IDENTIFIED BY PASSWORD '‹secret›'"],
    [
      "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='p', MASTER_PORT=1",
      "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='‹secret›', MASTER_PORT=1"
    ],
    ["SOURCE_PASSWORD = 'p'", "SOURCE_PASSWORD = '‹secret›'"],
    ["SET PASSWORD = PASSWORD('p')", "SET PASSWORD = PASSWORD('‹secret›')"],
    ["near 'IDENTIFIED BY 'cut off by the server", "near 'IDENTIFIED BY '‹secret›'"]
  ])('lose the password of %s', (text, clean) => {
    expect(redact(text)).toBe(clean)
  })

  it('lose every value that is known to be secret', () => {
    expect(redact('Access for hunter22 and hunter22', ['hunter22', 'abc'])).toBe('Access for ‹secret› and ‹secret›')
  })
})

describe('an error of a server', () => {
  const context = { label: 'app@db', user: 'app', secrets: ['hunter22'] }
  const of = (errno: number, sqlMessage: string) =>
    mysqlFailure(Object.assign(new Error(sqlMessage), { errno, sqlMessage, sqlState: 'HY000' }), context).failure

  it.each([
    [1040, 'refused', 'app@db has no free connection: its max_connections is used up.'],
    [1045, 'auth', 'app@db refused the sign-in of app.'],
    [1129, 'refused', 'app@db has blocked this address after too many broken connections.'],
    [1130, 'denied', 'app@db lets nobody in from the address it sees.'],
    [1290, 'refused', 'app@db does not take this now: it runs with an option that forbids it.'],
    [3159, 'tls', 'app@db takes encrypted connections only.'],
    [1698, 'auth', 'The account app signs in by its system user (unix_socket) and takes no password.'],
    [9999, 'server', 'The server refused a statement.']
  ])('%i is a sentence with something to try', (errno, kind, what) => {
    const failure = of(errno, 'words with hunter22')
    expect(failure).toMatchObject({ kind, what, code: errno, words: 'words with ‹secret›' })
    expect(failure.try.length).toBeGreaterThan(0)
  })

  it.each([
    ['SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48', 'does not take the client certificate'],
    [
      'SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA:SSL alert number 48',
      'does not take the client certificate'
    ],
    ['OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED', 'does not take the client certificate'],
    ['self signed certificate in certificate chain', 'is not signed by a CA known here'],
    ['OPENSSL_internal:WRONG_VERSION_NUMBER', 'The TLS handshake with app@db failed']
  ])('is told by the words of Node’s library and of Electron’s alike: %s', (words, what) => {
    const error = Object.assign(new Error(words), { code: 'HANDSHAKE_SSL_ERROR' })
    expect(mysqlFailure(error, context).failure).toMatchObject({ kind: 'tls', what: expect.stringContaining(what) })
  })

  it('names the grant that is missing', () => {
    const words = 'Access denied; you need (at least one of) the SUPER, READ_ONLY ADMIN privilege(s) for this operation'
    expect(of(1227, words).what).toBe('The account app lacks the grant SUPER, READ_ONLY ADMIN.')
  })

  it('names a sign-in plugin that is not spoken', () => {
    const failure = mysqlFailure(
      new Error('Server requests authentication using unknown plugin auth_gssapi_client. See the documentation'),
      context
    )
    expect(failure.failure.what).toBe('The account app signs in with auth_gssapi_client, which Siteswap does not do.')
    expect(failure.failure.try[0]).toBe('Give Siteswap an account of its own with a password.')
  })
})

describe('an answer of the driver', () => {
  it('is one list per statement, whether it came bare or as several', () => {
    expect(readResults([['1', null]], [{ name: 'a' }, { name: 'b' }]).map((list) => list.records())).toEqual([
      [{ a: '1', b: null }]
    ])
    expect(readResults({ affectedRows: 1 }, undefined).map((list) => list.records())).toEqual([[]])
    const several = readResults([{ affectedRows: 0 }, [['1']]], [undefined, [{ name: 'a' }]])
    expect(several.map((list) => list.records())).toEqual([[], [{ a: '1' }]])
    expect(readResults([], [{ name: 'a' }]).map((list) => list.records())).toEqual([[]])
  })
})
