import { describe, expect, it } from 'vitest'
import { auditDomain, lookDomain, ttlOf } from '../../src/main/dns/audit'
import type { DnsAnswer } from '../../src/main/dns/lookup'
import { checkSignature, signMessage } from '../../src/main/dns/tsig'
import { changeOf, updateMessage, updateText } from '../../src/main/dns/update-message'
import { propagationOf, watchDomain } from '../../src/main/dns/watch'
import { nameToWire, recordData } from '../../src/main/dns/wire'
import { fail } from '../../src/shared/failure'
import { domainSchema } from '../../src/shared/move'

const domain = domainSchema.parse({
  name: 'shop.test',
  oldValues: ['10.0.0.1'],
  newValues: ['10.0.1.1'],
  ttlSeconds: 5,
  authoritative: [{ host: '127.0.0.1', port: 5301 }],
  resolvers: [{ name: 'office', host: '127.0.0.1', port: 5302 }],
  update: { kind: 'rfc2136', server: '127.0.0.1', port: 5301, zone: 'shop.test', keyName: 'siteswap' }
})
const answer = (value: string, ttlSeconds = 60): DnsAnswer => ({
  code: 'NOERROR',
  authoritative: true,
  records: [{ name: 'shop.test', type: 'A', ttlSeconds, value }],
  negativeTtlSeconds: 300
})

describe('the wire', () => {
  it('writes names in lower case and refuses a label that is too long', () => {
    expect(nameToWire('Shop.Test.').toString('hex')).toBe('0473686f70047465737400')
    expect(() => nameToWire(`${'a'.repeat(64)}.test`)).toThrow('longer than a DNS label')
  })
  it('writes addresses of both families', () => {
    expect(recordData('A', '203.0.113.40').toString('hex')).toBe('cb007128')
    expect(recordData('AAAA', '2001:db8::7').toString('hex')).toBe('20010db8000000000000000000000007')
    expect(recordData('AAAA', '::ffff:203.0.113.40').toString('hex')).toBe('00000000000000000000ffffcb007128')
  })
})

describe('an update', () => {
  const change = changeOf(domain, 'new')
  if (!change) throw new Error('there is a change')
  it('asks for the old values first, deletes the set and adds the new values', () => {
    const message = updateMessage(7, change)
    expect([message.readUInt16BE(0), message.readUInt16BE(2) >> 11, message.readUInt16BE(4)]).toEqual([7, 5, 1])
    expect([message.readUInt16BE(6), message.readUInt16BE(8)]).toEqual([1, 2])
    expect(updateText('10.0.0.53', 53, change)).toBe(
      'server 10.0.0.53 53\nzone shop.test\nprereq yxrrset shop.test. A 10.0.0.1\nupdate delete shop.test. A\nupdate add shop.test. 5 A 10.0.1.1\nsend'
    )
  })
  it('is undone by the same change the other way', () => {
    expect(changeOf(domain, 'old')).toMatchObject({ from: ['10.0.1.1'], to: ['10.0.0.1'] })
    expect(changeOf({ ...domain, newValues: [] }, 'new')).toBeNull()
  })
  it('signed twice with the same clock is the same; an answer changed on the way is refused', () => {
    const key = {
      name: 'siteswap',
      algorithm: 'hmac-sha256' as const,
      secret: Buffer.from('a secret').toString('base64')
    }
    const message = updateMessage(7, change)
    const signed = signMessage(message, key, 1_700_000_000)
    expect(signed.mac.equals(signMessage(message, key, 1_700_000_000).mac)).toBe(true)
    expect(signed.message.readUInt16BE(10)).toBe(1)
    expect(() => checkSignature(message, key, signed.mac)).toThrow('carries no signature')
    expect(() => checkSignature(signed.message, key, signed.mac)).toThrow('does not match')
  })
})

describe('what is seen of a domain', () => {
  it('keeps a server that fails beside those that answer', async () => {
    const state = await lookDomain(domain, async (server) => {
      if (server.port === 5302) throw fail('timeout', 'silent')
      return answer('10.0.0.1')
    })
    expect(state.answers[0]).toMatchObject({ authoritative: true, values: ['10.0.0.1'], ttlSeconds: 60 })
    expect(state.answers[1]?.failure?.kind).toBe('timeout')
    expect(ttlOf(state)).toBe(60)
  })
  it('audits aliases, the other family and the negative time', async () => {
    const audit = await auditDomain(domain, async (_, name, type) =>
      type === 'AAAA'
        ? { ...answer('x'), records: [{ name, type: 'AAAA', ttlSeconds: 60, value: '2001:db8::1' }] }
        : answer('10.0.0.1')
    )
    expect(audit).toMatchObject({ otherFamily: ['2001:db8::1'], cnames: [], negativeTtlSeconds: 300, ttlSeconds: 60 })
  })
})

describe('the watch', () => {
  const state = (values: string[][]) => ({
    name: 'shop.test',
    answers: values.map((list, index) => ({
      resolver: `r${index}`,
      authoritative: index === 0,
      values: list,
      ttlSeconds: 5,
      at: 0
    }))
  })
  it('is done when all agree and the old TTL has passed', () => {
    expect(propagationOf(state([['10.0.1.1'], ['10.0.1.1']]), ['10.0.1.1'], 0, 60, 30_000)).toEqual({
      agreed: 2,
      total: 2,
      ttlLeftSeconds: 30,
      behind: [],
      done: false
    })
    expect(propagationOf(state([['10.0.1.1'], ['10.0.0.1']]), ['10.0.1.1'], 0, 60, 61_000)).toMatchObject({
      behind: ['r1'],
      done: false
    })
    expect(propagationOf(state([['10.0.1.1'], ['10.0.1.1']]), ['10.0.1.1'], 0, 60, 61_000).done).toBe(true)
  })
  it('says who is behind when its time is over', async () => {
    const watching = watchDomain(domain, {
      want: ['10.0.1.1'],
      changedAt: 0,
      oldTtlSeconds: 0,
      deadlineMs: 0,
      signal: new AbortController().signal,
      pause: async () => {},
      onLook: () => {},
      ask: async (server) => answer(server.port === 5301 ? '10.0.1.1' : '10.0.0.1')
    })
    await expect(watching).rejects.toThrow('Behind: office.')
  })
})
