import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTlsFiles } from '../../src/main/reach/tls-files'
import { databaseEndpointSchema } from '../../src/shared/move'
import { makeAuthority } from '../servers/own/certificates'
import { failureFrom } from '../servers/own/failure-of'

const dir = mkdtempSync(join(tmpdir(), 'siteswap-tls-files-'))
let ca: string
let mine: { cert: string; key: string }
let other: { cert: string; key: string }
let old: { cert: string; key: string }
const at = (name: string, text?: string): string => {
  const path = join(dir, name)
  if (text !== undefined) writeFileSync(path, text)
  return path
}
const read = (tls: Record<string, string>, passphrase: string | null = null) =>
  readTlsFiles(
    'db1',
    databaseEndpointSchema.parse({ host: 'db', user: 'app', tls: { mode: 'verify-ca', ...tls } }),
    async (ref) => (ref === 'db/db1/key-passphrase' ? passphrase : null)
  )
const wrong = async (tls: Record<string, string>) => (await failureFrom(read(tls))).what

beforeAll(() => {
  const authority = makeAuthority(dir, 'ca')
  ca = authority.path
  mine = authority.sign('operator')
  other = authority.sign('somebody')
  old = authority.sign('former', { ends: new Date(Date.now() - 1000) })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the files for TLS', () => {
  it('are read as far as the mode needs them', async () => {
    const text = (path: string) => readFileSync(path, 'utf8')
    expect(await read({ mode: 'disabled', caPath: '/nowhere', certPath: '/nowhere' })).toEqual({})
    expect(await read({ mode: 'required', caPath: '/nowhere' })).toEqual({})
    expect(await read({ caPath: ca, certPath: mine.cert, keyPath: mine.key })).toEqual({
      ca: text(ca),
      cert: text(mine.cert),
      key: text(mine.key)
    })
  })

  it('are named one by one when something is wrong with them', async () => {
    expect(await wrong({ caPath: '/no/ca.pem' })).toBe('The CA file /no/ca.pem cannot be read.')
    expect(await wrong({ caPath: dir })).toBe(`The CA file ${dir} cannot be read.`)
    const text = at('text.pem', 'not a certificate')
    expect(await wrong({ caPath: text })).toBe(`The CA file ${text} is not a PEM file.`)
    expect(await wrong({ caPath: mine.key })).toBe(`The CA file ${mine.key} holds no certificate.`)
    expect(await wrong({ caPath: ca, certPath: mine.cert })).toBe(
      'A client certificate needs its key, and the key its certificate.'
    )
    expect(await wrong({ caPath: ca, certPath: mine.cert, keyPath: other.key })).toBe(
      'The client certificate and the client key do not belong together.'
    )
    expect(await wrong({ caPath: ca, certPath: mine.key, keyPath: mine.key })).toBe(
      `The client certificate ${mine.key} holds no certificate.`
    )
    expect(await wrong({ caPath: ca, certPath: old.cert, keyPath: old.key })).toBe(
      `The client certificate ${old.cert} has expired.`
    )
  })

  it('open a locked client key by its passphrase, and say when there is none or another', async () => {
    const openssl = (...argv: string[]) => execFileSync('openssl', argv, { stdio: 'pipe' })
    const forms = {
      pkcs8: ['pkey', '-aes256', '-passout', 'pass:open-sesame'],
      traditional: ['ec', '-aes128', '-passout', 'pass:open-sesame']
    }
    for (const [name, argv] of Object.entries(forms)) {
      const locked = at(`${name}.key`)
      openssl(...argv, '-in', mine.key, '-out', locked)
      const tls = { caPath: ca, certPath: mine.cert, keyPath: locked }
      const opened = await read(tls, 'open-sesame')
      expect(opened.key).toMatch(/^-----BEGIN PRIVATE KEY-----/)
      const missing = await failureFrom(read(tls))
      expect([missing.kind, missing.what]).toEqual([
        'secret-missing',
        `The client key ${locked} is encrypted and no passphrase is known for it.`
      ])
      expect(missing.try.join(' ')).toContain('SITESWAP_SECRET_DB_DB1_KEY_PASSPHRASE')
      const other = await failureFrom(read(tls, 'not-this-one'))
      expect(other.what).toBe(`The passphrase does not open the client key ${locked}.`)
      expect(JSON.stringify([missing, other])).not.toMatch(/sesame|not-this-one/)
    }
  })

  it('never bring their content into words', async () => {
    const secret = at('secret.pem', 'root:x:0:0:very-private-line')
    const failure = await failureFrom(read({ caPath: secret }))
    expect(JSON.stringify(failure)).not.toContain('very-private-line')
  })
})
