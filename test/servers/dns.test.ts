import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditDomain } from '../../src/main/dns/audit'
import { lookup } from '../../src/main/dns/lookup'
import { sendUpdate } from '../../src/main/dns/rfc2136'
import { changeOf } from '../../src/main/dns/update-message'
import { watchDomain } from '../../src/main/dns/watch'
import { domainSchema } from '../../src/shared/move'

const secrets = { sha256: Buffer.alloc(32, 7).toString('base64'), sha512: Buffer.alloc(64, 9).toString('base64') }
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

let folder = ''
let knot: ChildProcess
let port = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siteswap-dns-'))
  chmodSync(folder, 0o777)
  port = await freePort()
  writeFileSync(
    join(folder, 'shop.test.zone'),
    '$TTL 5\n@ SOA ns1 admin 1 60 60 600 30\n@ NS ns1\nns1 A 127.0.0.1\n@ A 10.0.0.1\n',
    { mode: 0o666 }
  )
  writeFileSync(
    join(folder, 'knot.conf'),
    `server:
  listen: 127.0.0.1@${port}
  rundir: ${folder}
database:
  storage: ${folder}
key:
  - id: k256
    algorithm: hmac-sha256
    secret: ${secrets.sha256}
  - id: k512
    algorithm: hmac-sha512
    secret: ${secrets.sha512}
acl:
  - id: update
    key: [k256, k512]
    action: update
zone:
  - domain: shop.test
    storage: ${folder}
    file: shop.test.zone
    acl: update
`
  )
  knot = spawn('knotd', ['-c', join(folder, 'knot.conf')], { stdio: 'ignore' })
  await vi.waitFor(
    async () => expect((await lookup({ host: '127.0.0.1', port }, 'shop.test', 'A', 300)).code).toBe('NOERROR'),
    {
      timeout: 10_000,
      interval: 50
    }
  )
})
afterAll(async () => {
  const gone = new Promise((resolve) => knot.once('exit', resolve))
  knot.kill()
  await gone
  rmSync(folder, { recursive: true, force: true })
})

const domain = (algorithm: 'hmac-sha256' | 'hmac-sha512') =>
  domainSchema.parse({
    name: 'shop.test',
    oldValues: ['10.0.0.1'],
    newValues: ['10.0.1.1', '10.0.1.2'],
    ttlSeconds: 1,
    authoritative: [{ host: '127.0.0.1', port }],
    update: { kind: 'rfc2136', server: '127.0.0.1', port, zone: 'shop.test', keyName: 'k', algorithm }
  })
const at = () => ({ host: '127.0.0.1', port })
const values = async () => (await lookup(at(), 'shop.test', 'A')).records.map((record) => record.value).sort()

describe('a real name server (knot)', () => {
  it('is audited: TTL, negative time, no alias and no other family', async () => {
    expect(await auditDomain(domain('hmac-sha256'))).toMatchObject({
      ttlSeconds: 5,
      negativeTtlSeconds: 5,
      cnames: [],
      otherFamily: []
    })
  })
  for (const [algorithm, name, secret] of [
    ['hmac-sha256', 'k256', secrets.sha256],
    ['hmac-sha512', 'k512', secrets.sha512]
  ] as const)
    it(`takes an update signed with ${algorithm}, is seen to have it, and takes it back`, async () => {
      const key = { name, algorithm, secret }
      const [there, back] = [changeOf(domain(algorithm), 'new'), changeOf(domain(algorithm), 'old')]
      if (!there || !back) throw new Error('there is a change')
      await sendUpdate(at(), there, key)
      const propagation = await watchDomain(domain(algorithm), {
        want: ['10.0.1.2', '10.0.1.1'],
        changedAt: Date.now(),
        oldTtlSeconds: 1,
        deadlineMs: 30_000,
        signal: new AbortController().signal,
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        onLook: () => {},
        everyMs: 100
      })
      expect(propagation).toMatchObject({ agreed: 1, total: 1, done: true })
      await sendUpdate(at(), back, key)
      expect(await values()).toEqual(['10.0.0.1'])
    })
  it('refuses a wrong secret and says so, with nothing changed', async () => {
    const change = changeOf(domain('hmac-sha256'), 'new')
    if (!change) throw new Error('there is a change')
    const wrong = sendUpdate(at(), change, { name: 'k256', algorithm: 'hmac-sha256', secret: secrets.sha512 })
    await expect(wrong).rejects.toMatchObject({ failure: { kind: 'denied', code: 'NOTAUTH' } })
    expect(await values()).toEqual(['10.0.0.1'])
  })
  it('does not overwrite a record that somebody else has changed', async () => {
    const change = changeOf({ ...domain('hmac-sha256'), oldValues: ['10.0.0.9'] }, 'new')
    if (!change) throw new Error('there is a change')
    const stale = sendUpdate(at(), change, { name: 'k256', algorithm: 'hmac-sha256', secret: secrets.sha256 })
    await expect(stale).rejects.toMatchObject({ failure: { kind: 'conflict', code: 'NXRRSET' } })
    expect(await values()).toEqual(['10.0.0.1'])
  })
  it('that is not there is a timeout or refusal in one sentence, within the deadline', async () => {
    const from = Date.now()
    await expect(lookup({ host: '127.0.0.1', port: 1 }, 'shop.test', 'A', 400)).rejects.toMatchObject({
      failure: { try: [expect.stringContaining('port 53')] }
    })
    expect(Date.now() - from).toBeLessThan(60_000)
  })
})
